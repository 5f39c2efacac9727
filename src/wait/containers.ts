import type { DeployedContainer, Deployment } from '../host/answers/deployment.ts';

/** A container of the client at one moment of the wait. */
export type Seen = {
  readonly id: string;
  readonly name: string;
  readonly role: DeployedContainer['role'];
  readonly state: NonNullable<DeployedContainer['state']>;
};

/** What was seen of a container so far: how it stood, and how often it was started again since the wait began. */
type Kept = { readonly restartCount: number; readonly startedAt: string | null; readonly restarts: number };
export type Containers = ReadonlyMap<string, Kept>;

export type ContainerTrouble = {
  readonly code: 'exited' | 'crash-loop';
  readonly message: string;
  readonly remedy: string;
};

/** Restarts within one wait that are no accident any more. */
const LOOP = 3;

const DOWN: readonly string[] = ['exited', 'dead'];

/** The client's own containers, of those whose state is known. */
export const clientsIn = (deployment: Deployment | null): readonly Seen[] =>
  (deployment?.containers ?? []).flatMap(({ id, name, role, state }) =>
    state && (role === 'coreapp' || role === 'master' || role === 'webapp') ? [{ id, name, role, state }] : [],
  );

/** What is kept of the containers after one more look, and the names of those that were started again since the one before. */
export const watched = (
  before: Containers,
  now: readonly Seen[],
): { readonly containers: Containers; readonly restarted: readonly string[] } => {
  const restarted: string[] = [];
  const containers = new Map(before);
  for (const { id, name, state } of now) {
    const kept = before.get(id);
    const again =
      kept !== undefined &&
      (state.restartCount > kept.restartCount || (kept.startedAt !== null && (state.startedAt ?? '') > kept.startedAt));
    const more = again ? Math.max(1, state.restartCount - kept.restartCount) : 0;
    if (again) restarted.push(name);
    containers.set(id, {
      restartCount: state.restartCount,
      startedAt: state.startedAt,
      restarts: (kept?.restarts ?? 0) + more,
    });
  }
  return { containers, restarted };
};

const exitWords = ({ name, state }: Seen): string =>
  state.oomKilled
    ? `container ${name} was killed for want of memory (exit code ${state.exitCode})`
    : `container ${name} exited with code ${state.exitCode}${state.error ? `: ${state.error}` : ''}`;

/** What no waiting mends: a container that is started again and again, or every one of a kind that is down. */
export const troubleOf = (now: readonly Seen[], containers: Containers): ContainerTrouble | null => {
  const looping = now.find(({ id }) => (containers.get(id)?.restarts ?? 0) >= LOOP);
  if (looping)
    return {
      code: 'crash-loop',
      message: `container ${looping.name} was started again ${containers.get(looping.id)?.restarts} times during this wait`,
      remedy: `Read why it ends: docker logs --tail 100 ${looping.name}.`,
    };
  for (const role of ['coreapp', 'webapp']) {
    const all = now.filter((one) => one.role === role);
    const [first] = all;
    if (first && all.every(({ state }) => DOWN.includes(state.status)))
      return {
        code: 'exited',
        message: exitWords(first),
        remedy: `Read why it ended: docker logs --tail 100 ${first.name}.`,
      };
  }
  return null;
};
