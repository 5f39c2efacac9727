import { describe, expect, it } from 'vitest';
import { diskCapacity } from '../../../checks/disk/capacity.ts';
import type { DiskAnswers } from '../../../src/host/answers/disk.ts';
import { judged, saying } from '../../support/judged.ts';
import { disk, diskAnswers } from './answers.ts';

const capacity = (change: Partial<DiskAnswers['place']>) => judged(diskCapacity, diskAnswers(change));
const device = (size: number) => [{ ...disk, size }];

describe('disk.capacity', () => {
  it('passes 250 GB as sold: a device of 250 GB whose file system keeps some', async () => {
    const result = await capacity({ leaves: device(250e9), size: 246e9 });
    expect(result.outcome).toBe('pass');
    expect(result.measured?.display).toBe('246 GB on a device of 250 GB');
  });

  it.each([
    ['device', 247.5e9, 230e9, 'pass'],
    ['device', 247.4e9, 240e9, 'fail'],
    ['file system', 250e9, 230e9, 'pass'],
    ['file system', 250e9, 229.9e9, 'fail'],
  ])('has its boundary for the %s at %d and %d bytes: %s', async (_, deviceSize, size, outcome) => {
    expect((await capacity({ leaves: device(deviceSize), size })).outcome).toBe(outcome);
  });

  it('tells a small file system on a large disk to grow', async () => {
    const result = await capacity({ leaves: device(500e9), size: 100e9 });
    expect(result.findings[0]).toMatchObject({ outcome: 'fail', remedy: expect.stringContaining('the disk has room') });
  });

  it('judges several disks by their file system alone', async () => {
    const leaves = ['sda', 'sdb'].map((name) => ({ ...disk, name, size: 160e9 }));
    expect((await capacity({ leaves, size: 300e9 })).outcome).toBe('pass');
    expect((await capacity({ leaves, size: 150e9 })).outcome).toBe('fail');
  });

  it('says which folder stands for one that is not there yet', async () => {
    expect(saying(await capacity({ existing: '/var/lib' }))).toContain(
      'at /var/lib (the nearest folder: /var/lib/docker is not there yet)',
    );
  });

  it('says where a link leads', async () => {
    expect(saying(await capacity({ existing: '/data/docker' }))).toContain(
      'at /data/docker (where /var/lib/docker leads)',
    );
  });

  it('cannot tell where the mount hangs, and where no size is named', async () => {
    const hung = diskAnswers({}, { place: new Error('/var/lib/docker does not answer within 5 s') });
    expect(saying(await judged(diskCapacity, hung))).toBe(
      'unknown\nCould not find out: /var/lib/docker does not answer within 5 s',
    );
    expect((await capacity({ size: 0 })).outcome).toBe('unknown');
  });

  it('asks a development host for less, as advice', async () => {
    const result = await judged(diskCapacity, diskAnswers({ leaves: device(21e9), size: 20e9 }), {
      profile: 'development',
    });
    expect(result).toMatchObject({ outcome: 'pass', level: 'advice' });
  });
});
