import { line } from '../../report-templates/line.ts';
import type { Report } from '../model.ts';
import type { CheckOptions, ShowOptions } from './options.ts';
import type { Prepared } from './prepare.ts';
import type { Session } from './session.ts';
import { colorful, columns } from './terminal.ts';

/** Runs to the end without a terminal UI: the product's end of life is said first, then one line for each check that ends. */
export const toldRun = async (
  session: Session,
  { notes }: Pick<Prepared, 'notes'>,
  { timeout }: Pick<CheckOptions, 'timeout'>,
  showing: ShowOptions,
  say: (text: string) => void,
): Promise<Report> => {
  const timer = timeout === null ? undefined : setTimeout(() => session.stop({ by: '--timeout' }), timeout);
  const color = colorful(showing, process.stderr.isTTY, process.env);
  const look = { color, ascii: showing.ascii, width: columns(process.stderr), verbose: false };
  const told = new Set<string>();
  let last: Report | undefined;
  for await (const report of session.reports) {
    if (!last) for (const text of [report.lifecycle.message, ...notes]) say(text);
    last = report;
    for (const result of report.checks.filter(({ id }) => !told.has(id))) {
      told.add(result.id);
      say(line(result, look));
    }
  }
  clearTimeout(timer);
  if (!last) throw new Error('the run gave no report');
  return last;
};
