import * as z from 'zod/mini';
import { crashLogs, deployment, files, insideFiles, links, logs } from './deployment.ts';
import { type Answers, count, maybe, text } from './shapes.ts';

/** How one run of the probe in a container ended. */
const containerRun = z.object({
  /** The probe's exit code is the errno of statx; null when it did not come to that. */
  errno: maybe(z.int()),
  signal: maybe(text),
  /** The Engine's words when it could not create or start the container. */
  startError: maybe(text),
});

/** What a probe could not remove again, to be said, and how many left-overs of dead runs it removed first. */
const traces = { leftOver: z.array(text), sweptBefore: count };

/** What `docker(topic)` answers. */
export const docker = {
  /** Which Engine was asked and how it answered. Never throws for an Engine that is not there. */
  engine: z.object({
    endpoint: text,
    from: z.enum(['DOCKER_HOST', 'context', 'default', 'rootless']),
    /** Whether that Engine runs on this very machine (a socket here). */
    local: z.boolean(),
    state: z.enum(['reachable', 'absent', 'denied', 'refused', 'silent', 'not-an-engine', 'unusable']),
    /** The error's own words, null when reachable. */
    detail: maybe(text),
    /** "docker", or "podman" for its Docker-compatible shim. */
    product: maybe(z.enum(['docker', 'podman'])),
  }),
  /** `GET /version`, the fields that are used. */
  version: z.object({
    version: text,
    apiVersion: maybe(text),
    minApiVersion: maybe(text),
    os: maybe(text),
    arch: maybe(text),
    kernel: maybe(text),
    platform: maybe(text),
    components: z.array(z.object({ name: text, version: text })),
  }),
  /** `GET /info`, the fields that are used. */
  info: z.object({
    name: maybe(text),
    operatingSystem: maybe(text),
    osType: maybe(text),
    architecture: maybe(text),
    kernel: maybe(text),
    dataRoot: maybe(text),
    storageDriver: maybe(text),
    driverStatus: z.array(z.tuple([text, text])),
    loggingDriver: maybe(text),
    cgroupVersion: maybe(text),
    securityOptions: z.array(text),
    defaultRuntime: maybe(text),
    /** libseccomp of the default runtime, as the runtime's features tell (Engine 25 and later). */
    libseccomp: maybe(text),
    /** The commit or version of runc that the Engine names. */
    runc: maybe(text),
    warnings: z.array(text),
  }),
  /** Containers that exist, with the ports they publish; `product` where they are the client's own. */
  containers: z.object({
    /** The list of all was too long, and holds the running ones only. */
    onlyRunning: z._default(z.boolean(), false),
    containers: z.array(
      z.object({
        id: text,
        name: text,
        image: text,
        state: text,
        product: maybe(z.enum(['coreapp', 'webapp'])),
        /** In all networks that it is attached to, IPv4 and IPv6; empty where it has none of its own. */
        addresses: z._default(z.array(text), []),
        ports: z.array(z.object({ host: count, container: count, address: text })),
      }),
    ),
  }),
  deployment,
  links,
  'crash-logs': crashLogs,
  logs,
  files,
  'inside-files': insideFiles,
  /**
   * The statx probe in throw-away containers: under the Engine's own seccomp profile, and unconfined as control, which is
   * only run when `own` was not allowed.
   */
  statx: z.discriminatedUnion('ran', [
    z.object({ ran: z.literal(false), reason: text, ...traces }),
    z.object({ ran: z.literal(true), arch: text, own: containerRun, unconfined: maybe(containerRun), ...traces }),
  ]),
};

export type DockerAnswers = Answers<typeof docker>;
export type ContainerRun = z.infer<typeof containerRun>;
