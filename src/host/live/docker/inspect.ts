import { askIfThere } from './ask.ts';
import type { Way } from './endpoint.ts';
import type { Inspected } from './inspected.ts';
import { type InspectedBody, inspectedBody } from './inspected-body.ts';
import { composeOf, envOf, linkOf, mountsOf, portsOf } from './inspected-parts.ts';
import type { Listed } from './list.ts';
import { addressesIn, aliasesIn } from './networks.ts';

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
