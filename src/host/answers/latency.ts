import * as z from 'zod/mini';
import { count, maybe, ms } from './shapes.ts';

/** Percentiles of one figure, ms. */
export const distribution = z.object({
  samples: count,
  mean: ms,
  p50: ms,
  p90: ms,
  p95: ms,
  p99: ms,
  max: ms,
});
export const rounds = z.object({
  /** All rounds together, then each one: the spread over rounds is the benchmark's own noise. */
  all: distribution,
  rounds: z.array(distribution).check(z.minLength(1)),
  /** Samples in each bin: above the bound before, up to `le`; the last bound is null: everything above. */
  histogram: z.array(z.object({ le: maybe(ms), count })),
  /** The worst sample in each equal slice of time, for the latency strip. */
  strip: z.array(ms).check(z.maxLength(240)),
  seconds: z.number().check(z.nonnegative()),
});

export type Distribution = z.infer<typeof distribution>;
export type LatencyRounds = z.infer<typeof rounds>;
