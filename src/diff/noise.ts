import * as z from 'zod/mini';
import type { Measured } from '../model.ts';
import type { Band } from './report-diff.ts';

/** What a latency holds in a report beside its figure (src/latency.ts); a DNS time and its like hold less, and are no distribution. */
const distribution = z.object({
  value: z.number(),
  unit: z.literal('ms'),
  stat: z.string(),
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
  samples: z.number(),
  rounds: z.number(),
  spread: z.number(),
});
type Latency = z.infer<typeof distribution>;

/** Two runs of one benchmark on one quiet machine agree within a tenth, and no better. */
const LEAST_SHARE = 0.1;
/** Of fewer samples or rounds half of a figure counts as error, as in the checks themselves. */
const FEW_SHARE = 0.5;
const LEAST_ROUNDS = 3;
const LEAST_SAMPLES = 30;

/** What the range of so many normal values is in standard deviations, on average: d2 of control charts (ISO 7870-2), from 2 on. */
const RANGE_IN_SIGMAS = [1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847, 2.97, 3.078] as const;
/** A median's error against a mean's. */
const MEDIAN_AGAINST_MEAN = 1.25;
const SIGMAS = 3;

/** The standard error of a figure that is the median of its rounds, from the range of them. */
const errorOf = ({ spread, rounds }: Latency): number => {
  const sigmas = RANGE_IN_SIGMAS[Math.min(Math.max(2, Math.floor(rounds)) - 2, RANGE_IN_SIGMAS.length - 1)] ?? 1;
  return (MEDIAN_AGAINST_MEAN * spread) / sigmas / Math.sqrt(Math.max(1, rounds));
};

const isFew = ({ samples, rounds }: Latency): boolean => samples < LEAST_SAMPLES || rounds < LEAST_ROUNDS;

const rounded = (ms: number): number => Number(ms.toPrecision(4));

/** The figure of a latency, null for every other measurement. */
const latencyIn = (measured: Measured | undefined): Latency | null => {
  const read = distribution.safeParse(measured);
  return read.success ? read.data : null;
};

/**
 * Whether two latencies differ by more than each of them does from round to round. Their noise is three standard errors of the
 * difference, no less than what parts two figures whose rounds overlap, than a tenth of the larger figure, and than half of it where
 * too little was measured. Null where they are no two figures of one kind.
 */
export const bandOf = (before: Measured | undefined, after: Measured | undefined): Band | null => {
  const [was, is] = [latencyIn(before), latencyIn(after)];
  if (!was || !is || was.stat !== is.stat) return null;
  const larger = Math.max(was.value, is.value);
  const spread = Math.max((was.spread + is.spread) / 2, SIGMAS * Math.hypot(errorOf(was), errorOf(is)));
  const few = isFew(was) || isFew(is);
  const floor = (few ? FEW_SHARE : LEAST_SHARE) * larger;
  const noise = Math.max(spread, floor);
  const difference = is.value - was.value;
  return {
    unit: 'ms',
    stat: is.stat,
    difference: rounded(difference),
    noise: rounded(noise),
    changed: Math.abs(difference) > noise,
    by: spread >= floor ? 'spread' : few ? 'few' : 'share',
  };
};
