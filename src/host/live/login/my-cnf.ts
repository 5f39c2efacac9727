/** The options of a group, and whether the file names others that are not followed. */
export type OptionFile = { readonly options: ReadonlyMap<string, string>; readonly includes: boolean };

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  r: '\r',
  s: ' ',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/** A line without its comment: `#` begins one anywhere outside quotes, `;` at the beginning only. */
const uncommented = (line: string): string => {
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (quote && character === '\\') at += 1;
    else if (quote) quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '#') return line.slice(0, at);
  }
  return line;
};

const unquoted = (written: string): string => {
  const [, , inner = written] = /^(["'])(.*)\1$/s.exec(written) ?? [];
  return inner.replace(/\\(.)/gs, (whole, character: string) => ESCAPES[character] ?? whole);
};

/**
 * Reads one group of a MySQL option file; `_` and `-` in names are the same, and the last value holds.
 * https://dev.mysql.com/doc/refman/8.0/en/option-files.html
 */
export const parseOptionFile = (text: string, group: string): OptionFile => {
  const options = new Map<string, string>();
  let here = '';
  let includes = false;
  for (const raw of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    if (/^!include(dir)?\s/.test(line)) includes = true;
    const section = /^\[([^\]]*)\]/.exec(line);
    if (section) here = section[1]?.trim() ?? '';
    if (section || here !== group) continue;
    const [, name = '', value] = /^([^=]*?)\s*(?:=\s*(.*))?$/s.exec(uncommented(line).trim()) ?? [];
    const known = name.replaceAll('_', '-').replace(/^loose-/, '');
    if (value !== undefined) options.set(known, unquoted(value.trim()));
  }
  return { options, includes };
};
