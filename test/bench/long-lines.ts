import { redactorOf } from '../../src/redact/redactor.ts';
import { NASTY } from '../redact/nasty.ts';
import { threadTime } from '../redact/thread-time.ts';
import type { Row } from './measure.ts';

const LINE = 20_000_000;
const MOST_MS = 2000;
const MOST_RATIO = 2.5;
/** Shorter times are not judged by their ratio. */
const LEAST_MS = 20;

/** Every nasty line of 20 MB through the whole redactor: the slowest of them, and what grows fastest with the length. */
export const benchLongLines = async (): Promise<readonly Row[]> => {
  const redactor = redactorOf({ key: new Uint8Array(32).fill(9), literals: [], own: [], keepNetwork: false });
  const clean = (line: Buffer): number => threadTime(() => void redactor.block(line, 'log'));
  const lines = Object.entries(NASTY).map(([name, nasty]) => {
    const half = clean(Buffer.from(nasty(LINE / 2), 'latin1'));
    const whole = clean(Buffer.from(nasty(LINE), 'latin1'));
    return { name, whole, ratio: whole < LEAST_MS ? 1 : whole / half };
  });
  const slowest = lines.reduce((most, one) => (one.whole > most.whole ? one : most));
  const steepest = lines.reduce((most, one) => (one.ratio > most.ratio ? one : most));
  const common = { reference: '', ratio: null };
  return [
    {
      ...{ ...common, name: `one line of 20 MB, the slowest of ${lines.length}: ${slowest.name}` },
      ...{ ours: `${slowest.whole.toFixed(0)} ms`, target: `<= ${MOST_MS} ms`, met: slowest.whole <= MOST_MS },
    },
    {
      ...{ ...common, name: `20 MB to 10 MB, the steepest: ${steepest.name}` },
      ...{ ours: steepest.ratio.toFixed(2), target: `<= ${MOST_RATIO}`, met: steepest.ratio <= MOST_RATIO },
    },
  ];
};
