import { type Format, templates } from '../../report-templates/index.ts';
import type { Look } from '../../report-templates/look.ts';
import type { Report } from '../model.ts';
import { nagiosExitCode } from '../verdict.ts';
import type { ShowOptions } from './options.ts';
import { OutputError, print, writeFile } from './output.ts';
import { colorful, columns } from './terminal.ts';

/** How a text is shown: on this terminal, or in a file, where lines are 100 columns wide and nothing is coloured. */
export const lookFor = (showing: ShowOptions, toTerminal: boolean): Look => ({
  color: toTerminal && colorful(showing, process.stdout.isTTY, process.env),
  ascii: showing.ascii,
  width: toTerminal ? columns(process.stdout) : 100,
  verbose: showing.verbose,
});

/** A file to be written beside the report. */
export type Extra = { readonly file: string; readonly text: string };

/** A text in a format, for a file or for standard output. */
type Written = (format: string, toTerminal: boolean) => Promise<string>;

/** Writes the files that were asked for and prints one text. All are tried; then the first that failed is an error. */
export const showAs = async (written: Written, showing: ShowOptions, extras: readonly Extra[], printed = true) => {
  const failed: OutputError[] = [];
  const attempt = (output: Promise<void>): Promise<void> =>
    output.catch((error: unknown) => {
      if (!(error instanceof OutputError)) throw error;
      failed.push(error);
    });
  for (const { file, text } of extras) await attempt(writeFile(file, text));
  for (const { format, file } of showing.outputs)
    await attempt(written(format, false).then((text) => writeFile(file, text)));
  if (printed) await attempt(written(showing.format ?? 'plain', true).then((text) => print(process.stdout, text)));
  if (failed[0]) throw failed[0];
};

/** The same for a report. */
export const show = (report: Report, showing: ShowOptions, extras: readonly Extra[], printed = true): Promise<void> => {
  const written: Written = async (format, toTerminal) =>
    (await templates[format as Format]()).write(report, lookFor(showing, toTerminal));
  return showAs(written, showing, extras, printed);
};

/** The exit code of a report: its own, or Nagios' where Nagios asks. */
export const exitCodeOf = (report: Report, { format }: ShowOptions): number =>
  format === 'nagios' ? nagiosExitCode(report) : report.run.exitCode;
