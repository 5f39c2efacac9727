import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { noCertificates } from '../support/certificates.ts';
import { startStandInApi } from '../support/lab-api.ts';
import { titled } from '../support/titled.ts';
import { faults, isOf, wantsDocker } from './faults.ts';
import { judged, shortfalls } from './tool.ts';

// Every fault of the table, by a whole run of the built tool: the one right finding, the rest of the run unharmed, and no call
// made that nobody should make. What it is compared with is a run against the same lab without any fault.

const noApi = noCertificates();

describe.skipIf(noApi).each(['single', 'ha', 'multiconnect'] as const)(
  titled('faults of the API: %s', noApi),
  (topology) => {
    const own = faults.filter((fault) => isOf(topology)(fault) && !wantsDocker(fault));
    // A run with other options is compared with one that has them as well.
    const healthy = new Map<string, Promise<Report>>();
    const withoutFault = (options: readonly string[] = []): Promise<Report> => {
      const key = options.join(' ');
      const run = async () => {
        const api = await startStandInApi(topology);
        return judged(api, null, options).finally(api.stop);
      };
      const report = healthy.get(key) ?? run();
      healthy.set(key, report);
      return report;
    };

    it('raises no alarm where nothing is wrong', async () => {
      const { checks } = await withoutFault();
      const alarms = checks.filter(
        ({ id, outcome }) => /^(api|webhook|lifecycle)\./.test(id) && !['pass', 'skip'].includes(outcome),
      );
      expect(alarms.map(({ id, findings }) => `${id}: ${findings[0]?.message}`)).toEqual([]);
    });

    it.concurrent.each(own.map((fault) => [fault.name, fault] as const))('%s', async (name, fault) => {
      const before = await withoutFault(fault.options);
      const api = await startStandInApi(topology);
      try {
        api.fault(name);
        const report = await judged(api, null, fault.options);
        expect(shortfalls(fault, before, report)).toEqual([]);
        expect(api.calls().filter(({ never }) => never)).toEqual([]);
      } finally {
        await api.stop();
      }
    });
  },
);
