import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown } from '../../src/check.ts';
import { where } from '../../src/facts/disk-words.ts';
import { gigabytes, ratio, size } from '../../src/units.ts';

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

/** What may still be written: available, not free, for the reserved blocks are nobody's but root's. */
export const diskFree = defineCheck({
  id: 'disk.free',
  title: 'Free disk space',
  group: 'disk',
  phase: 'before',
  touches: "Asks the file system behind Docker's data root (or --target) for its available bytes and inodes.",
  remedy: 'Make room on that file system, or enlarge it.',
  requirement: z.strictObject({ minBytes: size, minShare: ratio, minInodeShare: ratio }),
  limit: ({ minBytes, minShare }) => ({
    op: '>=',
    value: minBytes,
    unit: 'By',
    display: `>= ${gigabytes(minBytes)} and ${percent(minShare)}`,
  }),
  async measure(host) {
    const place = await host.disk('place', (await host.disk('target')).path);
    const { path, existing, mount, size: total, free, available, inodes, readOnly } = place;
    return { path, existing, mountPoint: mount.point, total, free, available, inodes, readOnly };
  },
  figure: ({ available, total }) => ({
    value: available,
    unit: 'By',
    display: `${gigabytes(available)} of ${gigabytes(total)}`,
  }),
  judge(measured, { minBytes, minShare, minInodeShare }) {
    const { total, available, free, inodes, readOnly, mountPoint } = measured;
    if (total === 0) return unknown(`The file system ${where(measured)} names no size`);
    if (readOnly)
      return fail(`The file system ${where(measured)} is mounted read-only`, {
        remedy: `Look into the kernel log for the reason, and mount ${mountPoint} for writing.`,
      });
    const reserved = free > available ? ` (${gigabytes(free - available)} more are reserved)` : '';
    const share = available / total;
    const said = `${gigabytes(available)}, ${percent(share)}, available ${where(measured)}${reserved}`;
    const space =
      available < minBytes || share < minShare
        ? fail(`${said}; at least ${gigabytes(minBytes)} and ${percent(minShare)} are advised`, {
            remedy: `Make room on ${mountPoint}, or enlarge it.`,
          })
        : pass(said);
    if (inodes === null || inodes.total === 0) return space;
    const left = inodes.available / inodes.total;
    if (left >= minInodeShare) return space;
    const few = `${percent(left)} of the inodes available ${where(measured)}; at least ${percent(minInodeShare)} are advised`;
    return [space, fail(few, { remedy: `Remove what fills ${mountPoint} with small files.` })];
  },
});
