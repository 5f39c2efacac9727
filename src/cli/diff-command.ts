import type { Command } from 'commander';
import type { DiffOptions } from './diff.ts';
import type { ShowOptions } from './options.ts';
import { type RawShow, shown, showOf } from './show-options.ts';
import { DIFF_FORMATS, path, refuseSameFile } from './values.ts';

const EXAMPLES = `
Examples:
  wa-preflight diff before.json after.json          two reports
  wa-preflight diff last-week.json bundle.zip       a report and a bundle
  wa-preflight diff old.zip new.zip --format markdown
  wa-preflight diff good.json now.json --exit-code  for pipelines

Worse is: an outcome, a finding that was not there, a problem that is waived no longer, or a
latency by more than its noise. A recording is judged as the other one was.

Exit codes:
  0 compared, whatever differs   1 something got worse, with --exit-code
  2 wrong call   70 a bug in this tool   74 an output could not be written`;

/** Adds `diff` to the command table. */
export const diffCommand = (top: Command, run: (options: DiffOptions, show: ShowOptions) => Promise<void>): void => {
  const command = top
    .command('diff')
    .description('what changed between two reports, recordings or bundles')
    .argument('<before>', 'a report, a recording or a bundle', path)
    .argument('<after>', 'another one', path);
  shown(command, DIFF_FORMATS)
    .option('--exit-code', 'end with 1 when something got worse')
    .allowExcessArguments(false)
    .addHelpText('after', EXAMPLES)
    .action((before: string, after: string, raw: RawShow & { readonly exitCode?: boolean }) => {
      const show = showOf(raw);
      refuseSameFile(show.outputs.map(({ file }) => file));
      return run({ before, after, exitCode: raw.exitCode ?? false }, show);
    });
};
