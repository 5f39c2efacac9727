import type { Argument, Command, Option } from 'commander';
import { checks } from '../../checks/index.ts';
import { PARTS } from '../host/source.ts';
import { didYouMean, UsageError } from '../usage-error.ts';
import { bash } from './completion/bash.ts';
import { fish } from './completion/fish.ts';
import type { CommandWords, OptionWords, Values } from './completion/words.ts';
import { zsh } from './completion/zsh.ts';

const SHELLS: Readonly<Record<string, (name: string, commands: readonly CommandWords[]) => string>> = {
  bash,
  zsh,
  fish,
};

/** What an option or argument takes: its choices, check ids, a file, or words that cannot be foreseen. */
const valuesOf = (named: string, choices: readonly string[] | undefined, ids: readonly string[]): Values => {
  if (choices) return { kind: 'choice', words: choices };
  const word = named.replace(/[<>[\].]/g, '').toLowerCase();
  if (word === 'ids') return { kind: 'list', words: ids };
  if (word === 'parts') return { kind: 'list', words: ['all', ...PARTS] };
  if (word === 'id') return { kind: 'choice', words: ids };
  if (['file', 'path', 'report', 'before', 'after', 'folder', 'dir'].includes(word)) return { kind: 'file' };
  return { kind: 'free' };
};

const optionOf = (option: Option, command: Command, ids: readonly string[]): OptionWords => {
  const flags = [option.long, option.short].filter((flag) => flag !== undefined && flag !== null);
  const placeholder = /[<[](.*)[>\]]/.exec(option.flags)?.[1];
  const description = option.description;
  if (placeholder === undefined) return { flags, description, values: null };
  if (placeholder === 'format=file') {
    const formats = command.options.find(({ long }) => long === '--format')?.argChoices ?? [];
    return { flags, description, values: { kind: 'prefix', words: formats } };
  }
  return { flags, description, values: valuesOf(placeholder, option.argChoices, ids) };
};

const argumentOf = (argument: Argument, ids: readonly string[]): Values =>
  valuesOf(argument.name(), argument.argChoices, ids);

const HELP: OptionWords = { flags: ['--help', '-h'], description: 'display help for command', values: null };

const wordsOf = (command: Command, name: string, ids: readonly string[]): CommandWords => ({
  name,
  description: command.description(),
  options: [...command.options.filter(({ hidden }) => !hidden).map((one) => optionOf(one, command, ids)), HELP],
  arguments: command.registeredArguments.map((argument) => argumentOf(argument, ids)),
});

/**
 * The completion script of a shell, from the command table itself. The first of the commands is the tool without one:
 * its own options and those of `check`, which it stands for.
 */
export const completion = (shell: string, program: Command, ids = checks.map(({ id }) => id)): string => {
  const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (!script) throw new UsageError(`there is no completion for "${shell}"${didYouMean(shell, Object.keys(SHELLS))}`);
  const commands = program.commands.flatMap((command) => {
    const own = wordsOf(command, command.name(), ids);
    const inner = command.commands.map((one) => wordsOf(one, `${command.name()} ${one.name()}`, ids));
    if (inner.length === 0) return [own];
    const words = command.commands.map((one) => one.name());
    return [{ ...own, arguments: [{ kind: 'choice' as const, words }] }, ...inner];
  });
  const top = wordsOf(program, '', ids);
  const standIn = commands.find(({ name }) => name === 'check');
  const options = [...(standIn?.options ?? []), ...top.options.filter(({ flags }) => flags[0] !== '--help')];
  return script(program.name(), [{ ...top, options }, ...commands]);
};
