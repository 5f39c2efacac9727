import * as z from 'zod/mini';
import { connectionFailure, connectionSteps } from './connection.ts';
import { bytes, count, maybe, text } from './shapes.ts';

// What Docker knows of the client's deployment. No answer holds a secret: of a secret variable only its length is told, which
// of its values are equal, and whether it is one of the samples that the vendor published.

/** What a container of a deployment is for. A master is a Coreapp with WA_MASTER_NODE=1. */
const ROLES = ['coreapp', 'master', 'webapp', 'database', 'upgrade', 'monitoring'] as const;
export type Role = (typeof ROLES)[number];

const variable = z.object({
  name: text,
  /** Null where it is a secret, or no variable that is known to be harmless. */
  value: maybe(text),
  /** Of a secret: its length, a number that equal values of this variable share, and whether it is a published sample. */
  secret: maybe(z.object({ length: count, group: count, sample: z.boolean() })),
});
export type Variable = z.infer<typeof variable>;

const container = z.object({
  /** Empty for a service of a Compose file. */
  id: text,
  /** The container's name, or the service's. */
  name: text,
  role: z.enum(ROLES),
  /** What it was recognised by: "image", "media mount", "command", "environment", "labels", "database of WA_DB_HOSTNAME". */
  recognisedBy: z.array(text),
  /** As it is configured; a digest or an id where the tag was deleted. */
  image: text,
  /** The tag as it stands in `image`, with its leading "v". */
  tag: maybe(text),
  /** The image as the Engine holds it; of one that is gone, what its container took from it. Null where neither tells anything. */
  imageFacts: maybe(z.object({ created: maybe(text), expiresOn: maybe(text), architecture: maybe(text) })),
  /** Null for a service of a Compose file. */
  state: maybe(
    z.object({
      /** Docker's word: created, running, paused, restarting, removing, exited, dead. */
      status: text,
      exitCode: z.int(),
      oomKilled: z.boolean(),
      restartCount: count,
      /** RFC 3339, null where it never was. */
      startedAt: maybe(text),
      finishedAt: maybe(text),
      error: maybe(text),
    }),
  ),
  /** "bridge", "default", "host", "none", "container:ID", "service:NAME" or the name of a network. */
  networkMode: text,
  networks: z.array(z.object({ name: text, aliases: z.array(text), addresses: z.array(text) })),
  /** Names that `links` give it: those it can use for another container on the default network. */
  links: z.array(text),
  /** Names of its extra_hosts. */
  extraHosts: z.array(text),
  variables: z.array(variable),
  ports: z.array(
    z.object({
      container: count,
      protocol: text,
      /** Null: published on a port that Docker chooses when it starts. */
      host: maybe(count),
      /** The address of this host that it is bound to; empty or 0.0.0.0 or :: for all. */
      address: text,
    }),
  ),
  mounts: z.array(
    z.object({
      /** volume, bind, tmpfs. */
      type: text,
      /** The volume's name, or the path on the host. */
      source: text,
      destination: text,
      driver: maybe(text),
      /** Whether its options name a network file system. */
      remote: z.boolean(),
      writable: z.boolean(),
    }),
  ),
  /** no, always, unless-stopped, on-failure. */
  restartPolicy: text,
  /** Null where the container or file says nothing of its own. `driver` "" is the Engine's default. */
  log: z.object({ driver: text, maxSize: maybe(text), maxFile: maybe(text), path: maybe(text) }),
  compose: maybe(z.object({ project: text, service: text, folder: maybe(text), files: z.array(text) })),
  privileged: z.boolean(),
});
export type DeployedContainer = z.infer<typeof container>;

/** The containers of the client and what belongs to them. Never throws for an Engine that is not there: `nothing` says why. */
export const deployment = z.object({
  from: z.enum(['engine', 'compose-file', 'nothing']),
  /** The Engine's endpoint or the file. */
  where: text,
  /** Why nothing is told of a deployment: no container was found, the Engine gave no answer...; null when there is one. */
  nothing: maybe(text),
  /** The list of all containers was too long: stopped ones are not among these. */
  onlyRunning: z.boolean(),
  /** Containers that are not of the deployment. */
  others: count,
  /** Containers of the client that the Engine would not let be looked into, or not in time. */
  notInspected: z._default(z.array(z.object({ name: text, why: text })), []),
  containers: z.array(container),
});
export type Deployment = z.infer<typeof deployment>;

/** Why something could not be looked at in one container; null where it was. */
const skipped = maybe(text);

/** What the running containers of the client reach, tried from their own networks: each name they are given, each port. */
export const links = z.object({
  containers: z.array(
    z.object({
      id: text,
      name: text,
      skipped,
      targets: z.array(
        z.object({
          /** What names it: "WA_DB_HOSTNAME", "WACORE_HOSTNAME", "COREAPP_HOSTNAME of wacore1"... */
          named: text,
          host: text,
          port: count,
          addresses: z.array(text),
          steps: connectionSteps,
          failed: maybe(connectionFailure),
        }),
      ),
    }),
  ),
});

/** Crash logs (`*-crash.log`) and core dumps of the Coreapps, by name only. */
export const crashLogs = z.object({
  containers: z.array(
    z.object({
      id: text,
      name: text,
      skipped,
      /** The folder was read, or Docker told what changed in the container (which knows no mounted volume). */
      how: maybe(z.enum(['folder', 'changes'])),
      files: z.array(z.object({ path: text, bytes: maybe(bytes), modifiedAt: maybe(text) })),
      cut: z.boolean(),
    }),
  ),
});

/** The newest part of each container's log, searched for known markers (src/facts/log-markers.ts). */
export const logs = z.object({
  /** How far back was asked for, ms. */
  window: count,
  /** Containers beyond the first few, which were not asked. */
  notAsked: count,
  containers: z.array(
    z.object({
      id: text,
      name: text,
      role: z.enum(ROLES),
      skipped,
      /** It was skipped as its log driver keeps nothing that could be read. */
      notKept: z.boolean(),
      /** All that the log holds on the host, where that may be looked at. */
      size: maybe(bytes),
      /** What was read of it, and between which lines (RFC 3339). */
      read: bytes,
      lines: count,
      from: maybe(text),
      until: maybe(text),
      /** What was not read of the time that was asked for: older lines are beyond the newest few, newer ones beyond the limit of size or time. */
      cut: maybe(z.enum(['older', 'newer'])),
      markers: z.array(
        z.object({
          marker: text,
          count,
          first: maybe(text),
          last: maybe(text),
          /** The newest lines, each cut short, numbers and secrets masked. */
          newest: z.array(text),
        }),
      ),
    }),
  ),
});

/** Files of this host that the deployment was made from and that may hold secrets: Compose and env files. */
export const files = z.object({
  files: z.array(
    z.object({
      path: text,
      kind: z.enum(['compose', 'env', 'login']),
      /** Permission bits; null where it cannot be looked at, and `why`. */
      mode: maybe(count),
      uid: maybe(count),
      why: maybe(text),
      /** Names of the variables in it that hold secrets. */
      secrets: z.array(text),
    }),
  ),
});

/** Whether the files that variables of the containers name (WA_DB_SSL_CA and such) are there, inside each container. */
export const insideFiles = z.object({
  containers: z.array(
    z.object({
      id: text,
      name: text,
      skipped,
      files: z.array(z.object({ variable: text, path: text, bytes: maybe(bytes), found: z.boolean() })),
    }),
  ),
});
