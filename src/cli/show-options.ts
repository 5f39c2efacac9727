import { type Command, Option } from 'commander';
import { UsageError } from '../usage-error.ts';
import type { ShowOptions } from './options.ts';
import { FORMATS, outputAs } from './values.ts';

/** A command with the options that say how a report is shown. */
export const shown = (command: Command, formats: readonly string[] = FORMATS): Command =>
  command
    .addOption(new Option('--format <format>', 'what goes to standard output').choices(formats))
    .option('--json', 'the same as --format json')
    .option('--output <format=file>', 'write the report to a file as well; may be given again', outputAs(formats), [])
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
    .option('--ascii', 'ASCII symbols only')
    .option('--verbose', 'show the evidence too');

/** The same, as commander hands them over. */
export type RawShow = {
  format?: string;
  json?: boolean;
  output: ShowOptions['outputs'];
  color: ShowOptions['color'];
  ascii?: boolean;
  verbose?: boolean;
  tui?: boolean;
  input?: boolean;
  debug?: boolean;
};

export const showOf = (raw: RawShow): ShowOptions => {
  if (raw.json && raw.format && raw.format !== 'json')
    throw new UsageError('--json and --format name different formats');
  return {
    format: raw.json ? 'json' : (raw.format ?? null),
    outputs: raw.output,
    tui: raw.tui ?? true,
    input: raw.input ?? true,
    color: raw.color,
    ascii: raw.ascii ?? false,
    verbose: raw.verbose ?? false,
    debug: raw.debug ?? false,
  };
};
