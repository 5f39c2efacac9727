import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown, warn } from '../../src/check.ts';
import { chain, MEDIA, mediumOf, where } from '../../src/facts/disk-words.ts';
import { duration, milliseconds } from '../../src/units.ts';

type Reads = { readonly readP50: number | null; readonly readMean: number | null };

/**
 * What a read takes: the median. Only a volume with a quota, quick in bursts and at rest in between, shows a mean many times
 * as long: there that is what a read costs.
 */
const typical = ({ readP50, readMean }: Reads): number => {
  const [median, mean] = [readP50 ?? 0, readMean ?? 0];
  return mean > 5 * median ? mean : median;
};

/** SSD or not. Physical disks are known by their flag; on virtual ones only the measured reads count. */
export const diskType = defineCheck({
  id: 'disk.type',
  title: 'Disk type',
  group: 'disk',
  phase: 'before',
  touches: 'Follows the folder down to its disks in /sys; asks for the latency figures where those do not settle it.',
  remedy: "Move Docker's data root to an SSD.",
  requirement: z.strictObject({ flashReadP50: duration, rotatingReadP50: duration, slowWriteP99: duration }),
  limit: () => ({ op: 'is', value: 'ssd', display: 'SSD' }),
  async measure(host, { rotatingReadP50 }) {
    const { path } = await host.disk('target');
    const place = await host.disk('place', path);
    const medium = mediumOf(place);
    const physical = medium !== 'virtual';
    const refused = physical && medium !== 'hdd' ? null : (await host.disk('permit', path)).refused;
    const reads = physical || refused !== null ? null : await host.disk('read-latency', path);
    const readP50 = reads?.direct ? reads.latency.all.p50 : null;
    const readMean = reads?.direct ? reads.latency.all.mean : null;
    const slow = medium === 'hdd' || typical({ readP50, readMean }) > rotatingReadP50;
    const writes = slow && refused === null ? await host.disk('write-latency', path) : null;
    const unread = refused ?? (reads?.direct === false ? 'its file system has no reads past the page cache' : null);
    const { existing, layers, leaves } = place;
    return {
      path,
      existing,
      layers,
      leaves,
      medium,
      refused,
      unread,
      readP50,
      readMean,
      writeP99: writes?.latency.all.p99 ?? null,
    };
  },
  figure: (measured) => ({ value: measured.medium, display: `${MEDIA[measured.medium]}: ${chain(measured)}` }),
  judge(measured, { flashReadP50, rotatingReadP50, slowWriteP99 }) {
    const { medium, refused, unread, readP50, readMean, writeP99 } = measured;
    const read = typical({ readP50, readMean });
    const subject = chain(measured);
    const bad = { subject, remedy: "Move Docker's data root to an SSD." };
    const is = `${MEDIA[medium]} ${where(measured)}`;
    if (medium === 'ssd') return pass(is, { subject });
    if (medium === 'memory') return fail(`${is}, lost at a restart; an SSD is needed`, bad);
    if (medium === 'network' || medium === 'unknown')
      return unknown(`${is}: the disks behind it cannot be seen from here; an SSD is needed`, { subject });
    const reads = `random reads take ${milliseconds(read)} ${read === readP50 ? 'at the median' : 'on average'}`;
    if (medium === 'virtual') {
      const flag = `${is}, whose own flag proves nothing`;
      if (readP50 === null) return unknown(`${flag}, and its reads were not measured: ${unread}`, { subject });
      if (read < flashReadP50) return pass(`${flag}, but is as fast as an SSD: ${reads}`, { subject });
      if (read <= rotatingReadP50)
        return unknown(`${flag}: ${reads}, too slow for an SSD and too fast for a rotating disk`, { subject });
    }
    const what = medium === 'hdd' ? is : `${is}, as slow as a rotating disk: ${reads}`;
    if (writeP99 === null) return warn(`${what}; an SSD is needed (its writes were not measured: ${refused})`, bad);
    const writes = `writes take ${milliseconds(writeP99)} at p99`;
    return writeP99 > slowWriteP99
      ? fail(`${what}, and ${writes}; an SSD is needed`, bad)
      : warn(`${what}, but ${writes}; an SSD is advised`, bad);
  },
});
