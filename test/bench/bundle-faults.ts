import {
  bundleUnder,
  type Fallout,
  type Fault,
  fullFrom,
  killedAt,
  killedWriting,
  noStrace,
} from '../support/bundle-faults.ts';
import { LAUNCHER } from '../support/command.ts';
import type { Row } from './measure.ts';

/** Points of each sweep. */
const POINTS = 52;
const AT_ONCE = 2;

type Run = { readonly fault: Fault; readonly what: 'bundle' | 'redact' };

const KILLS: readonly Run[] = Array.from({ length: POINTS }, (_, at) => ({
  fault: at < 40 ? killedAt(1 + at * 3) : killedWriting(at - 39),
  what: at < 46 ? 'bundle' : 'redact',
}));
const FULL: readonly Run[] = Array.from({ length: POINTS }, (_, at) => ({
  fault: fullFrom(at < 2 ? at + 1 : at - 1),
  what: at < 2 ? 'bundle' : 'redact',
}));

const swept = async (runs: readonly Run[]): Promise<readonly Fallout[]> => {
  const left = [...runs];
  const all: Fallout[] = [];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift())
      all.push(await bundleUnder(LAUNCHER, next.fault, next.what));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return all;
};

const rowOf = (name: string, all: readonly Fallout[], wrong: (one: Fallout) => boolean): Row => {
  const half = all.filter(({ bundle }) => bundle === 'half').length;
  const leaks = all.filter((one) => one.leaks.length > 0).length;
  const other = all.filter(wrong).length;
  return {
    name: `${name}, ${all.length} points`,
    ours: `${half} half, ${leaks} with a raw secret on the disk, ${other} otherwise wrong`,
    ...{ reference: '', ratio: null, target: '0, 0, 0', met: half + leaks + other === 0 },
  };
};

/** Bundles that are killed at any of their calls, and that run out of disk: none of them half, no secret on any disk. */
export const benchFaults = async (): Promise<readonly Row[]> => {
  const why = noStrace();
  if (why)
    return [
      {
        name: 'SIGKILL and ENOSPC sweeps',
        ours: `skipped: ${why}`,
        reference: '',
        ratio: null,
        target: '0',
        met: null,
      },
    ];
  const kills = await swept(KILLS);
  const full = await swept(FULL);
  return [
    rowOf('SIGKILL sweep', kills, () => false),
    // A write that never came leaves a whole bundle and 0; any other is 74 with nothing left.
    rowOf('ENOSPC sweep', full, ({ exitCode, bundle, left }) =>
      bundle === 'none' ? exitCode !== 74 || left.length > 0 : exitCode !== 0,
    ),
  ];
};
