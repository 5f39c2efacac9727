import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeOwnEngine, startOwnEngine } from '../lab/own-engine.ts';
import { LAUNCHER } from '../support/command.ts';
import { noLab, startLab } from '../support/lab.ts';
import { counted } from './counted-engine.ts';
import { median, type Row, timed } from './measure.ts';

const TIMES = 5;
const MOST_MS = 2000;
const MOST_REQUESTS = 40;
const MOST_BYTES = 256 * 2 ** 20;
const LATENCIES = 'disk.type,disk.write-latency,disk.read-latency,database.latency,database.commit-latency';

const NAMES = [
  'check after the install, healthy single instance',
  'the same: requests to Docker and the API',
  'the same: peak resident memory',
] as const;
const TARGETS = [`<= ${MOST_MS / 1000} s`, `<= ${MOST_REQUESTS}`, `<= ${MOST_BYTES / 2 ** 20} MiB`] as const;

/** The whole run on a healthy stand-in deployment, without the sampling of latencies: time, requests, memory. */
export const benchAfter = async (): Promise<readonly Row[]> => {
  const why = noLab();
  const common = { reference: '', ratio: null };
  if (why)
    return NAMES.map((name, at) => ({
      ...common,
      name,
      ours: `skipped: ${why}`,
      target: TARGETS[at] ?? '',
      met: null,
    }));
  const folder = mkdtempSync(join(tmpdir(), 'bench-after-'));
  const own = join(folder, 'engine');
  mkdirSync(own, { mode: 0o711 });
  try {
    const engine = await startOwnEngine(own);
    const lab = await startLab({ topology: 'single' }, engine);
    const counter = await counted(engine.host);
    try {
      const runs = [];
      let requests = 0;
      for (let at = 0; at <= TIMES; at += 1) {
        const [before, called] = [counter.count(), lab.calls().length];
        const run = await timed(
          'nsenter',
          [
            `--net=/proc/${engine.pid}/ns/net`,
            ...[LAUNCHER, 'check', '--json', '--offline', '--skip', LATENCIES],
            ...['--api-ca', lab.caFile],
          ],
          {
            DOCKER_HOST: counter.host,
            WA_API_USERNAME: lab.login.user,
            WA_API_PASSWORD: lab.login.password,
          },
        );
        requests = counter.count() - before + (lab.calls().length - called);
        if (at > 0) runs.push(run);
      }
      const ms = median(runs.map((run) => run.ms));
      const peak = Math.max(...runs.map((run) => run.peak));
      return [
        { ...common, name: NAMES[0], ours: `${ms.toFixed(0)} ms`, target: TARGETS[0], met: ms <= MOST_MS },
        {
          ...{ ...common, name: NAMES[1], ours: String(requests), reference: 'WADebug 132' },
          ...{ target: TARGETS[1], met: requests <= MOST_REQUESTS },
        },
        {
          ...common,
          name: NAMES[2],
          ours: `${(peak / 2 ** 20).toFixed(0)} MiB`,
          target: TARGETS[2],
          met: peak <= MOST_BYTES,
        },
      ];
    } finally {
      await counter.stop();
      await lab.stop();
    }
  } finally {
    await removeOwnEngine(own);
    rmSync(folder, { recursive: true, force: true });
  }
};
