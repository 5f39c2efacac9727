import { setTimeout as pause } from 'node:timers/promises';
import type { Round } from '../../../latency.ts';

/** What is sampled: each tells the ms that one took. */
export type Trips = {
  readonly query: () => Promise<number>;
  /** Sampled in the same time, more sparsely. */
  readonly ping: () => Promise<number>;
  readonly echo: () => Promise<number>;
};

export type RoundTrips = {
  readonly rounds: readonly Round[];
  readonly wire: readonly number[];
  readonly echo: readonly number[];
  readonly stoppedEarly: boolean;
};

export const ROUNDS = 5;
/** A round is made of slices: a burst of queries one after the other, then rest, so that a fast server is not kept busy. */
const SLICE_MS = 50;
const SLICES = 10;
const BURST = 40;
/** A round goes on until it has so many queries, but not for longer than this, ms. */
const LEAST = 40;
const LONGEST_ROUND = 2000;
const QUERIES_PER_PING = 4;
const ECHOES = 2;
/** A shorter rest is none, ms. */
const SHORTEST_REST = 2;
/** One that takes longer ends the measurement: such a server needs no more load, ms. */
const TOO_SLOW = 1000;

const LEAST_WARM = 3;
const MOST_WARM = 1000;
const WARM_MS = 500;

/** Round trips before those that count, for code, caches and buffers to become as they stay; tells how many. */
export const warmUp = async ({ query, ping, echo }: Trips): Promise<number> => {
  const start = performance.now();
  const spent = () => performance.now() - start;
  let taken = 0;
  while (taken < MOST_WARM && (spent() < WARM_MS || (taken < LEAST_WARM && spent() < TOO_SLOW))) {
    await query();
    taken += 1;
  }
  for (let turn = 0; turn < 3; turn += 1) await Promise.all([ping(), echo()]);
  return taken;
};

/**
 * Takes queries one after the other in rounds, with pings and echoes in between, and nothing beside them: at least 200 queries
 * over some seconds, unless they are slow. No query but the first begins later than `until`.
 */
export const roundTrips = async (
  { query, ping, echo }: Trips,
  until: number,
  tell: (round: number, done: number) => void,
): Promise<RoundTrips> => {
  const rounds: Round[] = [];
  const wire: number[] = [];
  const echoes: number[] = [];
  let queries = 0;
  let slow = false;
  let rested = false;

  /** A burst, and how long to rest after it. */
  const burst = async (start: number, round: { starts: number[]; durations: number[] }): Promise<number> => {
    const began = performance.now();
    await echo();
    for (let turn = 0; turn < ECHOES; turn += 1) echoes.push(await echo());
    // What follows a rest is slower, and met by nobody who asks query after query: it does not count.
    if (rested && performance.now() <= until) await query();
    for (let taken = 0; taken < BURST && !slow; taken += 1) {
      const at = performance.now();
      if (queries > 0 && (at > until || (taken > 0 && at - began > SLICE_MS))) break;
      const took = await query();
      round.starts.push(at - start);
      round.durations.push(took);
      queries += 1;
      slow = took > TOO_SLOW;
      if (queries % QUERIES_PER_PING === 0) wire.push(await ping());
    }
    return began + SLICE_MS - performance.now();
  };

  const over = () => slow || (queries > 0 && performance.now() > until);
  while (rounds.length < ROUNDS && !over()) {
    const start = performance.now();
    const round = { starts: [] as number[], durations: [] as number[] };
    for (let slices = 1; !over() && performance.now() - start < LONGEST_ROUND; slices += 1) {
      if (slices > SLICES && round.durations.length >= LEAST) break;
      const rest = await burst(start, round);
      const share = Math.min(slices / SLICES, round.durations.length / LEAST, 1);
      // Before the rest: whoever is told may draw it meanwhile.
      tell(rounds.length, (rounds.length + share) / ROUNDS);
      rested = rest >= SHORTEST_REST;
      if (rested) await pause(rest);
    }
    rounds.push({ ...round, length: performance.now() - start });
  }
  if (wire.length === 0) wire.push(await ping());
  return { rounds, wire, echo: echoes, stoppedEarly: slow || queries < ROUNDS * LEAST };
};
