import type { DeployedContainer, Role } from '../../answers/deployment.ts';
import type { DockerAnswers } from '../../answers/docker.ts';
import { askIfThere } from './ask.ts';
import type { Way } from './endpoint.ts';
import { type InspectedBody, inspectedBody } from './inspected-body.ts';
import { composeOf, envOf, linkOf, mountsOf, portsOf } from './inspected-parts.ts';
import type { Listed } from './list.ts';
import { addressesIn, aliasesIn } from './networks.ts';

/** A container as its inspection tells it. `env` holds secrets: this is never an answer and never evidence. */
export type Inspected = Pick<
  DeployedContainer,
  | 'id'
  | 'name'
  | 'image'
  | 'networkMode'
  | 'networks'
  | 'links'
  | 'extraHosts'
  | 'ports'
  | 'restartPolicy'
  | 'privileged'
> & {
  /** The id of its image, which may be gone. */
  readonly imageId: string;
  readonly state: NonNullable<DeployedContainer['state']>;
  readonly running: boolean;
  /** Its first process as the Engine's machine numbers it, 0 where that is not told, or it does not run. */
  readonly pid: number;
  readonly env: Readonly<Record<string, string>>;
  readonly command: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Ports that it offers inside, published or not. */
  readonly exposed: readonly number[];
  readonly mounts: readonly {
    readonly type: string;
    /** A volume's name, empty for others. */
    readonly name: string;
    /** The path on the Engine's machine. */
    readonly source: string;
    readonly destination: string;
    readonly driver: string | null;
    readonly writable: boolean;
  }[];
  /** The driver that it writes with, and its options. */
  readonly log: { readonly driver: string; readonly options: Readonly<Record<string, string>> };
  /** The file of the json-file driver on the Engine's machine, null where there is none. */
  readonly logPath: string | null;
  readonly startedAt: string | null;
  /** The links behind `links`: the container's name or id, and the name that it has for this one. */
  readonly linked: readonly { readonly container: string; readonly alias: string }[];
  readonly compose: NonNullable<DeployedContainer['compose']> | null;
};

/** A container of the client, running or not. Never an answer and never evidence, as it holds secrets. */
export type ClientContainer = Inspected & {
  readonly role: Extract<Role, 'coreapp' | 'master' | 'webapp'>;
  readonly product: 'coreapp' | 'webapp';
  /** The Engine that it runs on. */
  readonly engine: DockerAnswers['engine'];
};

/** Docker's word for a time that never was. */
const NEVER = '0001-01-01T00:00:00Z';

const time = (told: string | null | undefined): string | null => (!told || told === NEVER ? null : told.slice(0, 64));

const inspectedOf = (listed: Listed, body: InspectedBody): Inspected => {
  const { State, Config, HostConfig, NetworkSettings } = body;
  const networks = Object.entries(NetworkSettings?.Networks ?? {});
  const linked = [...(HostConfig?.Links ?? []), ...networks.flatMap(([, { Links }]) => Links ?? [])].map(linkOf);
  const labels = Config.Labels ?? {};
  const { id } = listed;
  const status = State.Status || listed.state;
  return {
    id,
    name: (body.Name ?? '').replace(/^\//, '') || listed.name || id.slice(0, 12),
    image: Config.Image || listed.image,
    imageId: body.Image ?? '',
    state: {
      status,
      exitCode: State.ExitCode,
      oomKilled: State.OOMKilled ?? false,
      restartCount: Math.max(body.RestartCount, 0),
      startedAt: time(State.StartedAt),
      finishedAt: time(State.FinishedAt),
      error: State.Error?.slice(0, 600) || null,
    },
    running: status === 'running',
    pid: State.Pid,
    startedAt: time(State.StartedAt),
    env: envOf(Config.Env ?? []),
    command: [...(Config.Entrypoint ?? []), ...(Config.Cmd ?? [])].join(' '),
    labels,
    exposed: Object.keys(Config.ExposedPorts ?? {}).map((port) => Number.parseInt(port, 10)),
    networkMode: HostConfig?.NetworkMode ?? '',
    networks: networks.map(([name, attached]) => ({
      name,
      aliases: aliasesIn(attached),
      addresses: addressesIn(attached),
    })),
    links: [...new Set(linked.map(({ alias }) => alias))],
    linked,
    extraHosts: (HostConfig?.ExtraHosts ?? []).map((host) => host.split(/[:=]/)[0] ?? ''),
    ports: portsOf(body, status === 'running'),
    mounts: mountsOf(body),
    restartPolicy: HostConfig?.RestartPolicy?.Name || 'no',
    log: { driver: HostConfig?.LogConfig?.Type ?? '', options: HostConfig?.LogConfig?.Config ?? {} },
    logPath: body.LogPath || null,
    compose: composeOf(labels),
    privileged: HostConfig?.Privileged ?? false,
  };
};

/** `GET /containers/ID/json` of a container of the list, null where it is gone meanwhile; rejects with a sentence. */
export const inspect = async (
  way: Way,
  listed: Listed,
  signal: AbortSignal,
  patienceMs: number,
): Promise<Inspected | null> => {
  const path = `/containers/${encodeURIComponent(listed.id)}/json`;
  const body = await askIfThere(way, path, inspectedBody, signal, patienceMs);
  return body && inspectedOf(listed, body);
};
