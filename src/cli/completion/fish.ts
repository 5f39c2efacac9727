import type { CommandWords, OptionWords, Values } from './words.ts';

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

/** Completion for fish 3 and later. */
export const fish = (name: string, commands: readonly CommandWords[]): string => {
  const verbs = commands.filter((command) => command.name !== '');
  const seen = `__fish_seen_subcommand_from ${verbs.map((verb) => verb.name).join(' ')}`;
  const lines = commands.flatMap((command) => {
    const condition = command.name === '' ? `not ${seen}` : `__fish_seen_subcommand_from ${command.name}`;
    const [argument] = command.arguments;
    return [
      ...(command.name === ''
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
