import type { Report, Result } from '../src/model.ts';
import type { Look } from './look.ts';
import * as words from './words.ts';
import { hanging } from './wrap.ts';

const problem = (result: Result, look: Look): string => {
  const state = words.stateOf(result);
  const sign = words.paint(words.symbolOf(state, look), words.SIGNS[state].colour, look);
  return hanging(`  ${sign} `, words.told(`${result.title}: ${result.message}`, look), look.width);
};

/** What stays in the scrollback when the screen has closed: the product's end, the verdict, the problems, the report's file. */
export const farewell = (report: Report, savedAs: string | null, shape: Omit<Look, 'verbose'>): string => {
  const look = { ...shape, verbose: false };
  const { run, lifecycle, summary, checks } = report;
  const verdict = words.paint(
    words.paint(words.VERDICTS[run.outcome], 'bold', look),
    words.VERDICT_COLOURS[run.outcome],
    look,
  );
  const problems = words
    .worstFirst(checks)
    .filter((result) => ['fail', 'unknown', 'warn'].includes(words.stateOf(result)));
  const where =
    savedAs === null
      ? 'The report was not saved; s in the screen or --output FORMAT=FILE keeps it.'
      : `Report: ${savedAs}`;
  return `${[
    hanging('', words.told(lifecycle.message, look), look.width),
    hanging(`${verdict}  `, `${words.countsOf(summary)}  (exit ${run.exitCode})`, look.width),
    ...words.remarksOf(report).map((remark) => hanging('', words.told(remark, look), look.width)),
    ...problems.map((result) => problem(result, look)),
    hanging('', words.told(where, look), look.width),
  ].join('\n')}\n`;
};
