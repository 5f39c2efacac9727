import type { Put } from '../rule.ts';
import { cleanNamed } from './cleaned.ts';

const ASSIGNMENT = /^([ \t]*(?:#+[ \t]*)?(?:export[ \t]+)?([A-Za-z_][\w.-]{0,120})[ \t]*(?:=|:(?=[ \t]))[ \t]*)(.*)$/;

// The line in which a quoted value ends, and where: Compose lets a value in quotes go over lines.
const quoteEnd = (
  lines: readonly string[],
  from: number,
  rest: string,
): { readonly line: number; readonly at: number } | null => {
  const quote = rest[0] ?? '';
  for (let line = from; line < lines.length && line < from + 400; line += 1) {
    const text = line === from ? rest : (lines[line] ?? '');
    for (let at = line === from ? 1 : 0; at < text.length; at += 1) {
      if (text[at] === '\\' && quote === '"') at += 1;
      else if (text[at] === quote) return { line, at };
    }
  }
  return null;
};

const ESCAPE = /\\(["\\$nrt])/g;
const decodedIn = (quote: string, value: string): string =>
  quote === '"' ? value.replace(ESCAPE, (_, one: string) => ({ n: '\n', r: '\r', t: '\t' })[one] ?? one) : value;

/**
 * An env file by Compose's rules: `NAME=value`, in quotes also over lines, with `export`, and settings that are commented out. Lines
 * stay lines.
 */
export const cleanEnv = (text: string, put: Put, inner: (said: string) => string): string => {
  const lines = text.split('\n');
  const out: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, lead, name, rest] = ASSIGNMENT.exec(line.replace(/\r$/, '')) ?? [];
    const tail = line.endsWith('\r') ? '\r' : '';
    if (lead === undefined || name === undefined || rest === undefined) {
      out.push(inner(line));
      continue;
    }
    const quote = /^["']/.exec(rest)?.[0] ?? '';
    const end = quote === '' ? null : quoteEnd(lines, at, rest);
    const source = end === null ? rest.trimEnd() : [rest, ...lines.slice(at + 1, end.line + 1)].join('\n');
    const close =
      end === null
        ? source.length
        : source.length -
          (lines[end.line] ?? '').length +
          (end.line === at ? line.length - rest.length - tail.length : 0) +
          end.at;
    const inside = end === null ? source : source.slice(1, end.line === at ? end.at : close);
    const behind = end === null ? '' : source.slice(quote.length + inside.length);
    const value = decodedIn(quote, inside);
    const named = cleanNamed({ name, parent: '', place: 'setting', around: '' }, value, put);
    const cleaned = named ? named.text + (named.rest ? value.slice(value.length - named.rest) : '') : null;
    const folds = '\n'.repeat(inside.split('\n').length - 1);
    const began = end === null ? '' : quote;
    // A name that tells nothing: the line is read as text, which knows URLs and keys; lines of a value are read together.
    out.push(
      cleaned === null
        ? inner(lead + began + inside) + behind + tail
        : `${lead}${began}${cleaned}${folds}${behind}${tail}`,
    );
    if (end) at = end.line;
  }
  return out.join('\n');
};
