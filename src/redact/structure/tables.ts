import { type Meaning, meaningOf } from './words.ts';

/** What parts the columns of a table: a character, or `  ` for two blanks and more. */
export type Parting = '|' | ',' | ';' | '\t' | '  ';

/** A cell as it stands in a line, and where; blanks and quotes about it are not part of it. */
export type Cell = { readonly start: number; readonly end: number; readonly text: string };

/** The line of a table that names its columns. */
export type Header = {
  readonly parting: Parting;
  readonly names: readonly string[];
  /** Rows of two columns that are a name and its value: `| Variable_name | Value |`. */
  readonly pairs: boolean;
};

/** Longest line that may name columns, characters. */
export const LONGEST_HEADER = 2000;
const MOST_COLUMNS = 400;
const COLUMN = /^[A-Za-z_\x80-\xff][\w\x80-\xff .()#/-]{0,40}$/;
const STATEMENT = /^\s*(?:select|insert|update|delete|create|grant|from|where|values|with|and|or)\b/i;
const COPIED = /^COPY [\w."]{1,130} \(([^()]{1,1800})\) FROM stdin;?$/i;
const SENTENCE = /\b(?:and|or|my|the|an?|your|our|is|was|were|are|not|with|for)\b/i;
const RULED = /^[\s|+:=-]{3,}$/;
const NAMES = /^(?:variable_?name|variable|name|key|property|parameter|setting|option|field)$/i;
const VALUES = /^(?:value|setting|val|current value)$/i;
const PARTINGS: readonly Parting[] = ['|', '\t', ';', ',', '  '];

const trimmed = (line: string, from: number, to: number): Cell => {
  let [start, end] = [from, to];
  while (start < end && line.charCodeAt(start) <= 32) start += 1;
  while (end > start && line.charCodeAt(end - 1) <= 32) end -= 1;
  const quoted = end - start > 1 && line[start] === '"' && line[end - 1] === '"';
  return quoted
    ? { start: start + 1, end: end - 1, text: line.slice(start + 1, end - 1) }
    : { start, end, text: line.slice(start, end) };
};

const BLANKS = / {2,}/g;

const byBlanks = (line: string): readonly Cell[] => {
  const cells: Cell[] = [];
  let from = line.length - line.trimStart().length;
  for (const gap of line.slice(from).matchAll(BLANKS)) {
    const at = line.length - line.trimStart().length + gap.index;
    cells.push(trimmed(line, from, at));
    from = at + gap[0].length;
  }
  if (from < line.trimEnd().length) cells.push(trimmed(line, from, line.length));
  return cells;
};

/** The cells of a line. What parts them may stand within quotes. */
export const cellsOf = (line: string, parting: Parting): readonly Cell[] => {
  if (parting === '  ') return byBlanks(line);
  const cells: Cell[] = [];
  let quotes = parting !== '|';
  for (let from = 0; from <= line.length && cells.length < MOST_COLUMNS; ) {
    let search = from;
    if (quotes && line[from] === '"') {
      let close = line.indexOf('"', from + 1);
      while (close >= 0 && line[close + 1] === '"') close = line.indexOf('"', close + 2);
      if (close >= 0) search = close + 1;
      else quotes = false;
    }
    const at = line.indexOf(parting, search);
    cells.push(trimmed(line, from, at < 0 ? line.length : at));
    if (at < 0) break;
    from = at + 1;
  }
  if (parting !== '|') return cells;
  // `| a | b |` has nothing before its first bar and after its last.
  const [first, last] = [cells[0], cells.at(-1)];
  return cells.slice(first?.text === '' ? 1 : 0, cells.length > 1 && last?.text === '' ? -1 : undefined);
};

const tells = (meaning: Meaning | null): boolean =>
  meaning !== null &&
  (meaning.is === 'credential' ? meaning.certain : /^(?:phone|person|body|address)$/.test(meaning.is));

/** Whether a column says that rows are about persons. */
export const isPersonal = (name: string): boolean =>
  meaningOf(name)?.is === 'phone' || /^(?:e-?mail|customer|recipient|sender|contact|to|from)\b/i.test(name);

/** What a line says of the lines below it; null where it names no columns, or none that tell. */
export const headerOf = (line: string): Header | null => {
  // What a dump of PostgreSQL begins its rows with.
  const copied = line.length > LONGEST_HEADER ? null : COPIED.exec(line)?.[1];
  if (copied)
    return { parting: '\t', names: copied.split(',').map((name) => name.replace(/[\s"]/g, '')), pairs: false };
  if (line.length > LONGEST_HEADER || /[:={}<>'\\]/.test(line) || STATEMENT.test(line)) return null;
  for (const parting of PARTINGS) {
    if (!line.includes(parting)) continue;
    const names = cellsOf(line, parting).map(({ text }) => text);
    const least = parting === ',' || parting === '  ' ? 3 : 2;
    if (names.length < least || !names.every((name) => COLUMN.test(name) && name.split(' ').length <= 3)) continue;
    if ((parting === ',' || parting === '  ') && SENTENCE.test(line)) continue;
    const pairs = names.length <= 3 && NAMES.test(names[0] ?? '') && VALUES.test(names[1] ?? '');
    if (pairs || names.some((name) => tells(meaningOf(name)) || (isPersonal(name) && names.some(isPlainName))))
      return { parting, names, pairs };
  }
  return null;
};

const isPlainName = (name: string): boolean => /^(?:name|message|msg|text)$/i.test(name);

/** Whether a line may be a row below a line that names columns, or the rule between them. */
export const isRowOf = ({ parting, names }: Header, line: string): boolean => {
  if (!line.includes(parting)) return RULED.test(line) && line.length < LONGEST_HEADER;
  return parting !== '  ' || cellsOf(line, parting).length === names.length;
};

/** The rule between a table's head and its rows, or about them. */
export const isRuled = (line: string): boolean => RULED.test(line);
