import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown } from '../../src/check.ts';
import { where } from '../../src/facts/disk-words.ts';
import { intervalOf, latencyFigures } from '../../src/latency.ts';
import { duration, latencyLimit, milliseconds } from '../../src/units.ts';

const REMEDY = 'Use an SSD, or a faster class of volume, for this folder, and take other load off it.';

const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** How long random reads take, and how many a second there are, one and sixteen at a time. */
export const diskReadLatency = defineCheck({
  id: 'disk.read-latency',
  title: 'Disk read latency',
  group: 'disk',
  phase: 'before',
  touches: 'Writes a file of 32 MiB, reads random blocks of it past the page cache, and removes it.',
  writes: 'writes 32 MiB on the disk and reads them for some seconds',
  remedy: "Move Docker's data root to a faster disk.",
  requirement: z.strictObject({ warnP50: duration, warnIops16: z.number().check(z.positive()) }),
  limit: ({ warnP50 }) => latencyLimit('p50', warnP50),
  async measure(host) {
    const { path } = await host.disk('target');
    const { existing, kind } = await host.disk('place', path);
    const { latency, iops1, iops16, ...told } = await host.disk('read-latency', path);
    const p50OfRounds = intervalOf(latency, 'p50');
    return { path, existing, kind, ...told, iops1, iops16, p50OfRounds, ...latencyFigures(latency, p50OfRounds) };
  },
  figure: ({ p50OfRounds: { median }, iops1 }) => ({
    value: median,
    unit: 'ms',
    stat: 'p50',
    display: `p50 ${milliseconds(median)}, ${whole(iops1)} IOPS`,
  }),
  judge(measured, { warnP50, warnIops16 }) {
    const { kind, direct, iops16, p50OfRounds } = measured;
    const { median, low, high } = p50OfRounds;
    if (kind === 'memory') return unknown(`Memory, not a disk, ${where(measured)}: there is no disk to measure`);
    if (!direct)
      return unknown(
        `No read past the page cache is possible ${where(measured)}: the figures tell of memory, not of the disk`,
      );
    const is = `Random reads take ${milliseconds(median)} at the median (${milliseconds(low)} to ${milliseconds(high)}) ${where(measured)}`;
    if (median > warnP50) return fail(`${is}, at most ${milliseconds(warnP50)} advised`, { remedy: REMEDY });
    if (iops16 !== null && iops16 < warnIops16)
      return fail(
        `${whole(iops16)} random reads a second ${where(measured)}, 16 at a time; at least ${whole(warnIops16)} advised`,
        {
          remedy: REMEDY,
        },
      );
    return pass(iops16 === null ? is : `${is}, ${whole(iops16)} a second at depth 16`);
  },
});
