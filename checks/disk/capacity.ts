import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown } from '../../src/check.ts';
import { chain, where } from '../../src/facts/disk-words.ts';
import { gigabytes, ratio, size } from '../../src/units.ts';

/** Size of the file system that is judged, and of the one device below it. */
export const diskCapacity = defineCheck({
  id: 'disk.capacity',
  title: 'Disk size',
  group: 'disk',
  phase: 'before',
  touches: "Asks for the size of the file system behind Docker's data root (or --target), and of its device.",
  remedy: "Enlarge the disk, or move Docker's data root to a larger one.",
  requirement: z.strictObject({ min: size, deviceTolerance: ratio, fileSystemTolerance: ratio }),
  limit: ({ min }) => ({ op: '>=', value: min, unit: 'By', display: `>= ${gigabytes(min)}` }),
  async measure(host) {
    const place = await host.disk('place', (await host.disk('target')).path);
    const { path, existing, mount, kind, layers, leaves } = place;
    const [only] = leaves;
    // Of several disks (RAID, LVM) none is the size: there the file system alone is judged.
    const device = kind === 'block' && leaves.length === 1 ? (only?.size ?? null) : null;
    return { path, existing, mountPoint: mount.point, layers, leaves, fileSystem: place.size, device };
  },
  figure: ({ fileSystem, device }) => ({
    value: fileSystem,
    unit: 'By',
    display: `${gigabytes(fileSystem)}${device === null ? '' : ` on a device of ${gigabytes(device)}`}`,
  }),
  judge(measured, { min, deviceTolerance, fileSystemTolerance }) {
    const { fileSystem, device, mountPoint } = measured;
    const subject = chain(measured);
    if (fileSystem === 0) return unknown(`The file system ${where(measured)} names no size (${subject})`, { subject });
    const needed = `at least ${gigabytes(min)} needed`;
    if (device !== null && device < min * (1 - deviceTolerance))
      return fail(
        `A disk of ${gigabytes(device)} (file system ${gigabytes(fileSystem)}) ${where(measured)}, ${needed}`,
        {
          subject,
          remedy: `Enlarge the disk that holds ${mountPoint}, or move Docker's data root to a larger one.`,
        },
      );
    const floor = min * (1 - fileSystemTolerance);
    if (fileSystem < floor)
      return fail(
        `A file system of ${gigabytes(fileSystem)}${device === null ? '' : ` on a disk of ${gigabytes(device)}`} ${where(measured)}, ${needed} (${gigabytes(floor)} with what a file system keeps)`,
        {
          subject,
          remedy:
            device !== null && device >= min
              ? `Grow the partition and the file system of ${mountPoint}: the disk has room.`
              : `Enlarge the file system of ${mountPoint}, or move Docker's data root to a larger one.`,
        },
      );
    const both = device === null ? '' : ` on a disk of ${gigabytes(device)}`;
    return pass(`A file system of ${gigabytes(fileSystem)}${both} ${where(measured)}, ${needed}`, { subject });
  },
});
