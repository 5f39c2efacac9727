import * as words from '../../report-templates/words.ts';
import { hanging } from '../../report-templates/wrap.ts';
import type { Report, Result } from '../model.ts';
import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';
import { explain } from './catalogue.ts';
import { print } from './output.ts';
import { columns } from './terminal.ts';

/** What came of one check in a run: measured, required, found, to do. */
export const resultLines = (result: Result, width: number): string => {
  const row = (label: string, text: string) => hanging(label.padEnd(10), oneLine(text), width);
  const { measured, required, waived } = result;
  const state = waived
    ? `${words.SIGNS[result.outcome].word}, waived until ${waived.until} by ${waived.by}: ${waived.reason}`
    : words.SIGNS[result.outcome].word;
  return [
    row('came to', state),
    ...(measured ? [row('measured', measured.display)] : []),
    ...(required ? [row('against', words.limitOf(required))] : []),
    ...result.findings.flatMap(({ outcome, subject, message, remedy, link }) => [
      row('found', `${words.SIGNS[outcome].word}: ${subject === undefined ? '' : `${subject}: `}${message}`),
      ...(remedy === undefined ? [] : [row('to do', remedy)]),
      ...(link === undefined ? [] : [row('see', link)]),
    ]),
  ].join('\n');
};

const reportFrom = async (file: string): Promise<Report> => {
  const { readSubject, reportIn } = await import('./subject.ts');
  const subject = await readSubject(file, '--from');
  if (subject.kind !== 'recording') return reportIn(subject);
  return (await import('./judge-recording.ts')).judgeRecording(subject.recording, null);
};

/** What one run said of a check, for below its explanation. A run that did not plan it is a usage error. */
const toldBy = async (id: string, file: string, width: number): Promise<string> => {
  const { host, run, checks } = await reportFrom(file);
  const result = checks.find((one) => one.id === id);
  if (!result)
    throw new UsageError(`--from ${oneLine(file)}: ${id} was not asked in that run (${run.phase} the install)`);
  return `\n${hanging('', `On ${host.name}, ${run.startedAt}`, width)}\n\n${resultLines(result, width)}\n`;
};

/** `explain`: one check in words, and what a run said of it where one is named. */
export const explainCheck = async (id: string, from: string | null): Promise<void> => {
  const width = columns(process.stdout);
  const text = explain(id, width);
  await print(process.stdout, text + (from === null ? '' : await toldBy(id, from, width)));
};
