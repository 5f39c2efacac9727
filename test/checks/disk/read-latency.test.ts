import { describe, expect, it } from 'vitest';
import { diskReadLatency } from '../../../checks/disk/read-latency.ts';
import type { DiskAnswers } from '../../../src/host/answers/disk.ts';
import { judged, saying } from '../../support/judged.ts';
import { diskAnswers, reads } from './answers.ts';

const latency = (answer: DiskAnswers['read-latency'], change = {}) =>
  judged(diskReadLatency, diskAnswers(change, { 'read-latency': answer }));

describe('disk.read-latency', () => {
  it.each([
    [reads(0.08), 'pass'],
    [reads(3, { iops16: 500 }), 'pass'],
    [reads(3.01), 'warn'],
    [reads(1, { iops16: 499 }), 'warn'],
    [reads(1, { iops16: null }), 'pass'],
  ])('advises on p50 and on IOPS at depth 16', async (answer, outcome) => {
    expect((await latency(answer)).outcome).toBe(outcome);
  });

  it('reports percentiles and IOPS', async () => {
    expect((await latency(reads(0.1))).measured).toMatchObject({
      ...{ value: 0.1, unit: 'ms', stat: 'p50', display: 'p50 0.1 ms, 10,000 IOPS' },
      ...{ samples: 300, rounds: 3, spread: 0 },
    });
  });

  it('cannot tell from the page cache, from memory, nor without an answer', async () => {
    expect((await latency(reads(0.001, { direct: false }))).outcome).toBe('unknown');
    expect((await latency(reads(0.001), { kind: 'memory' })).outcome).toBe('unknown');
    const busy = diskAnswers({}, { 'read-latency': new Error('busy: another run') });
    expect(saying(await judged(diskReadLatency, busy))).toBe('unknown\nCould not find out: busy: another run');
  });
});
