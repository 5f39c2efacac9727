import { LAUNCHER } from '../support/command.ts';
import { noDockerd, startDockerd } from '../support/dockerd.ts';
import { median, type Row, timed } from './measure.ts';

const TIMES = 7;
const MOST_MS = 1500;
const MOST_BYTES = 120 * 2 ** 20;
const WITHOUT_DISK_BENCHMARK = ['check', '--json', '--skip', 'disk.type,disk.write-latency,disk.read-latency'];

const unmeasured = (name: string, target: string, why: string): Row => ({
  name,
  ours: `skipped: ${why}`,
  reference: '',
  ratio: null,
  target,
  met: null,
});

/** The whole run with a real Engine and the statx probe in a container, without the disk benchmark: time and memory. */
export const benchWhole = async (): Promise<readonly Row[]> => {
  const names = ['check --json, real Engine, statx probe', 'the same: peak resident memory'] as const;
  const targets = [`<= ${MOST_MS / 1000} s`, `<= ${MOST_BYTES / 2 ** 20} MiB`] as const;
  const why = noDockerd();
  if (why) return [unmeasured(names[0], targets[0], why), unmeasured(names[1], targets[1], why)];
  const engine = await startDockerd(null);
  try {
    const runs = [];
    for (let at = 0; at <= TIMES; at += 1) {
      const run = await timed(LAUNCHER, WITHOUT_DISK_BENCHMARK, { DOCKER_HOST: engine.host });
      if (at > 0) runs.push(run);
    }
    const ms = median(runs.map((run) => run.ms));
    const peak = Math.max(...runs.map((run) => run.peak));
    const common = { reference: '', ratio: null };
    return [
      { ...common, name: names[0], ours: `${ms.toFixed(0)} ms`, target: targets[0], met: ms <= MOST_MS },
      {
        ...common,
        name: names[1],
        ours: `${(peak / 2 ** 20).toFixed(0)} MiB`,
        target: targets[1],
        met: peak <= MOST_BYTES,
      },
    ];
  } finally {
    await engine.stop();
  }
};
