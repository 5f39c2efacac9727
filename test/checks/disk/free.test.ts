import { describe, expect, it } from 'vitest';
import { diskFree } from '../../../checks/disk/free.ts';
import type { DiskAnswers } from '../../../src/host/answers/disk.ts';
import { judged, saying } from '../../support/judged.ts';
import { diskAnswers } from './answers.ts';

const free = (change: Partial<DiskAnswers['place']>) => judged(diskFree, diskAnswers(change));

describe('disk.free', () => {
  it('passes a disk with room', async () => {
    expect(saying(await free({}))).toBe('pass\n375 GB, 76 %, available at /var/lib/docker (25 GB more are reserved)');
  });

  it('judges what is available, not what is free but reserved', async () => {
    const result = await free({ size: 270e9, free: 219e9, available: 19e9 });
    expect(result.outcome).toBe('warn');
    expect(result.message).toBe(
      '19 GB, 7.0 %, available at /var/lib/docker (200 GB more are reserved); at least 20 GB and 20 % are advised',
    );
  });

  it.each([
    [20e9, 100e9, 'pass'],
    [19.99e9, 90e9, 'warn'],
    [20e9, 100.1e9, 'warn'],
  ])('has its boundary at 20 GB and a fifth: %d of %d bytes, %s', async (available, size, outcome) => {
    expect((await free({ size, available, free: available })).outcome).toBe(outcome);
  });

  it('warns of few inodes, and does without where there are none', async () => {
    expect(saying(await free({ inodes: { total: 1000, available: 99 } }))).toContain('9.9 % of the inodes');
    expect((await free({ inodes: { total: 1000, available: 100 } })).outcome).toBe('pass');
    expect((await free({ inodes: null })).outcome).toBe('pass');
  });

  it('warns of a read-only file system', async () => {
    expect((await free({ readOnly: true })).findings[0]).toMatchObject({
      outcome: 'warn',
      message: expect.stringContaining('mounted read-only'),
      remedy: expect.stringContaining('mount / for writing'),
    });
  });

  it('cannot tell where nobody answers or no size is named', async () => {
    expect((await free({ size: 0, available: 0, free: 0 })).outcome).toBe('unknown');
    expect((await judged(diskFree, { 'disk "target"': new Error('no') })).outcome).toBe('unknown');
  });
});
