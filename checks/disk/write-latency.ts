import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown, warn } from '../../src/check.ts';
import { where } from '../../src/facts/disk-words.ts';
import { intervalOf, latencyFigures } from '../../src/latency.ts';
import { duration, latencyLimit, milliseconds } from '../../src/units.ts';

const REMEDY = 'Use an SSD, or a faster class of volume, for this folder, and take other load off it.';

/** Fewer rounds show no spread. */
const LEAST_ROUNDS = 3;

const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;

/** How long the disk takes to confirm a small write: judged by p99 over several rounds, with their spread. */
export const diskWriteLatency = defineCheck({
  id: 'disk.write-latency',
  title: 'Disk write latency',
  group: 'disk',
  phase: 'before',
  touches: 'Appends 2300 bytes and waits for the disk, some thousand times, in a file that is gone afterwards.',
  writes: 'writes up to 24 MiB on the disk',
  remedy: "Move Docker's data root to a faster disk.",
  requirement: z.strictObject({ passP99: duration, failP99: duration }),
  limit: ({ passP99 }) => latencyLimit('p99', passP99),
  async measure(host) {
    const { path } = await host.disk('target');
    const { existing, kind } = await host.disk('place', path);
    const { method, bytes, stoppedEarly, latency } = await host.disk('write-latency', path);
    const p99OfRounds = intervalOf(latency, 'p99');
    return { path, existing, kind, method, bytes, stoppedEarly, p99OfRounds, ...latencyFigures(latency, p99OfRounds) };
  },
  figure: ({ p99OfRounds: { median } }) => ({
    value: median,
    unit: 'ms',
    stat: 'p99',
    display: `p99 ${milliseconds(median)}`,
  }),
  judge(measured, { passP99, failP99 }) {
    const { kind, stoppedEarly, rounds, samples, p95, p99OfRounds } = measured;
    const { median, low, high } = p99OfRounds;
    if (kind === 'memory') return unknown(`Memory, not a disk, ${where(measured)}: there is no disk to measure`);
    const early = stoppedEarly ? `, stopped early after ${count(samples, 'write')}, for the disk is slow` : '';
    const is = `Writes are confirmed within ${milliseconds(median)} at p99 (${milliseconds(low)} to ${milliseconds(high)} in ${count(rounds, 'round')}${early}) ${where(measured)}`;
    const needed = `at most ${milliseconds(passP99)} needed`;
    // A benchmark that one stall cut short says little, unless the other writes were slow too.
    const cutShort = rounds < LEAST_ROUNDS && p95 <= failP99;
    if (high <= passP99 && !cutShort) return pass(`${is}, ${needed}`);
    if (low > failP99 && !cutShort) return fail(`${is}, ${needed}`, { remedy: REMEDY });
    const straddles = cutShort || [passP99, failP99].some((limit) => low <= limit && limit < high);
    const noisy = straddles
      ? `; the rounds ${rounds < LEAST_ROUNDS ? 'are too few' : 'differ too much'} for a clear verdict`
      : '';
    return warn(`${is}, ${needed}${noisy}`, {
      remedy: straddles ? 'Run this check again while the host is quiet.' : REMEDY,
    });
  },
});
