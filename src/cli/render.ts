import type { ShowOptions } from './options.ts';
import { exitCodeOf, show } from './show.ts';
import { leave } from './signals.ts';
import { readSubject, reportIn } from './subject.ts';

/** `render`: shows a saved report, or that of a bundle, in any format, without a new run. Exit 0, or Nagios' state where Nagios asks. */
export const render = async (file: string, showing: ShowOptions): Promise<void> => {
  const report = reportIn(await readSubject(file, 'render'));
  await show(report, showing, []);
  leave(showing.format === 'nagios' ? exitCodeOf(report, showing) : 0);
};
