import type { DiskAnswers, DiskLeaf } from '../host/answers/disk.ts';

type Place = DiskAnswers['place'];

/** Which folder was looked at: the nearest one where the folder is not there yet, or where a link leads. */
export const where = ({ path, existing }: Pick<Place, 'path' | 'existing'>): string => {
  if (path === existing) return `at ${path}`;
  const above = existing === '/' ? '/' : `${existing}/`;
  return path.startsWith(above)
    ? `at ${existing} (the nearest folder: ${path} is not there yet)`
    : `at ${existing} (where ${path} leads)`;
};

/** A disk as people call it: "sda (ATA Samsung SSD 870)". */
const diskName = ({ name, vendor, model }: Pick<DiskLeaf, 'name' | 'vendor' | 'model'>): string => {
  const called = [vendor, model].filter(Boolean).join(' ');
  return called ? `${name} (${called})` : name;
};

/** From the mount down to the disks: "ext4 on dm-0 (lvm) on nvme0n1". */
export const chain = ({ layers, leaves }: Pick<Place, 'layers' | 'leaves'>): string =>
  [...layers, ...(leaves.length > 0 ? [leaves.map(diskName).join(' + ')] : [])].join(' on ');

/** What a disk is by its own word, where that word counts. */
export type Medium = 'ssd' | 'hdd' | 'virtual' | 'memory' | 'network' | 'unknown';

/**
 * The medium below a folder by the kernel's flags. One rotating disk makes the whole rotate; a virtual disk's flag
 * proves nothing; all must be known as not rotating for "ssd".
 */
export const mediumOf = ({ kind, leaves }: Pick<Place, 'kind' | 'leaves'>): Medium => {
  if (kind === 'memory' || kind === 'network') return kind;
  if (kind === 'unknown' || leaves.length === 0) return 'unknown';
  if (leaves.some((leaf) => !leaf.virtual && leaf.rotational === true)) return 'hdd';
  if (leaves.every((leaf) => !leaf.virtual && leaf.rotational === false)) return 'ssd';
  return 'virtual';
};

/** Media in words. */
export const MEDIA: Readonly<Record<Medium, string>> = {
  ssd: 'SSD',
  hdd: 'Rotating disk (HDD)',
  virtual: 'Virtual disk',
  memory: 'Memory, not a disk',
  network: 'Network storage',
  unknown: 'Storage of an unknown kind',
};
