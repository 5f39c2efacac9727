import type { Role } from '../../host/answers/deployment.ts';
import type { Host } from '../../host/host.ts';

/** When a running container of the client started, and how often it was restarted, by this host's Engine. */
export type Start = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Ms since the epoch. */
  readonly at: number;
  readonly restarts: number;
};

/** The starts of Coreapps and masters of this host; none where its Engine does not tell, as for an API elsewhere. */
export const startsOf = async (host: Host): Promise<readonly Start[]> => {
  const told = await host.docker('deployment').catch(() => null);
  return (told?.containers ?? []).flatMap(({ id, name, role, state }) => {
    const at = Date.parse(state?.startedAt ?? '');
    if (state?.status !== 'running' || Number.isNaN(at)) return [];
    return role === 'coreapp' || role === 'master' ? [{ id, name, role, at, restarts: state.restartCount }] : [];
  });
};

/** The start of a node that is named "hostname:containerId"; of a single instance (null) the one Coreapp's. */
export const startOf = (node: string | null, starts: readonly Start[]): Start | null => {
  if (node === null) {
    const coreapps = starts.filter(({ role }) => role === 'coreapp');
    return coreapps.length === 1 ? (coreapps[0] ?? null) : null;
  }
  const id = node.slice(node.lastIndexOf(':') + 1);
  return (
    (/^[0-9a-f]{12,64}$/.test(id) &&
      starts.find((one) => one.id.startsWith(id) || id.startsWith(one.id.slice(0, 12)))) ||
    null
  );
};

/** A time that has passed, in words: "40 s", "8 min", "3 h", "12 days". */
export const timeWords = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} days`;
};
