import type { Distribution, LatencyRounds } from './host/answers/latency.ts';

/** Samples of one round, ms: when each began, counted from the round's start, and how long it took. */
export type Round = {
  readonly starts: readonly number[];
  readonly durations: readonly number[];
  readonly length: number;
};

/** Twelve bounds a decade, 10 microseconds to 10 seconds: evenly spaced on a log scale, and short to read. */
const STEPS = [1, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2];
const BOUNDS: readonly number[] = [-2, -1, 0, 1, 2, 3]
  .flatMap((power) => STEPS.map((step) => Number((step * 10 ** power).toPrecision(2))))
  .concat(10_000);

const SLICES = 60;

const ranked = (sorted: Float64Array, share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;

const rounded = (ms: number): number => Number(ms.toPrecision(6));

/** Percentiles by nearest rank: each is a sample that was really taken. At least one sample is needed. */
export const distributionOf = (samples: readonly number[]): Distribution => {
  if (samples.length === 0) throw new Error('no sample was taken');
  const sorted = Float64Array.from(samples).sort();
  return {
    samples: sorted.length,
    mean: rounded(sorted.reduce((sum, one) => sum + one, 0) / sorted.length),
    p50: rounded(ranked(sorted, 0.5)),
    p90: rounded(ranked(sorted, 0.9)),
    p95: rounded(ranked(sorted, 0.95)),
    p99: rounded(ranked(sorted, 0.99)),
    max: rounded(sorted.at(-1) ?? 0),
  };
};

/**
 * How many samples fell into each bin: above the bound before, up to its own. Empty bins at both ends are left out, but for
 * the one that says where the first begins.
 */
export const histogramOf = (samples: readonly number[]): LatencyRounds['histogram'] => {
  const counts = BOUNDS.map(() => 0);
  let above = 0;
  for (const sample of samples) {
    const bin = BOUNDS.findIndex((bound) => sample <= bound);
    if (bin < 0) above += 1;
    else counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const bins = counts.map((count, bin) => ({ le: BOUNDS[bin] ?? null, count }));
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  return [...(first < 0 ? [] : bins.slice(Math.max(0, first - 1), last + 1)), { le: null, count: above }];
};

/** The worst sample in each of up to 60 equal slices of the time that was measured; a slow one fills all its slices. */
export const stripOf = (rounds: readonly Round[]): readonly number[] => {
  const total = rounds.reduce((sum, { length }) => sum + length, 0);
  const slices = Array.from({ length: SLICES }, () => 0);
  const slice = (at: number) => Math.min(SLICES - 1, Math.floor((at / total) * SLICES));
  let before = 0;
  for (const { starts, durations, length } of rounds) {
    for (const [index, start] of starts.entries()) {
      const took = durations[index] ?? 0;
      for (let at = slice(before + start); at <= slice(before + start + took); at += 1)
        slices[at] = Math.max(slices[at] ?? 0, took);
    }
    before += length;
  }
  return slices.map(rounded);
};

/** All rounds together and each one, with histogram and strip. Rounds without a sample are left out. */
export const latencyOf = (rounds: readonly Round[]): LatencyRounds => {
  const taken = rounds.filter(({ durations }) => durations.length > 0);
  const all = taken.flatMap(({ durations }) => durations);
  return {
    all: distributionOf(all),
    rounds: taken.map(({ durations }) => distributionOf(durations)),
    histogram: histogramOf(all),
    strip: [...stripOf(taken)],
    seconds: taken.reduce((sum, { length }) => sum + length, 0) / 1000,
  };
};

/** One percentile over the rounds: its median, and the interval that is the measurement's own noise. */
export type Interval = { readonly median: number; readonly low: number; readonly high: number };

export const intervalOf = ({ rounds }: LatencyRounds, stat: 'p50' | 'p95' | 'p99'): Interval => {
  const sorted = rounds.map((round) => round[stat]).sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
  return { median, low: sorted[0] ?? 0, high: sorted.at(-1) ?? 0 };
};

/** What a report holds of a latency measurement beside the judged figure, ms. */
export const latencyFigures = (latency: LatencyRounds, { low, high }: Interval) => {
  const { samples, mean, p50, p90, p95, p99, max } = latency.all;
  return {
    ...{ p50, p90, p95, p99, max, mean, samples },
    rounds: latency.rounds.length,
    spread: rounded(high - low),
    interval: [low, high],
    histogram: latency.histogram,
    strip: latency.strip,
  };
};
