import { describe, expect, it } from 'vitest';
import { distributionOf, histogramOf, intervalOf, latencyOf, stripOf } from '../src/latency.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, at) => count - at);
const round = (...durations: readonly number[]) => ({
  durations,
  starts: durations.map((_, at) => durations.slice(0, at).reduce((sum, one) => sum + one, 0)),
  length: durations.reduce((sum, one) => sum + one, 0),
});

describe('a distribution', () => {
  it('has percentiles by nearest rank, whatever the order of the samples', () => {
    expect(distributionOf(upTo(1000))).toEqual({
      ...{ samples: 1000, mean: 500.5, p50: 500, p90: 900, p95: 950, p99: 990, max: 1000 },
    });
  });

  it('is right for one, two and ninety-nine samples', () => {
    expect(distributionOf([7])).toMatchObject({ p50: 7, p99: 7, max: 7, mean: 7 });
    expect(distributionOf([2, 1])).toMatchObject({ p50: 1, p90: 2 });
    expect(distributionOf(upTo(99))).toMatchObject({ p50: 50, p99: 99 });
  });

  it('keeps fractions of a millisecond', () => {
    expect(distributionOf([9.99])).toMatchObject({ p99: 9.99 });
    expect(distributionOf([0.000123456])).toMatchObject({ p50: 0.000123456 });
  });

  it('is refused without a sample', () => {
    expect(() => distributionOf([])).toThrow('no sample');
  });
});

describe('a histogram', () => {
  it('counts every sample once, up to its bound, and ends with what is above all', () => {
    expect(histogramOf([0.1, 0.1001, 0.12, 0.15, 20_000])).toEqual([
      { le: 0.082, count: 0 },
      { le: 0.1, count: 1 },
      { le: 0.12, count: 2 },
      { le: 0.15, count: 1 },
      { le: null, count: 1 },
    ]);
  });

  it('has bounds that rise evenly on a log scale', () => {
    const bounds = histogramOf([0.001, 9999]).flatMap(({ le }) => le ?? []);
    const ratios = bounds.slice(1).map((bound, at) => bound / (bounds[at] ?? 0));
    expect(Math.min(...ratios)).toBeGreaterThan(1.15);
    expect(Math.max(...ratios)).toBeLessThan(1.3);
  });
});

describe('a strip', () => {
  it('holds the worst of each slice, and a slow sample in all of its slices', () => {
    const strip = stripOf([round(...upTo(60).fill(1)), round(60)]);
    expect(strip).toHaveLength(60);
    expect(strip.slice(0, 30)).toEqual(upTo(30).fill(1));
    expect(strip.slice(30)).toEqual(upTo(30).fill(60));
  });
});

describe('rounds', () => {
  it('are told together and each, empty ones left out', () => {
    const latency = latencyOf([round(1, 2), round(), round(3)]);
    expect(latency.all.samples).toBe(3);
    expect(latency.rounds.map(({ max }) => max)).toEqual([2, 3]);
    expect(latency.seconds).toBeCloseTo(0.006);
  });

  it('have a median and an interval', () => {
    const latency = latencyOf([round(5), round(1), round(2), round(4)]);
    expect(intervalOf(latency, 'p99')).toEqual({ median: 3, low: 1, high: 5 });
  });
});
