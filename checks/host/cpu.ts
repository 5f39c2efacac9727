import * as z from 'zod/mini';
import { defineCheck, fail, pass } from '../../src/check.ts';

const shown = (cpus: number): number => Math.floor(cpus * 100) / 100;
const count = (cpus: number): string => `${shown(cpus)} CPU${cpus === 1 ? '' : 's'}`;

type Cpus = { readonly logical: number; readonly usable: number | null; readonly quota: number | null };

/** What is left of the processors: built in, allowed by affinity, paid for by the quota. */
const left = ({ logical, usable, quota }: Cpus): number => Math.min(logical, usable ?? logical, quota ?? logical);

/** Processors that the client could use; the smallest of what is there, allowed and granted counts. */
export const hostCpu = defineCheck({
  id: 'host.cpu',
  title: 'Processors',
  group: 'host',
  phase: 'before',
  touches: 'Reads /proc/cpuinfo, the affinity mask and the cgroup quotas.',
  remedy: 'Give the machine more CPUs, or raise the quota or affinity that limits it.',
  requirement: z.strictObject({ min: z.number().check(z.positive()) }),
  limit: ({ min }) => ({ op: '>=', value: min, unit: '{cpu}', display: `>= ${min} CPUs` }),
  measure: (host) => host.system('cpu'),
  figure: (cpus) => ({ value: left(cpus), unit: '{cpu}', display: count(left(cpus)) }),
  judge({ logical, physical, usable, quota, quotaFrom, model }, { min }) {
    const cores =
      physical === null || physical === logical ? '' : ` on ${physical} physical core${physical === 1 ? '' : 's'}`;
    const built = `${count(logical)}${cores}`;
    const needed = `at least ${min} needed`;
    if (logical < min)
      return fail(`${built}, ${needed}`, { remedy: `Give this machine ${min} CPUs or more, or move to a larger one.` });
    if (usable !== null && usable < min && usable <= (quota ?? usable))
      return fail(`Only ${count(usable)} of ${built} may be used (CPU affinity), ${needed}`, {
        remedy: 'Widen the CPU affinity or cpuset of this session, or run the tool outside of it.',
      });
    if (quota !== null && quota < min)
      return fail(`A cgroup quota leaves ${count(quota)} of ${built}, ${needed}`, {
        remedy: `Raise the quota${quotaFrom ? ` in ${quotaFrom}` : ' of this cgroup'}, or run the tool outside of it.`,
      });
    const bound = left({ logical, usable, quota });
    const limited = bound < logical ? `, ${shown(bound)} of them within affinity and quota` : '';
    return pass(`${built}${limited}${model ? ` (${model})` : ''}`);
  },
});
