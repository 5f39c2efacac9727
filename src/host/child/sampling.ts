import type { Round } from '../../latency.ts';
import type { Progress } from '../host.ts';

/** A sample that takes longer stops a benchmark: such a disk needs no more load, ms. */
export const TOO_SLOW = 1000;
/** Fewer samples a second than this need not be measured for all rounds. */
const FEW = 10;
const ENOUGH_ROUNDS = 3;
/** How often the event loop gets its turn, so that the end of the parent is seen, ms. */
const BREATH = 100;
const BETWEEN_TOLD = 250;

export type Sampling = {
  readonly rounds: number;
  readonly roundMs: number;
  /** At most so many samples a round. */
  readonly most: number;
  /** No sample begins later than this after the start, ms. */
  readonly budgetMs: number;
};

/** Gives the event loop one turn. */
const breathe = (): Promise<void> => new Promise((turn) => setImmediate(turn));

/** At most four words a second, however often they are said. */
export const sparingly = (tell: (progress: Progress) => void): ((progress: Progress) => void) => {
  let last = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = performance.now();
    if (now - last < BETWEEN_TOLD) return;
    last = now;
    tell(progress);
  };
};

/** One round: samples until its time, its number or the whole budget is used up, or the disk is too slow. */
const round = async (
  sample: () => number,
  { roundMs, most }: Sampling,
  until: number,
  tell: (share: number) => void,
): Promise<{ readonly durations: Float64Array; readonly slow: boolean }> => {
  // Nothing but the sample itself between two samples: a gap lets the disk and the processor fall asleep.
  const durations = new Float64Array(most);
  let taken = 0;
  let length = 0;
  let breath = BREATH;
  while (length < roundMs && taken < most) {
    const took = sample();
    durations[taken] = took;
    taken += 1;
    length += took;
    if (took > TOO_SLOW) return { durations: durations.subarray(0, taken), slow: true };
    if (length < breath) continue;
    breath = length + BREATH;
    tell(Math.max(length / roundMs, taken / most));
    await breathe();
    if (performance.now() > until) break;
  }
  return { durations: durations.subarray(0, taken), slow: false };
};

/** Takes samples, each the ms that `sample` tells, in rounds. Ends early on a disk that is very slow. */
export const sampled = async (
  sample: () => number,
  sampling: Sampling,
  tell: (round: number, done: number) => void,
): Promise<{ readonly rounds: readonly Round[]; readonly stoppedEarly: boolean }> => {
  const { rounds, budgetMs } = sampling;
  const taken: Round[] = [];
  const began = performance.now();
  let samples = 0;
  while (taken.length < rounds) {
    const at = taken.length;
    const { durations, slow } = await round(sample, sampling, began + budgetMs, (share) =>
      tell(at, (at + share) / rounds),
    );
    taken.push(roundOf(durations));
    samples += durations.length;
    const elapsed = performance.now() - began;
    const few = taken.length >= ENOUGH_ROUNDS && (samples / elapsed) * 1000 < FEW;
    if (slow || (taken.length < rounds && (few || elapsed >= budgetMs))) return { rounds: taken, stoppedEarly: true };
    await breathe();
  }
  return { rounds: taken, stoppedEarly: false };
};

/** The samples of a round with the time at which each began, ms from its start. */
const roundOf = (durations: Float64Array): Round => {
  let length = 0;
  const starts = Array.from(durations, (took) => {
    length += took;
    return length - took;
  });
  return { starts, durations: Array.from(durations), length };
};
