import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { type Lab, noLab, startLab } from '../support/lab.ts';
import { titled } from '../support/titled.ts';
import { faults, isOf, wantsDocker } from './faults.ts';
import { type OwnEngine, removeOwnEngine, startOwnEngine } from './own-engine.ts';
import { judged, shortfalls } from './tool.ts';

// Those faults of the table that want containers: as in faults.test.ts, on a real Engine.

const missing = noLab();

describe.skipIf(missing).each(['single', 'multiconnect'] as const)(
  titled('faults of containers: %s', missing),
  (topology) => {
    const own = faults.filter((fault) => isOf(topology)(fault) && wantsDocker(fault));
    let folder = '';
    const healthy = new Map<string, Report>();
    let engine: OwnEngine;
    let lab: Lab;
    // A run with other options is compared with one that has them as well.
    const run = (options: readonly string[]) =>
      judged(
        lab,
        engine,
        options.map((option) => (option === 'COMPOSE' ? lab.composeFile : option)),
      );
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'faults-'));
      engine = await startOwnEngine(folder);
      lab = await startLab({ topology }, engine);
      for (const options of [[], ...own.map((fault) => fault.options ?? [])])
        if (!healthy.has(options.join(' '))) healthy.set(options.join(' '), await run(options));
    });
    afterAll(async () => {
      await lab?.stop();
      await removeOwnEngine(folder);
      rmdirSync(folder);
    });

    it('raises no alarm where nothing is wrong', () => {
      const alarms = healthy.get('')?.checks.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'skip') ?? [];
      expect(alarms.map(({ id, findings }) => `${id}: ${findings[0]?.message}`)).toEqual([]);
    });

    it('finds a certificate for another name where the API has a name that callers use', async () => {
      await lab.fault('tls-wrong-name');
      const { checks } = await judged({ ...lab, url: lab.url.replace('localhost', lab.address) }, engine);
      const certificate = checks.find(({ id }) => id === 'security.certificate');
      expect(certificate).toMatchObject({ outcome: 'fail', message: expect.stringContaining('not for') });
      expect(certificate?.findings[0]?.remedy).toBeTruthy();
    });

    it.each(own.map((fault) => [fault.name, fault] as const))('%s', async (name, fault) => {
      await lab.fault(name);
      const options = fault.options ?? [];
      const report = await run(options);
      const before = healthy.get(options.join(' '));
      expect(before && shortfalls(fault, before, report)).toEqual([]);
      expect(lab.calls().filter(({ never }) => never)).toEqual([]);
    });
  },
);
