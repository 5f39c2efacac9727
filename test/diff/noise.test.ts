import { describe, expect, it } from 'vitest';
import { bandOf } from '../../src/diff/noise.ts';
import { intervalOf, latencyFigures, latencyOf } from '../../src/latency.ts';
import type { Measured } from '../../src/model.ts';

const figure = (value: number, change: Readonly<Record<string, unknown>> = {}): Measured =>
  ({
    value,
    ...{ unit: 'ms', stat: 'p99', display: `p99 ${value} ms`, p50: 1, p90: 2, p95: 3, p99: value, max: value, mean: 1 },
    ...{ samples: 1000, rounds: 5, spread: 2, histogram: [], strip: [] },
    ...change,
  }) as Measured;

describe('the noise band of two latencies', () => {
  // Three standard errors of two medians of five rounds with a range of 2: 3 * 1.25 * 2 / 2.326 / sqrt(5) * sqrt(2).
  const BAND = 2.039;

  it.each([
    [10, 10 + BAND - 0.01, false],
    [10, 10 + BAND + 0.01, true],
    [10, 10 - BAND + 0.01, false],
    [10, 10 - BAND - 0.01, true],
  ])('%s ms and %s ms: changed %s', (was, is, changed) => {
    const band = bandOf(figure(was), figure(is));
    expect(band).toMatchObject({ changed, by: 'spread', unit: 'ms', stat: 'p99' });
    expect(band?.noise).toBeCloseTo(BAND, 2);
    expect(Math.sign(band?.difference ?? 0)).toBe(is > was ? 1 : -1);
  });

  it('is a tenth of the larger figure where the rounds agree better than runs do', () => {
    expect(bandOf(figure(100, { spread: 0 }), figure(109, { spread: 0 }))).toMatchObject({
      noise: 10.9,
      changed: false,
      by: 'share',
    });
    expect(bandOf(figure(100, { spread: 0 }), figure(112, { spread: 0 }))).toMatchObject({
      changed: true,
      by: 'share',
    });
  });

  it('is half of the figure where too little was measured', () => {
    for (const few of [{ samples: 29 }, { rounds: 2 }]) {
      expect(bandOf(figure(10, { spread: 0, ...few }), figure(19, { spread: 0 }))).toMatchObject({
        changed: false,
        by: 'few',
      });
      expect(bandOf(figure(10, { spread: 0 }), figure(21, { spread: 0, ...few }))).toMatchObject({
        changed: true,
        by: 'few',
      });
    }
  });

  it('never parts figures whose rounds overlap', () => {
    for (const rounds of [3, 5, 7, 10, 50]) {
      const band = bandOf(figure(10, { rounds, spread: 4 }), figure(13.9, { rounds, spread: 4 }));
      expect(band?.changed, `${rounds} rounds`).toBe(false);
    }
  });

  it('is there for latencies of one kind alone', () => {
    expect(bandOf(figure(1), undefined)).toBeNull();
    expect(bandOf(figure(1), { value: 1, display: '1' })).toBeNull();
    expect(bandOf(figure(1), figure(1, { stat: 'p95' }))).toBeNull();
    expect(bandOf(figure(1, { spread: 'much' }), figure(1))).toBeNull();
    expect(bandOf(figure(1, { value: null }), figure(1))).toBeNull();
  });
});

/** Numbers between 0 and 1, the same at every run. */
const seeded = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return (state + 0.5) / 2 ** 32;
  };
};

describe('the same benchmark, run again and again', () => {
  const next = seeded(20261122);
  const bell = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  /** Five rounds of 200 samples with a tail as of disks: 2 of 100 take four times as long. */
  const run = (median: number): Measured => {
    const durations = () =>
      Array.from({ length: 200 }, () => median * Math.exp(0.5 * bell()) * (next() < 0.02 ? 4 : 1));
    const rounds = Array.from({ length: 5 }, durations).map((taken) => {
      return { starts: taken.map((_, at) => at), durations: taken, length: taken.length };
    });
    const latency = latencyOf(rounds);
    const interval = intervalOf(latency, 'p95');
    const value = interval.median;
    return { value, unit: 'ms', stat: 'p95', display: '', ...latencyFigures(latency, interval) } as Measured;
  };
  const changedIn = (pairs: number, factor: number): number =>
    Array.from({ length: pairs }, () => bandOf(run(1), run(factor))).filter((band) => band?.changed).length;

  it('is the same in at least 97 of 100 pairs, and three times as slow is not', () => {
    expect(changedIn(200, 1)).toBeLessThanOrEqual(6);
    expect(changedIn(200, 3)).toBeGreaterThanOrEqual(194);
  });
});
