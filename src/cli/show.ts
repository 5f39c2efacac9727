import { type Format, templates } from '../../report-templates/index.ts';
import type { Report } from '../model.ts';
import { nagiosExitCode } from '../verdict.ts';
import type { ShowOptions } from './options.ts';
import { OutputError, print, writeFile } from './output.ts';
import { colorful, columns } from './terminal.ts';

const written = async (report: Report, format: string, showing: ShowOptions, toTerminal: boolean): Promise<string> => {
  const template = await templates[format as Format]();
  return template.write(report, {
    color: toTerminal && colorful(showing, process.stdout.isTTY, process.env),
    ascii: showing.ascii,
    width: toTerminal ? columns(process.stdout) : 100,
    verbose: showing.verbose,
  });
};

/** A file to be written beside the report. */
export type Extra = { readonly file: string; readonly text: string };

/** Writes the files that were asked for and prints the report. All are tried; then the first that failed is an error. */
export const show = async (report: Report, showing: ShowOptions, extras: readonly Extra[], printed = true) => {
  const failed: OutputError[] = [];
  const attempt = (output: Promise<void>): Promise<void> =>
    output.catch((error: unknown) => {
      if (!(error instanceof OutputError)) throw error;
      failed.push(error);
    });
  for (const { file, text } of extras) await attempt(writeFile(file, text));
  for (const { format, file } of showing.outputs)
    await attempt(written(report, format, showing, false).then((text) => writeFile(file, text)));
  if (printed)
    await attempt(
      written(report, showing.format ?? 'plain', showing, true).then((text) => print(process.stdout, text)),
    );
  if (failed[0]) throw failed[0];
};

/** The exit code of a report: its own, or Nagios' where Nagios asks. */
export const exitCodeOf = (report: Report, { format }: ShowOptions): number =>
  format === 'nagios' ? nagiosExitCode(report) : report.run.exitCode;
