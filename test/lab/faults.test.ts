import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { noCertificates } from '../support/certificates.ts';
import { type Lab, noLab, startLab } from '../support/lab.ts';
import { startStandInApi } from '../support/lab-api.ts';
import { titled } from '../support/titled.ts';
import type { Fault } from './fault.ts';
import { faults } from './faults.ts';
import { type OwnEngine, removeOwnEngine, startOwnEngine } from './own-engine.ts';
import type { Topology } from './stand-in/deployment.ts';
import { judged, shortfalls } from './tool.ts';

// Every fault of the table, by a whole run of the built tool: the one right finding, the rest of the run unharmed, and no call
// made that nobody should make. What it is compared with is a run against the same lab without any fault.

const place = { topology: 'single' as Topology, port: 9090 };
const wantsDocker = (fault: Fault): boolean =>
  fault.services !== undefined ||
  fault.envFileMode !== undefined ||
  fault.behaviour?.(fault.value?.usual ?? '', place).processes !== undefined;
const isOf =
  (topology: Topology) =>
  ({ topologies }: Fault): boolean =>
    topologies?.includes(topology) ?? topology === 'single';

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

const missing = noLab();

describe.skipIf(missing).each(['single', 'multiconnect'] as const)(
  titled('faults of containers: %s', missing),
  (topology) => {
    const own = faults.filter((fault) => isOf(topology)(fault) && wantsDocker(fault));
    const folder = mkdtempSync(join(tmpdir(), 'faults-'));
    const healthy = new Map<string, Report>();
    let engine: OwnEngine;
    let lab: Lab;
    const optionsOf = ({ options = [] }: Fault) =>
      options.map((option) => (option === 'COMPOSE' ? lab.composeFile : option));
    beforeAll(async () => {
      engine = await startOwnEngine(join(folder, 'engine'));
      lab = await startLab({ topology }, engine);
      for (const fault of [{ options: [] }, ...own])
        if (!healthy.has(String(fault.options)))
          healthy.set(String(fault.options ?? ''), await judged(lab, engine, optionsOf(fault as Fault)));
    });
    afterAll(async () => {
      await lab?.stop();
      await removeOwnEngine(join(folder, 'engine'));
      rmdirSync(folder);
    });

    it('raises no alarm where nothing is wrong', () => {
      const alarms = healthy.get('')?.checks.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'skip') ?? [];
      expect(alarms.map(({ id, findings }) => `${id}: ${findings[0]?.message}`)).toEqual([]);
    });

    it.each(own.map((fault) => [fault.name, fault] as const))('%s', async (name, fault) => {
      await lab.fault(name);
      const report = await judged(lab, engine, optionsOf(fault));
      const before = healthy.get(String(fault.options ?? ''));
      expect(before && shortfalls(fault, before, report)).toEqual([]);
      expect(lab.calls().filter(({ never }) => never)).toEqual([]);
    });
  },
);
