import { describe, expect, it } from 'vitest';
import { databaseCommitLatency } from '../../../checks/database/commit-latency.ts';
import { databaseLatency } from '../../../checks/database/latency.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, latency, NO_LOGIN, over, refused, same } from './answers.ts';

const rounds = (...p95: readonly number[]) => p95.map((ms) => same(ms));
const outcome = async (...p95: readonly number[]) => (await judged(databaseLatency, latency(rounds(...p95)))).outcome;

describe('database.latency', () => {
  // The tool's own error is 0.1 ms and 5 % of the figure: at 4.66 ms that is 0.333.
  it.each([
    ['well below', [0.8, 0.9, 0.85], 'pass'],
    ['just below with its error', [4.66, 4.66, 4.66], 'pass'],
    ['within the error below the limit', [4.67, 4.67, 4.67], 'warn'],
    ['at the limit', [5, 5, 5], 'warn'],
    ['clear above the limit', [5.4, 5.4, 5.4], 'warn'],
    ['at the upper limit', [15, 15, 15], 'warn'],
    ['within the error above the upper limit', [15.89, 15.89, 15.89], 'warn'],
    ['above the upper limit with its error', [15.9, 15.9, 15.9], 'fail'],
    ['one round below the upper limit', [15.7, 19, 20], 'warn'],
    ['one round above the limit', [1, 1, 5.2], 'warn'],
  ])('%s: %j is %s', async (_, p95, expected) => {
    expect(await outcome(...p95)).toBe(expected);
  });

  it('says of what straddles a limit which one, and of what lies between nothing', async () => {
    const words = async (ms: number) => saying(await judged(databaseLatency, latency(rounds(ms, ms, ms))));
    expect(await words(5)).toContain('the interval straddles the limit of 5 ms');
    expect(await words(15)).toContain('the interval straddles the limit of 15 ms');
    expect(await words(8)).not.toContain('straddles');
  });

  it('names the share of the network, and its remedy goes by what takes the time', async () => {
    const slow = rounds(20, 20, 20);
    const far = await judged(databaseLatency, latency(slow, { wire: 19.4, tcp: [19.3] }));
    expect(far.message).toContain('of 20 ms at the median, 19.4 ms (97 %) is the network');
    expect(far.measured).toMatchObject({ network: { p50: 19.4, tcp: 19.3, share: expect.closeTo(0.97) } });
    expect(far.findings[0]?.remedy).toContain('same zone');
    const busy = await judged(databaseLatency, latency(slow, { wire: 0.4, tcp: [0.3] }));
    expect(busy.findings[0]?.remedy).toContain('keeps the server busy');
    const proxy = await judged(databaseLatency, latency(slow, { wire: 19, tcp: [0.2, 0.1, 0.3] }));
    expect(proxy.message).toContain('though TCP connects within 0.2 ms');
    expect(proxy.findings[0]?.remedy).toContain('stands between');
    const unknown = await judged(databaseLatency, latency(slow, { wire: 19, tcp: [] }));
    expect(unknown.findings[0]?.remedy).toContain('same zone');
  });

  it('is careful with few samples or rounds, and says so', async () => {
    for (const few of [[same(4.2, 150)], rounds(4.2, 4.2), [same(4.2, 60), same(4.2, 60), same(4.2, 60)]]) {
      const result = await judged(databaseLatency, latency(few));
      expect(saying(result)).toMatch(/^warn\n.*are few, so half of the figure counts as error/);
    }
    expect((await judged(databaseLatency, latency([same(1, 50)]))).outcome).toBe('pass');
    expect((await judged(databaseLatency, latency([same(17, 50)]))).outcome).toBe('warn');
    expect((await judged(databaseLatency, latency([same(40, 50)]))).outcome).toBe('fail');
    expect((await judged(databaseLatency, latency([same(4.2, 67), same(4.2, 67), same(4.2, 67)]))).outcome).toBe(
      'pass',
    );
  });

  it('cannot tell on a noisy machine near a limit, and can far from it', async () => {
    const noisy = async (ms: number, echo = 1.2) => judged(databaseLatency, latency(rounds(ms, ms, ms), { echo }));
    expect(saying(await noisy(4.4))).toMatch(/^unknown\n.*this machine is noisy: an echo within itself takes 1\.2 ms/);
    expect((await noisy(3)).outcome).toBe('pass');
    expect((await noisy(3.9)).outcome).toBe('unknown');
    expect((await noisy(14.5)).outcome).toBe('unknown');
    expect((await noisy(20)).outcome).toBe('fail');
    expect((await noisy(5, 1)).outcome).toBe('warn');
  });

  it('holds all percentiles, samples, rounds, spread and a histogram', async () => {
    const { measured, required } = await judged(databaseLatency, latency(rounds(1, 3, 2)));
    expect(measured).toMatchObject({ value: 2, unit: 'ms', stat: 'p95', samples: 300, rounds: 3, spread: 2 });
    for (const name of ['p50', 'p90', 'p95', 'p99', 'max', 'mean']) expect(measured?.[name]).toBeTypeOf('number');
    expect(measured?.['histogram']).toContainEqual({ le: 1, count: 100 });
    expect(required).toMatchObject({ op: '<=', value: 5, unit: 'ms', stat: 'p95', origin: 'vendor-text' });
  });

  it('warns at most in the development profile, and cannot tell without an answer', async () => {
    const far = latency(rounds(30, 30, 30));
    expect((await judged(databaseLatency, far, { profile: 'development' })).outcome).toBe('warn');
    expect((await judged(databaseLatency, refused('latency'))).outcome).toBe('unknown');
    expect(await judged(databaseLatency, NO_LOGIN)).toMatchObject({ outcome: 'skip', reason: 'not-given' });
  });
});

/** A small generator of its own, so that a failure can be had again. */
const random = (seed: number) => () => {
  // biome-ignore lint/suspicious/noAssignInExpressions: one step of mulberry32
  let mixed = (seed = (seed + 0x6d2b79f5) | 0);
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

describe('runs of the same path', () => {
  // Jitter as a shared machine has it: a few per cent on each sample, now and then a stall of a whole round trip, and a run
  // as a whole up to 2 % slower or faster than another one.
  it.each([0.5, 2, 4.6, 4.8, 5, 5.2, 5.4, 9, 14.4, 14.7, 15, 15.3, 15.7, 20])(
    'never contradict each other at %f ms',
    async (delay) => {
      const next = random(delay * 1000);
      const sampling = (own: number) => () =>
        own + 0.06 + Math.abs(next() + next() - 1) * 0.04 * own + (next() < 0.01 ? own : 0);
      for (let trial = 0; trial < 20; trial += 1) {
        const verdicts: string[] = [];
        for (let run = 0; run < 3; run += 1) {
          const sample = sampling(delay * (1 + (next() - 0.5) * 0.04));
          const taken = Array.from({ length: 3 }, () => Array.from({ length: 100 }, sample));
          const result = await judged(databaseLatency, latency(taken));
          const open = result.message.includes('straddles');
          verdicts.push(open ? 'open' : result.outcome);
        }
        expect(new Set(verdicts.filter((one) => one !== 'open')).size, verdicts.join()).toBeLessThanOrEqual(1);
      }
    },
  );
});

describe('database.commit-latency', () => {
  const commits = (...p95: readonly number[]) => {
    const measured = latency(rounds(...p95))['database "latency"'] as { latency: never };
    return judged(databaseCommitLatency, over('commit-latency', { latency: measured.latency }));
  };

  it.each([
    [[4, 5, 20], 'pass'],
    [[4, 5, 20.1], 'warn'],
    [[21, 22, 90], 'warn'],
  ])('%j is %s', async (p95, expected) => {
    expect((await commits(...p95)).outcome).toBe(expected);
  });

  it('says what straddles, holds all figures and cannot tell without an answer', async () => {
    expect((await commits(10, 20, 30)).message).toContain('straddles the limit');
    expect((await commits(25, 26, 30)).message).not.toContain('straddles');
    const { measured } = await judged(databaseCommitLatency, answers);
    for (const name of ['p50', 'p90', 'p95', 'p99', 'max', 'mean', 'samples', 'rounds', 'spread', 'histogram'])
      expect(measured?.[name]).toBeDefined();
    expect((await judged(databaseCommitLatency, refused('commit-latency'))).outcome).toBe('unknown');
  });

  it('is opt-in and says what it writes', () => {
    expect(databaseCommitLatency).toMatchObject({ optIn: '--db-write-probe', writes: expect.stringContaining('rows') });
  });
});
