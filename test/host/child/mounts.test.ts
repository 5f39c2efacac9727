import { describe, expect, it } from 'vitest';
import { mountByName, optionOf, parseMounts } from '../../../src/host/child/mounts.ts';

const TEXT = [
  '27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard',
  '30 27 0:50 / /mnt/with\\040space\\011tab\\134\\043 ro shared:1 master:2 - overlay overlay rw,lowerdir=/a:/b,upperdir=/up\\054per\\040x',
  `31 27 8:1 /sub /caf${Buffer.from('é').toString('latin1')} rw - xfs /dev/sda1 rw`,
  '32 27 8:2 / /data rw - ext4 /dev/sda2 rw',
  '33 27 8:3 / /data rw - ext4 /dev/sda3 rw',
  'garbage',
  '',
].join('\n');
const mounts = parseMounts(TEXT);

describe('mountinfo', () => {
  it('reads names with octal escapes, optional fields and UTF-8, and leaves garbage out', () => {
    expect(mounts.map(({ point }) => point)).toEqual(['/', '/mnt/with space\ttab\\#', '/café', '/data', '/data']);
    expect(mounts[1]).toMatchObject({ id: 30, type: 'overlay', source: 'overlay', options: ['ro'] });
  });

  it('splits options before it reads their escapes', () => {
    const overlay = mounts[1];
    expect(overlay && optionOf(overlay, 'upperdir')).toBe('/up,per x');
    expect(overlay && optionOf(overlay, 'workdir')).toBeNull();
  });

  it('finds a mount by name: the longest, and the last of those on one another', () => {
    expect(mountByName('/data/docker', mounts)?.source).toBe('/dev/sda3');
    expect(mountByName('/database', mounts)?.point).toBe('/');
  });
});
