import { LAUNCHER, ROOT } from '../support/command.ts';
import { alternating, median, type Row, ratioOf, timed } from './measure.ts';

const TIMES = 15;

/** Whole-process time of a command of ours against `node -e 0` of the same Node, in turn. */
const against = async (name: string, args: readonly string[], most: number): Promise<Row> => {
  const { a, b } = await alternating(
    TIMES,
    () => timed(LAUNCHER, args),
    () => timed(process.execPath, ['-e', '0'], { PWD: ROOT }),
  );
  const ours = a.map(({ ms }) => ms);
  const reference = b.map(({ ms }) => ms);
  const ratio = ratioOf(ours, reference);
  return {
    name,
    ours: `${median(ours).toFixed(0)} ms`,
    reference: `node -e 0: ${median(reference).toFixed(0)} ms`,
    ratio,
    target: `<= ${most} x`,
    met: ratio <= most,
  };
};

/** How fast the tool starts, and how fast it answers what only reads. */
export const benchStart = async (): Promise<readonly Row[]> => [
  await against('--version', ['--version'], 1.5),
  await against('check --quick --json', ['check', '--quick', '--json'], 6),
];
