import { type Command, CommanderError } from 'commander';
import * as z from 'zod/mini';
import { ArchiveError } from '../archive/archive.ts';
import { oneLine } from '../printable.ts';
import { didYouMean, UsageError } from '../usage-error.ts';
import { errorDocument, wantsJson } from './error-document.ts';
import { refusePasswords, withoutSecrets } from './no-secrets.ts';
import { guardStreams, OutputError, print, tell } from './output.ts';
import { type Commands, program } from './program.ts';
import { leave } from './signals.ts';

const commands: Commands = {
  check: async (...asked) => (await import('./check.ts')).check(...asked),
  list: async (...asked) => print(process.stdout, (await import('./catalogue.ts')).list(...asked)),
  explain: async (id, from) => (await import('./explain.ts')).explainCheck(id, from),
  render: async (...asked) => (await import('./render.ts')).render(...asked),
  diff: async (...asked) => (await import('./diff.ts')).diff(...asked),
  wait: async (...asked) => (await import('./wait.ts')).wait(...asked),
  bundle: {
    bundle: async (...asked) => (await import('./bundle.ts')).bundle(...asked),
    redact: async (...asked) => (await import('./bundle-redact.ts')).bundleRedact(...asked),
    verify: async (...asked) => (await import('./bundle-verify.ts')).bundleVerify(...asked),
  },
  schema: async (...asked) => print(process.stdout, (await import('./schema.ts')).schema(...asked)),
  completion: async (shell) =>
    print(process.stdout, (await import('./completion.ts')).completion(shell, program(commands))),
};

/** A command that throws instead of exiting, and hands its help over instead of printing it. */
const silenced = (command: Command, help: (text: string) => void): void => {
  command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: help });
  for (const inner of command.commands) silenced(inner, help);
};

/** A first word, or one after help, that is no option and no command is a mistyped command, not an argument. */
const refuseUnknownCommand = (argv: readonly string[], table: Command): void => {
  const names = table.commands.map((command) => command.name());
  const [first, second] = argv;
  const helps = first === 'help';
  const [named, known] = helps ? [second, names] : [first, [...names, 'help']];
  if (named === undefined || known.includes(named) || (!helps && named.startsWith('-'))) return;
  throw new UsageError(`there is no command "${oneLine(named)}"${didYouMean(named, known)}`);
};

/** The same for a command within another: `bundle verfy`. */
const refuseUnknownInner = ([first = '', second = '']: readonly string[], table: Command): void => {
  const inner =
    table.commands.find((command) => command.name() === first)?.commands.map((command) => command.name()) ?? [];
  if (inner.length === 0 || second === '' || second.startsWith('-') || inner.includes(second)) return;
  throw new UsageError(`there is no command "${first} ${oneLine(second)}"${didYouMean(second, inner)}`);
};

/** A flag with "=" and a word would be an unknown option, and nothing is nearer to it than itself. */
const refuseValuesOfFlags = (argv: readonly string[], table: Command): void => {
  const options = table.commands
    .flatMap((command) => [command, ...command.commands])
    .flatMap((command) => command.options);
  for (const word of argv) {
    const [, name] = /^(--[^=]+)=/.exec(word) ?? [];
    const named = options.filter(({ long }) => long === name);
    if (named.length > 0 && named.every(({ required, optional }) => !required && !optional))
      throw new UsageError(`option '${name}' takes no value`);
  }
};

const failure = (error: unknown): { readonly exitCode: number; readonly code: string; readonly message: string } => {
  if (error instanceof UsageError) return { exitCode: 2, code: 'usage', message: error.message };
  if (error instanceof ArchiveError) return { exitCode: 2, code: 'archive', message: error.message };
  if (error instanceof OutputError) return { exitCode: 74, code: 'output', message: error.message };
  if (error instanceof CommanderError)
    return {
      exitCode: 2,
      code: 'usage',
      message: error.message
        .replace(/^error: /, '')
        .replace(/\n\(Did/, ' (did')
        .trim(),
    };
  const message = error instanceof Error ? error.message : String(error);
  return { exitCode: 70, code: 'bug', message: `a bug in this tool: ${message}` };
};

/** Says what went wrong, in one sentence (and one document for who reads JSON), and leaves with its code. */
const fail = async (error: unknown, argv: readonly string[]): Promise<void> => {
  const { exitCode, code, message } = failure(error);
  const text = oneLine(withoutSecrets(message, argv));
  // An output that failed has had its document, or cannot take one.
  if (wantsJson(argv) && code !== 'output') await print(process.stdout, errorDocument(code, text)).catch(() => {});
  tell(`wa-preflight: ${text}`);
  if (argv.includes('--debug') && error instanceof Error && error.stack) tell(withoutSecrets(error.stack, argv));
  leave(exitCode);
};

/** Runs one command line. Every way out has its exit code, and with --json exactly one document on standard output. */
export const main = async (argv: readonly string[]): Promise<void> => {
  // A schema is used once or twice here: compiling it costs more than it saves.
  z.config({ jitless: true });
  guardStreams();
  process.once('uncaughtException', (error) => fail(error, argv).then(() => process.exit(70)));
  const table = program(commands);
  let help = '';
  silenced(table, (text) => {
    help += text;
  });
  try {
    refusePasswords(argv);
    refuseUnknownCommand(argv, table);
    refuseUnknownInner(argv, table);
    refuseValuesOfFlags(argv, table);
    await table.parseAsync(argv, { from: 'user' }).catch((error: unknown) => {
      if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
      return print(process.stdout, help);
    });
  } catch (error) {
    await fail(error, argv);
  }
};
