import * as z from 'zod/mini';
import { isAlive, thisProcess } from '../process-identity.ts';
import type { Way } from './endpoint.ts';
import { answered, EngineRefusal, engineApi } from './modem.ts';
import type { Answer } from './request.ts';

const PROBE = 'wa-preflight.probe';

/** Labels on everything that a probe makes, so that a later run knows whose it is and whether that run is dead. */
export const labelsOf = (token: string): Record<string, string> => {
  const { pid, origin, since } = thisProcess();
  return {
    [PROBE]: token,
    'wa-preflight.pid': String(pid),
    'wa-preflight.origin': origin,
    'wa-preflight.since': since,
  };
};

const labelled = z.array(
  z.object({ Id: z.string(), Created: z.number(), Labels: z.nullish(z.record(z.string(), z.string())) }),
);

/** A probe of another machine lives for less than this, ms; its process cannot be asked from here. */
const LONGEST = 60_000;

const isDead = (labels: Record<string, string>, ageMs: number): boolean => {
  if (labels['wa-preflight.origin'] !== thisProcess().origin) return ageMs > LONGEST;
  return !isAlive(Number(labels['wa-preflight.pid']), labels['wa-preflight.since']);
};

const PATIENCE = 5000;

/** The status of a removal: the Engine's own where it refused. */
const statusOf = async (removal: Promise<unknown>): Promise<number> => {
  const result = await answered(removal);
  return result instanceof EngineRefusal ? result.statusCode : 200;
};

/** Removes what probes of dead runs left on this Engine, and tells how many things that were. */
export const sweep = async (way: Way, signal: AbortSignal): Promise<number> => {
  // Ages by the Engine's own clock: it need not agree with ours.
  let now = Date.now();
  const heard = ({ headers }: Answer) => {
    now = Date.parse(headers.date ?? '') || Date.now();
  };
  const docker = await engineApi(way, { signal, deadlineMs: PATIENCE, heard });
  const deadOnes = async (list: Promise<unknown>): Promise<readonly string[]> => {
    const found = labelled.safeParse(await answered(list)).data ?? [];
    const dead = found.filter(({ Labels, Created }) => isDead(Labels ?? {}, now - Created * 1000));
    return dead.map(({ Id }) => encodeURIComponent(Id));
  };
  const ours = () => ({ all: true, filters: { label: [PROBE] } });
  let swept = 0;
  for (const id of await deadOnes(docker.listContainers(ours())))
    if ((await statusOf(docker.getContainer(id).remove({ force: true, v: true }))) < 300) swept += 1;
  for (const id of await deadOnes(docker.listImages(ours())))
    if ((await statusOf(docker.getImage(id).remove({ force: true }))) < 300) swept += 1;
  return swept;
};

/** Removes what a probe made, whatever ended it; the names of what could not be removed. */
export const clearAway = async (
  way: Way,
  made: { readonly containers: readonly string[]; readonly image: string },
  patienceMs: number,
): Promise<string[]> => {
  // Its own signal: a cancelled run cleans up all the same.
  const docker = await engineApi(way, { signal: new AbortController().signal, deadlineMs: patienceMs });
  const gone = (what: string, removal: Promise<unknown>) =>
    statusOf(removal).then(
      (status) => (status < 300 || status === 404 ? [] : [`${what} (the Engine answered ${status})`]),
      (error: Error) => [`${what} (${error.message})`],
    );
  const containers = made.containers.map((name) =>
    gone(`container ${name}`, docker.getContainer(name).remove({ force: true, v: true })),
  );
  const left = (await Promise.all(containers)).flat();
  return [...left, ...(await gone(`image ${made.image}`, docker.getImage(made.image).remove({ force: true })))];
};
