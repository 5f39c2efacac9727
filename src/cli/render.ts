import { oneLine } from '../printable.ts';
import { readReport } from '../read-report.ts';
import { readJson } from './input.ts';
import type { ShowOptions } from './options.ts';
import { exitCodeOf, show } from './show.ts';
import { leave } from './signals.ts';

/** `render`: shows a saved report in any format, without a new run. Exit 0, or Nagios' state where Nagios asks. */
export const render = async (file: string, showing: ShowOptions): Promise<void> => {
  const report = readReport(await readJson(file, 'render'), oneLine(file));
  await show(report, showing, []);
  leave(showing.format === 'nagios' ? exitCodeOf(report, showing) : 0);
};
