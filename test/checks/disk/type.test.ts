import { describe, expect, it } from 'vitest';
import { diskType } from '../../../checks/disk/type.ts';
import type { DiskAnswers, DiskLeaf } from '../../../src/host/answers/disk.ts';
import { latencyOf } from '../../../src/latency.ts';
import { type Answers, judged, saying } from '../../support/judged.ts';
import { disk, diskAnswers, reads, tails, virtualDisk, writes } from './answers.ts';

const free: Answers = { permit: { refused: null } };
const quick: Answers = { permit: { refused: 'left out by --quick' } };
const type = (leaves: readonly DiskLeaf[], more: Answers = {}, change: Partial<DiskAnswers['place']> = {}) =>
  judged(diskType, diskAnswers({ leaves: [...leaves], ...change }, more));

const hdd = { ...disk, rotational: true, model: 'WDC WD40' };
const nvme = { ...disk, name: 'nvme0n1', bus: 'nvme' };

describe('disk.type', () => {
  it('passes physical SSDs by their flag, and measures nothing', async () => {
    expect((await type([disk])).outcome).toBe('pass');
    expect((await type([nvme, { ...nvme, name: 'nvme1n1' }])).outcome).toBe('pass');
  });

  it('warns of a rotating disk whose writes are fast enough, and fails a slow one', async () => {
    const result = await type([hdd], { ...free, 'write-latency': writes(tails(20, 25, 25)) });
    expect(result.outcome).toBe('warn');
    const slow = await type([hdd], { ...free, 'write-latency': writes(tails(30, 31, 32)) });
    expect(slow).toMatchObject({ outcome: 'fail', findings: [{ remedy: "Move Docker's data root to an SSD." }] });
  });

  it('judges a rotating disk without measuring where that is not allowed', async () => {
    expect(saying(await type([hdd], quick))).toBe(
      'warn\nRotating disk (HDD) at /var/lib/docker; an SSD is needed (its writes were not measured: left out by --quick)',
    );
  });

  it('takes one rotating disk among others for the whole', async () => {
    expect((await type([nvme, hdd], quick)).outcome).toBe('warn');
  });

  it.each([true, false])('never believes the flag of a virtual disk (rotational: %s)', async (rotational) => {
    const leaf = { ...virtualDisk, rotational };
    expect((await type([leaf], quick)).outcome).toBe('unknown');
    expect((await type([leaf], { ...free, 'read-latency': reads(0.08) })).outcome).toBe('pass');
  });

  it.each([
    [0.99, 'pass'],
    [1, 'unknown'],
    [3, 'unknown'],
    [3.01, 'fail'],
  ])('lets the reads of a virtual disk decide: p50 of %d ms, %s', async (p50, outcome) => {
    const answers = { ...free, 'read-latency': reads(p50), 'write-latency': writes(tails(40, 40, 40)) };
    expect((await type([virtualDisk], answers)).outcome).toBe(outcome);
  });

  it('sees through bursts: a volume of 20 reads a second is not quick because its median is', async () => {
    const durations = Array.from({ length: 50 }, (_, at) => (at % 2 ? 100 : 0.2));
    const bursts = { ...reads(0.2), latency: latencyOf([{ starts: durations.map(() => 0), durations, length: 2500 }]) };
    const answers = { ...free, 'read-latency': bursts, 'write-latency': writes(tails(300, 300, 300)) };
    const result = await type([virtualDisk], answers);
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain('random reads take 50.1 ms on average');
  });

  it('warns of slow reads where writes are fine', async () => {
    const answers = { ...free, 'read-latency': reads(8), 'write-latency': writes(tails(9, 9, 9)) };
    expect((await type([virtualDisk], answers)).outcome).toBe('warn');
  });

  it('does not judge reads that came from the page cache', async () => {
    const result = await type([virtualDisk], { ...free, 'read-latency': reads(0.002, { direct: false }) });
    expect(saying(result)).toContain('its file system has no reads past the page cache');
    expect(result.outcome).toBe('unknown');
  });

  it('cannot tell what is behind a network, a pool or nothing that is known', async () => {
    for (const kind of ['network', 'pool', 'unknown'] as const)
      expect((await type([], {}, { kind })).outcome).toBe('unknown');
    expect((await type([disk], {}, { kind: 'unknown' })).outcome).toBe('unknown');
    expect((await type([nvme], {}, { kind: 'pool' })).outcome).toBe('pass');
  });

  it('fails memory: it is no disk', async () => {
    expect((await type([], {}, { kind: 'memory', layers: ['tmpfs'] })).outcome).toBe('fail');
  });

  it('cannot tell where a measurement ends in an error', async () => {
    const result = await type([virtualDisk], { ...free, 'read-latency': new Error('busy') });
    expect(saying(result)).toBe('unknown\nCould not find out: busy');
  });
});
