import { type CommandWords, type OptionWords, type Values, verbsOf } from './words.ts';

/** A word in fish's single quotes, where only the quote and the backslash mean something. */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const offered = (values: Values): string => {
  if (!('words' in values)) return values.kind === 'file' ? '-r -F' : '-x';
  if (values.kind === 'choice') return `-x -a ${quoted(values.words.join(' '))}`;
  const helper = values.kind === 'list' ? '__wa_preflight_list' : '__wa_preflight_prefix';
  return `-x -a ${quoted(`(${helper} ${values.words.join(' ')})`)}`;
};

const optionLine = (name: string, condition: string, { flags, description, values }: OptionWords): string => {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const takes = values ? ` ${offered(values)}` : '';
  return `complete -c ${name} -n ${quoted(condition)} ${names.join(' ')}${takes} -d ${quoted(description)}`;
};

/** The condition under which a command is the one that is being typed: its own words are there, and none of one within it. */
const seenWords = (name: string, commands: readonly CommandWords[]): string => {
  const words = name.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`);
  const inner = commands.flatMap((one) => (one.name.startsWith(`${name} `) ? [one.name.slice(name.length + 1)] : []));
  return [...words, ...(inner.length > 0 ? [`not __fish_seen_subcommand_from ${inner.join(' ')}`] : [])].join('; and ');
};

/** Completion for fish 3 and later. */
export const fish = (name: string, commands: readonly CommandWords[]): string => {
  const verbs = verbsOf(commands);
  const seen = `__fish_seen_subcommand_from ${verbs.map((verb) => verb.name).join(' ')}`;
  const lines = commands.flatMap((command) => {
    const condition = command.name === '' ? `not ${seen}` : seenWords(command.name, commands);
    const [argument] = command.arguments;
    return [
      ...(command.name === '' || command.name.includes(' ')
        ? []
        : [`complete -c ${name} -n ${quoted(`not ${seen}`)} -a ${command.name} -d ${quoted(command.description)}`]),
      ...command.options.map((option) => optionLine(name, condition, option)),
      ...(argument ? [`complete -c ${name} -n ${quoted(condition)} ${offered(argument).replace(/^-r /, '')}`] : []),
    ];
  });
  return `# fish completion for ${name}: ${name} completion fish | source
function __wa_preflight_list
    set -l before (string match -r '^.*,' -- (commandline -ct | string replace -r '^--[^=]*=' ''))
    for word in $argv
        echo "$before$word"
    end
end
function __wa_preflight_prefix
    set -l current (commandline -ct | string replace -r '^--[^=]*=' '')
    set -l format (string match -r '^[a-z]+=' -- $current)
    if test -n "$format"
        set -l rest (string replace -r '^[a-z]+=' '' -- $current)
        for word in (__fish_complete_path $rest)
            echo "$format$word"
        end
    else
        for word in $argv
            echo "$word="
        end
    end
end
complete -c ${name} -f
${lines.join('\n')}
`;
};
