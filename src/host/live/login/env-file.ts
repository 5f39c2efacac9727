import { interpolated, type Lookup, nothingSeen } from './interpolate.ts';

/** What an env file says, and what a reader should know of how it was said; names only. */
export type EnvFile = {
  readonly values: ReadonlyMap<string, string>;
  /** Set more than once: the last one holds. */
  readonly repeated: readonly string[];
  /** In whose value a `$` was read as a variable or as an escape. */
  readonly dollars: readonly string[];
  /** In whose value a variable stands that is not set. */
  readonly unset: readonly string[];
};

// As Compose has it: also the C1 newline and the no-break space, never the line feed.
const SPACE = '[\\t\\v\\f\\r \\u0085\\u00a0]';
const LEADING = new RegExp(`^${SPACE}+`);
const TRAILING = /\s+$/;
const EXPORT = /^export\s+/;
const KEY = new RegExp(`^(?<key>(?:[\\p{L}\\p{N}_.\\-[\\]]|${SPACE})*)(?<end>[=:\\n]|$)`, 'u');
const ESCAPE = /\\(?:[abcfnrtv$"\\]|0\d{0,3})/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\a': '\x07',
  '\\b': '\b',
  '\\f': '\f',
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
  '\\v': '\v',
  '\\"': '"',
  '\\\\': '\\',
  '\\$': '$$',
};

const unescaped = (text: string): string =>
  text.replace(ESCAPE, (sequence) => {
    const octal = /^\\0([0-3][0-7]{2})$/.exec(sequence);
    return octal ? String.fromCharCode(Number.parseInt(octal[1] ?? '', 8)) : (ESCAPES[sequence] ?? sequence);
  });

/** A quoted text and what follows it; null where its end is missing. A backslash goes only before its own kind of quote. */
const quoted = (text: string): { readonly value: string; readonly rest: string } | null => {
  const [quote] = text;
  let value = '';
  for (let at = 1; at < text.length; at += 1) {
    const character = text[at];
    if (character === quote) return { value, rest: text.slice(at + 1) };
    if (character === '\\' && at + 1 < text.length) {
      at += 1;
      value += text[at] === quote ? quote : `\\${text[at]}`;
    } else value += character;
  }
  return null;
};

const lineOf = (whole: string, rest: string): number => whole.slice(0, whole.length - rest.length).split('\n').length;

/**
 * Reads an env file by Compose's rules, over the values that came before it. A name without a value takes it from `lookup`.
 * Errors name the line and never what stands there.
 * https://github.com/compose-spec/compose-go/blob/main/dotenv/parser.go
 */
export const parseEnvFile = (
  whole: string,
  lookup: Lookup,
  before: ReadonlyMap<string, string> = new Map(),
): EnvFile => {
  const values = new Map(before);
  const found: Record<'set' | 'repeated' | 'dollars' | 'unset', Set<string>> = {
    set: new Set(),
    repeated: new Set(),
    dollars: new Set(),
    unset: new Set(),
  };
  let rest = whole.replace(/^\ufeff/, '');
  const wrong = (what: string): Error => new Error(`line ${lineOf(whole, rest)}: ${what}`);
  const expanded = (key: string, text: string): string => {
    const seen = nothingSeen();
    try {
      return interpolated(text, (name) => lookup(name) ?? values.get(name), seen);
    } catch (error) {
      throw wrong(error instanceof Error ? error.message : String(error));
    } finally {
      found.dollars[seen.dollar ? 'add' : 'delete'](key);
      found.unset[seen.unset ? 'add' : 'delete'](key);
    }
  };
  const valueAt = (key: string): string => {
    if (!/^['"]/.test(rest)) {
      const [line = ''] = rest.split('\n', 1);
      const value = expanded(key, (line.split(' #', 1)[0] ?? '').replace(TRAILING, ''));
      rest = rest.slice(line.length + 1);
      return value;
    }
    const read = quoted(rest);
    if (!read) throw wrong('a quote is opened and not closed');
    const value = rest.startsWith('"') ? expanded(key, unescaped(read.value)) : read.value;
    rest = read.rest;
    return value;
  };
  for (;;) {
    rest = rest.trimStart();
    if (rest === '') break;
    if (rest.startsWith('#')) {
      const end = rest.indexOf('\n');
      rest = end < 0 ? '' : rest.slice(end);
      continue;
    }
    if (EXPORT.test(rest)) rest = rest.slice('export'.length).replace(LEADING, '');
    const { key: written, end } = KEY.exec(rest)?.groups ?? {};
    if (written === undefined) throw wrong('it is neither NAME=VALUE nor a comment');
    const key = written.replace(TRAILING, '');
    if (key.includes(' ')) throw wrong('a name holds a space');
    rest = rest.slice(written.length + (end?.length ?? 0));
    const given = end === '=' || end === ':';
    if (given) rest = rest.replace(LEADING, '');
    // Compose itself passes over a name without a value that no line feed ends.
    const value = given ? valueAt(key) : end === '\n' ? lookup(key) : undefined;
    if (value === undefined) continue;
    values.set(key, value);
    (found.set.has(key) ? found.repeated : found.set).add(key);
  }
  return { values, repeated: [...found.repeated], dollars: [...found.dollars], unset: [...found.unset] };
};
