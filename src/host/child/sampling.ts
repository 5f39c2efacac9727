import type { Round } from '../../latency.ts';
import type { Progress } from '../host.ts';

/** A sample that takes longer stops a benchmark: such a disk needs no more load, ms. */
const TOO_SLOW = 1000;
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

/** How long a synchronous act takes, ms. */
export const timed = (act: () => void): number => {
  const start = performance.now();
  act();
  return performance.now() - start;
};

/** Takes samples, each the ms that `sample` tells, in rounds. Ends early on a disk that is very slow. */
export const sampled = async (
  sample: () => number,
  { rounds, roundMs, most, budgetMs }: Sampling,
  tell: (round: number, done: number) => void,
): Promise<{ readonly rounds: readonly Round[]; readonly stoppedEarly: boolean }> => {
  const taken: Round[] = [];
  const began = performance.now();
  let samples = 0;
  while (taken.length < rounds) {
    const starts: number[] = [];
    const durations: number[] = [];
    let length = 0;
    let breath = performance.now();
    let slow = false;
    while (length < roundMs && durations.length < most && !slow && performance.now() - began < budgetMs) {
      const took = sample();
      starts.push(length);
      durations.push(took);
      length += took;
      slow = took > TOO_SLOW;
      if (performance.now() - breath > BREATH) {
        tell(taken.length, (taken.length + Math.max(length / roundMs, durations.length / most)) / rounds);
        await breathe();
        breath = performance.now();
      }
    }
    taken.push({ starts, durations, length });
    samples += durations.length;
    const seconds = (performance.now() - began) / 1000;
    const few = taken.length >= ENOUGH_ROUNDS && samples / seconds < FEW;
    if (slow || (taken.length < rounds && (few || seconds * 1000 >= budgetMs)))
      return { rounds: taken, stoppedEarly: true };
    await breathe();
  }
  return { rounds: taken, stoppedEarly: false };
};
