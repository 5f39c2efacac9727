import * as z from 'zod';
import { isAlive, thisProcess } from '../process-identity.ts';
import type { Way } from './endpoint.ts';
import { jsonOf, request } from './request.ts';

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
  z.object({ Id: z.string(), Created: z.number(), Labels: z.record(z.string(), z.string()).nullish() }),
);

/** A probe of another machine lives for less than this, ms; its process cannot be asked from here. */
const LONGEST = 60_000;

const isDead = (labels: Record<string, string>, ageMs: number): boolean => {
  if (labels['wa-preflight.origin'] !== thisProcess().origin) return ageMs > LONGEST;
  return !isAlive(Number(labels['wa-preflight.pid']), labels['wa-preflight.since']);
};

const PATIENCE = 5000;

const deadOnes = async (way: Way, list: string, signal: AbortSignal): Promise<readonly string[]> => {
  const filters = encodeURIComponent(JSON.stringify({ label: [PROBE] }));
  const answer = await request(way, { path: `${list}?all=1&filters=${filters}` }, signal, PATIENCE);
  const found = labelled.safeParse(answer.status === 200 ? jsonOf(answer) : null).data ?? [];
  // Ages by the Engine's own clock: it need not agree with ours.
  const now = Date.parse(answer.headers.date ?? '') || Date.now();
  return found.filter(({ Labels, Created }) => isDead(Labels ?? {}, now - Created * 1000)).map(({ Id }) => Id);
};

const remove = async (way: Way, path: string, signal: AbortSignal, patience = PATIENCE): Promise<number> => {
  const { status } = await request(way, { method: 'DELETE', path }, signal, patience);
  return status;
};

/** Removes what probes of dead runs left on this Engine, and tells how many things that were. */
export const sweep = async (way: Way, signal: AbortSignal): Promise<number> => {
  let swept = 0;
  for (const id of await deadOnes(way, '/containers/json', signal))
    if ((await remove(way, `/containers/${id}?force=1&v=1`, signal)) < 300) swept += 1;
  for (const id of await deadOnes(way, '/images/json', signal))
    if ((await remove(way, `/images/${encodeURIComponent(id)}?force=1`, signal)) < 300) swept += 1;
  return swept;
};

/** Removes what a probe made, whatever ended it; the names of what could not be removed. */
export const clearAway = async (
  way: Way,
  made: { readonly containers: readonly string[]; readonly image: string },
  patienceMs: number,
): Promise<string[]> => {
  // Its own signal: a cancelled run cleans up all the same.
  const { signal } = new AbortController();
  const gone = (what: string, path: string) =>
    remove(way, path, signal, patienceMs).then(
      (status) => (status < 300 || status === 404 ? [] : [`${what} (the Engine answered ${status})`]),
      (error: Error) => [`${what} (${error.message})`],
    );
  const containers = made.containers.map((name) => gone(`container ${name}`, `/containers/${name}?force=1&v=1`));
  const left = (await Promise.all(containers)).flat();
  return [...left, ...(await gone(`image ${made.image}`, `/images/${made.image}?force=1`))];
};
