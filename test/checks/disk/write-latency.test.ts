import { describe, expect, it } from 'vitest';
import { diskWriteLatency } from '../../../checks/disk/write-latency.ts';
import type { LatencyRounds } from '../../../src/host/answers/latency.ts';
import { latencyOf } from '../../../src/latency.ts';
import { judged, saying } from '../../support/judged.ts';
import { diskAnswers, tails, writes } from './answers.ts';

const latency = (answer: LatencyRounds, change = {}) =>
  judged(diskWriteLatency, diskAnswers(change, { 'write-latency': writes(answer) }));

describe('disk.write-latency', () => {
  it.each([
    ['all rounds at the limit', [10, 10, 10], 'pass'],
    ['one round over it', [9, 9.9, 10.1], 'warn'],
    ['trap 16: 9.99 is not 9', [9.99, 9.99, 10.001], 'warn'],
    ['all rounds between the limits', [11, 12, 25], 'warn'],
    ['one round below the upper limit', [24, 26, 27], 'warn'],
    ['all rounds above the upper limit', [25.1, 26, 90], 'fail'],
  ])('%s: %j is %s', async (_, p99, outcome) => {
    expect((await latency(tails(...p99))).outcome).toBe(outcome);
  });

  it('tells a noisy measurement from a slow disk', async () => {
    expect((await latency(tails(1, 2, 11))).findings[0]).toMatchObject({
      message: expect.stringContaining('the rounds differ too much'),
      remedy: expect.stringContaining('again'),
    });
    expect((await latency(tails(11, 12, 13))).findings[0]?.remedy).toContain('SSD');
  });

  it('reports the median over the rounds, their spread and all percentiles', async () => {
    const { measured, required } = await latency(tails(1, 4, 2, 3, 2.5));
    expect(measured).toMatchObject({
      ...{ value: 2.5, unit: 'ms', stat: 'p99', display: 'p99 2.5 ms' },
      ...{ samples: 500, rounds: 5, spread: 3, interval: [1, 4], p50: 0.2, max: 4 },
    });
    for (const name of ['p90', 'p95', 'p99', 'mean']) expect(measured?.[name]).toBeTypeOf('number');
    expect(measured?.['histogram']).toContainEqual({ le: 0.22, count: 450 });
    expect(required).toMatchObject({ value: 10, unit: 'ms', stat: 'p99' });
  });

  it('says that a slow disk was left alone early, and fails it all the same', async () => {
    const answers = diskAnswers({}, { 'write-latency': { ...writes(tails(1100)), stoppedEarly: true } });
    expect(saying(await judged(diskWriteLatency, answers))).toMatch(/^fail\n.*stopped early after 100 writes/);
  });

  it.each([1.1, 1100])('does not judge by one stall that cut the benchmark short: %f ms', async (stall) => {
    const durations = Array.from({ length: 60 }, (_, at) => (at === 59 ? stall : 0.2));
    const cut = latencyOf([{ starts: durations.map((_, at) => at), durations, length: 1200 }]);
    const answers = diskAnswers({}, { 'write-latency': { ...writes(cut), stoppedEarly: true } });
    expect(saying(await judged(diskWriteLatency, answers))).toMatch(/^warn\n.*the rounds are too few/);
  });

  it('cannot tell for memory, nor where the benchmark was refused', async () => {
    expect((await latency(tails(0.01), { kind: 'memory' })).outcome).toBe('unknown');
    const refused = diskAnswers({}, { 'write-latency': new Error('only 0.4 GB are available') });
    expect(saying(await judged(diskWriteLatency, refused))).toBe(
      'unknown\nCould not find out: only 0.4 GB are available',
    );
  });

  it('never touches a mount that hangs: the place is asked first', async () => {
    const hung = diskAnswers({}, { place: new Error('hangs'), 'write-latency': writes(tails(1)) });
    expect(saying(await judged(diskWriteLatency, hung))).toContain('hangs');
  });
});
