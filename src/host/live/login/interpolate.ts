/** The value of a variable; undefined where it is not set. */
export type Lookup = (name: string) => string | undefined;

/**
 * What was found while a text was interpolated: whether a `$` stood for something, whether what it named was not set, and how
 * much was put in for variables.
 */
export type Seen = { dollar: boolean; unset: boolean; length: number };

export const nothingSeen = (): Seen => ({ dollar: false, unset: false, length: 0 });

/** No process of Linux can be given a longer variable (MAX_ARG_STRLEN): variables of variables grow without end. */
const LONGEST = 128 * 1024;

const EXPRESSION =
  /\$(?:(?<escaped>\$)|(?<named>[_a-z][_a-z0-9]*)|\{(?:(?<braced>[_a-z][_a-z0-9]*(?::?[-+?].*)?)\}|(?<invalid>)))/gi;
const PARTS = /^(?<name>[_a-z][_a-z0-9]*)(?:(?<operator>:?[-+?])(?<operand>.*))?$/is;

/** Where the brace that was opened first is closed again. Each opening one hides the character after it, as Compose has it. */
const closingBrace = (text: string): number => {
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '}' && --open === 0) return at;
    if (text[at] === '{') {
      open += 1;
      at += 1;
    }
  }
  return -1;
};

const braced = (inner: string, lookup: Lookup, seen: Seen): string => {
  const { name = '', operator = '', operand = '' } = PARTS.exec(inner)?.groups ?? {};
  const value = lookup(name);
  seen.length += value?.length ?? 0;
  if (seen.length > LONGEST) throw new Error(`its variables make more than ${LONGEST / 1024} KiB of it`);
  const there = value !== undefined && !(operator.startsWith(':') && value === '');
  if (operator.endsWith('-')) return there ? value : interpolated(operand, lookup, seen);
  if (operator.endsWith('+')) return there ? interpolated(operand, lookup, seen) : (value ?? '');
  if (operator.endsWith('?') && !there) throw new Error(`a variable that it requires ("${operator}") is not set`);
  if (value === undefined) seen.unset = true;
  return value ?? '';
};

/**
 * Compose's interpolation: `$VAR`, `${VAR}`, `${VAR:-default}` and its kin, `$$` for a dollar. Errors name neither variable nor
 * text: what looks like a variable's name may be a piece of a password.
 * https://github.com/compose-spec/compose-go/blob/main/template/template.go
 */
export const interpolated = (text: string, lookup: Lookup, seen: Seen): string =>
  text.replace(EXPRESSION, (whole: string, ...rest: unknown[]) => {
    seen.dollar = true;
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    if (groups['escaped'] !== undefined) return '$';
    if (groups['invalid'] !== undefined) throw new Error('a "${" in it is not closed, or names no variable');
    if (groups['named'] !== undefined) return braced(groups['named'], lookup, seen);
    // The expression is matched to the last brace of its line: what follows the one that closes it is text again.
    const end = closingBrace(whole);
    return braced(whole.slice(2, end), lookup, seen) + interpolated(whole.slice(end + 1), lookup, seen);
  });
