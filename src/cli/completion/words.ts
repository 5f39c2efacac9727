/** What may follow an option, or stand as an argument. `list`: words with commas. `prefix`: a word, `=` and a file. */
export type Values =
  | { readonly kind: 'choice' | 'list' | 'prefix'; readonly words: readonly string[] }
  | { readonly kind: 'file' | 'free' };

export type OptionWords = {
  readonly flags: readonly string[];
  readonly description: string;
  /** Null where the option takes nothing. */
  readonly values: Values | null;
};

/** A command as completion needs it; the first one, without a name, is the tool itself. One within another has both names. */
export type CommandWords = {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  readonly arguments: readonly Values[];
};

/** A word that no POSIX-like shell looks into. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The words of values, none where they cannot be foreseen. */
const wordsIn = (values: Values): readonly string[] => ('words' in values ? values.words : []);

/** Every command's case with its options that take values; the same table feeds bash and zsh. */
export const valueCases = (commands: readonly CommandWords[], name: string): string =>
  commands
    .flatMap((command) => {
      const taking = command.options.flatMap(({ flags, values }) => (values ? [{ flags, values }] : []));
      return taking.map(({ flags, values }) => {
        const patterns = flags.map((flag) => quoted(`${command.name} ${flag}`)).join('|');
        return `    ${patterns}) kind=${values.kind} values=(${wordsIn(values).map(quoted).join(' ')}) ;;`;
      });
    })
    .concat(
      commands.flatMap((command) =>
        command.arguments.map((values, at) => {
          const pattern = quoted(`${command.name} ${name}${at + 1}`);
          return `    ${pattern}) kind=${values.kind} values=(${wordsIn(values).map(quoted).join(' ')}) ;;`;
        }),
      ),
    )
    .join('\n');

/** A name for shell functions. */
export const functionName = (name: string): string => `_${name.replace(/\W/g, '_')}`;

/** Commands that stand behind the tool's own name. */
export const verbsOf = (commands: readonly CommandWords[]): readonly CommandWords[] =>
  commands.filter(({ name }) => name !== '' && !name.includes(' '));

/** Patterns for all commands as they come to be known: no argument yet, what was known before, a blank, and the next word. */
export const commandPatterns = (commands: readonly CommandWords[]): string =>
  commands
    .flatMap(({ name }) => (name === '' ? [] : [quoted(`0:${name.includes(' ') ? name : ` ${name}`}`)]))
    .join('|');
