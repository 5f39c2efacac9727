import { Command } from 'commander';
import { TOOL } from '../tool.ts';
import { type BundleCommands, bundleCommand } from './bundle-command.ts';
import { checkCommand, EXAMPLES } from './check-command.ts';
import type { DiffOptions } from './diff.ts';
import { diffCommand } from './diff-command.ts';
import type { CheckOptions, ShowOptions } from './options.ts';
import { shown, showOf } from './show-options.ts';
import { path, refuseSameFile } from './values.ts';
import type { WaitOptions } from './wait.ts';
import { waitCommand } from './wait-command.ts';

/** The JSON Schemas that the tool carries: told here, refused by the command itself, which says what was meant. */
export const SCHEMAS = ['report', 'bundle', 'spec', 'evidence', 'diff', 'wait', 'event'] as const;

/** What each command does, given by the caller: the table below only reads the words. */
export type Commands = {
  readonly check: (options: CheckOptions, show: ShowOptions) => Promise<void>;
  readonly list: (show: { readonly json: boolean }) => Promise<void>;
  readonly explain: (id: string, from: string | null) => Promise<void>;
  readonly render: (file: string, show: ShowOptions) => Promise<void>;
  readonly diff: (options: DiffOptions, show: ShowOptions) => Promise<void>;
  readonly wait: (options: WaitOptions, show: ShowOptions) => Promise<void>;
  readonly bundle: BundleCommands;
  readonly schema: (name: string) => Promise<void>;
  readonly completion: (shell: string) => Promise<void>;
};

/** The command table: one source for parsing, help and completion. */
export const program = (commands: Commands): Command => {
  const top = new Command(TOOL.name)
    .description('Does this host meet the published requirements of the WhatsApp Business On-Premises API client?')
    .version(TOOL.version, '-V, --version')
    .addHelpText('after', EXAMPLES)
    .enablePositionalOptions()
    .allowExcessArguments(false);
  checkCommand(top, commands.check);
  top
    .command('list')
    .description('all checks, one line each')
    .option('--json', 'as JSON')
    .action((raw) => commands.list({ json: raw.json === true }));
  top
    .command('explain')
    .description('one check: what it asks and touches, its requirement, clause and remedy')
    .argument('<id>', 'the id of a check')
    .option('--from <file>', 'also what a report, a recording or a bundle says of it', path)
    .action((id, raw) => commands.explain(id, raw.from ?? null));
  shown(
    top
      .command('render')
      .description('show a saved report in any format')
      .argument('<report>', 'a JSON report or a bundle', path),
  ).action((file, raw) => {
    const show = showOf(raw);
    refuseSameFile(show.outputs.map(({ file: written }) => written));
    return commands.render(file, show);
  });
  diffCommand(top, commands.diff);
  waitCommand(top, commands.wait);
  bundleCommand(top, commands.bundle);
  top
    .command('schema')
    .description('print a JSON Schema')
    .addArgument(top.createArgument('[name]', 'which one').choices(SCHEMAS).default('report').argParser(String))
    .action((name) => commands.schema(name));
  top
    .command('completion')
    .description('print a completion script')
    .addArgument(top.createArgument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish']))
    .action((shell) => commands.completion(shell));
  return top;
};
