import * as z from 'zod/mini';
import { defineCheck, fail, pass } from '../../src/check.ts';
import { gibibytes, ratio, size } from '../../src/units.ts';

/** Memory that the client could use: what is built in, or what a cgroup leaves of it. */
export const hostMemory = defineCheck({
  id: 'host.memory',
  title: 'Memory',
  group: 'host',
  phase: 'before',
  touches: 'Reads /proc/meminfo, the memory blocks of /sys and the cgroup limit.',
  remedy: 'Add memory, or raise the cgroup limit.',
  requirement: z.strictObject({ min: size, tolerance: ratio }),
  limit: ({ min }) => ({ op: '>=', value: min, unit: 'By', display: `>= ${gibibytes(min)}` }),
  measure: (host) => host.system('memory'),
  figure: ({ total, limit }) => {
    const usable = Math.min(total, limit ?? total);
    return { value: usable, unit: 'By', display: gibibytes(usable) };
  },
  judge({ total, limit, limitFrom, installed }, { min, tolerance }) {
    const floor = min * (1 - tolerance);
    const needed = `at least ${gibibytes(min)} needed (${gibibytes(floor)} with the tolerance for what kernel and firmware keep)`;
    const there = `${gibibytes(total)} of memory${installed === null ? '' : ` (${gibibytes(installed)} installed)`}`;
    // A crash kernel takes some more than usual. What is missing beyond that, a balloon or "mem=" took: it is not there.
    const counted = installed !== null && total >= installed * (1 - 2 * tolerance) ? Math.max(total, installed) : total;
    if (counted < floor)
      return fail(`${there}, ${needed}`, {
        remedy:
          (installed ?? 0) < floor
            ? 'Add memory, or move to a larger machine.'
            : 'Give back what is installed but kept from the system: look for "mem=" on the kernel command line and for a memory balloon.',
      });
    if (limit !== null && limit < floor)
      return fail(`A cgroup limits the memory to ${gibibytes(limit)} of ${gibibytes(total)}, ${needed}`, {
        remedy: `Raise the memory limit${limitFrom ? ` in ${limitFrom}` : ' of this cgroup'}, or run the tool outside of it.`,
      });
    const limited = limit !== null && limit < total ? `, ${gibibytes(limit)} of it within the cgroup limit` : '';
    return pass(`${there}${limited}; ${gibibytes(min)} as sold needed`);
  },
});
