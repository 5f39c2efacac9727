// Which lines go to the rules: the marked ones, and those that belong to them.

import type { Marks } from './marks.ts';
import { headerOf, isRowOf, LONGEST_HEADER } from './structure/tables.ts';

const NEWLINE = 10;
const SPACE = 32;
const TAB = 9;

/** A value may follow on the next line after one of these: `password: |`, `secret=\`, `"token":`. */
export const LEADS_ON = new Set(Array.from('|>:=\\,([{+-', (one) => one.charCodeAt(0)));
const PEM_BEGIN = '-----BEGIN ';
const PEM_END = '-----END ';
const PGP_MOST = 256 * 1024;
/** Lines that a marked one takes along at most; more of them are marked by what they hold. */
const MOST_LINES = 200;

/** Whether bytes end within a key block. */
export const isInKey = (bytes: Buffer): boolean => {
  const begin = bytes.lastIndexOf(PEM_BEGIN);
  return begin >= 0 && bytes.indexOf(PEM_END, begin) < 0;
};

const lineEnd = (bytes: Buffer, from: number): number => {
  const at = bytes.indexOf(NEWLINE, from);
  return at < 0 ? bytes.length : at + 1;
};

const isIndented = (bytes: Buffer, at: number): boolean => bytes[at] === SPACE || bytes[at] === TAB;

const lastCharacter = (bytes: Buffer, start: number, end: number): number => {
  let at = end - 1;
  while (at > start && (bytes[at] ?? 0) <= SPACE) at -= 1;
  return bytes[at] ?? 0;
};

const HERE = /<<-?\s?["']?(\w{2,20})["']?[^\n]{0,80}\r?\n?$/;
const FORM_PART = 'form-data; name=';

/** Where a here-document ends that a marked line begins, or a part of a form: its header, an empty line, its value. */
const heldEnd = (bytes: Buffer, start: number, end: number): number => {
  const line = bytes.subarray(Math.max(start, end - LONGEST_HEADER), end);
  const word = line.includes('<<') ? HERE.exec(line.toString('latin1'))?.[1] : undefined;
  let at = end;
  if (word === undefined) {
    if (line.includes(FORM_PART)) for (let lines = 0; lines < 4; lines += 1) at = lineEnd(bytes, at);
    return at;
  }
  for (let lines = 0; at < bytes.length && lines < MOST_LINES; lines += 1) {
    const next = lineEnd(bytes, at);
    const said = bytes.toString('latin1', at, Math.min(next, at + 64)).trim();
    at = next;
    if (said === word) return at;
  }
  return end;
};

/** As much of a line's end as is looked at, bytes. */
const TAIL = 400;
const HEREDOC = /<<-?\s?["']?([A-Za-z_]\w{1,30})["']?[^\n]{0,80}\r?\n?$/;
/** A clause whose value may stand on the next line. */
const CLAUSE = /\b(?:by|password|passwd|secret|token)["']?\s{0,4}$/i;
/** Lines of a part of a form: its head, the empty one, and its value. */
const FORM_LINES = 5;

const lineAfter = (bytes: Buffer, from: number, lines: number): number => {
  let at = from;
  for (let taken = 0; taken < lines && at < bytes.length; taken += 1) at = lineEnd(bytes, at);
  return at;
};

const linesUpTo = (bytes: Buffer, from: number, tag: string): number => {
  let at = from;
  for (let lines = 0; lines < MOST_LINES && at < bytes.length; lines += 1) {
    const next = lineEnd(bytes, at);
    if (next - at < TAIL && bytes.toString('latin1', at, next).trim() === tag) return next;
    at = next;
  }
  // No end of it: its first lines will do.
  return lineAfter(bytes, from, FORM_LINES);
};

const isOfForm = (bytes: Buffer, end: number): boolean => {
  const start = bytes.lastIndexOf(NEWLINE, end - 2) + 1;
  return bytes.subarray(start, Math.min(end, start + 200)).includes('form-data');
};

/** Where what a marked line leads on to ends: the next line, and what is indented below it. */
const ledOn = (bytes: Buffer, start: number, end: number): number => {
  const rows = rowsEnd(bytes, start, end);
  if (rows > end) return rows;
  const held = heldEnd(bytes, start, end);
  if (held > end) return held;
  const tail = bytes.toString('latin1', Math.max(start, end - TAIL), end);
  const tag = HEREDOC.exec(tail)?.[1];
  if (tag !== undefined) return linesUpTo(bytes, end, tag);
  if (isOfForm(bytes, end)) return lineAfter(bytes, end, FORM_LINES);
  if (!LEADS_ON.has(lastCharacter(bytes, start, end)) && !CLAUSE.test(tail)) return end;
  let at = end < bytes.length ? lineEnd(bytes, end) : end;
  for (let lines = 0; at < bytes.length && isIndented(bytes, at) && lines < MOST_LINES; lines += 1)
    at = lineEnd(bytes, at);
  return at;
};

const COLON = 58;
const EQUALS = 61;
const BRACE = 123;

// Lines of a log hold one of these near their beginning, those that name columns none.
const mayName = (bytes: Buffer, start: number, end: number): boolean => {
  if (end - start > LONGEST_HEADER) return false;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === COLON || byte === EQUALS || byte === BRACE) return false;
  }
  return true;
};

/** Where the rows of a table end whose columns a line names; the line's own end where it names none. */
const rowsEnd = (bytes: Buffer, start: number, end: number): number => {
  const textOf = (from: number, to: number): string => bytes.toString('latin1', from, to).replace(/\r?\n$/, '');
  const header = mayName(bytes, start, end) ? headerOf(textOf(start, end)) : null;
  let rows = end;
  while (header && rows < bytes.length) {
    const next = lineEnd(bytes, rows);
    if (!isRowOf(header, textOf(rows, next))) break;
    rows = next;
  }
  return rows;
};

/** Where the lines end that belong to a run: what it leads on to, and the rest of a key block that begins in either. */
const extended = (bytes: Buffer, start: number, end: number): number => {
  const led = ledOn(bytes, start, end);
  if (!isInKey(bytes.subarray(start, led))) return led;
  const last = bytes.subarray(led, led + PGP_MOST).indexOf(PEM_END);
  // A key that is cut off: whatever follows it might be its rest.
  return last < 0 ? Math.min(bytes.length, led + PGP_MOST) : lineEnd(bytes, led + last);
};

/** Marked lines as runs that stand for themselves, in order and apart from each other. */
export const runsOf = (bytes: Buffer, marks: Marks): readonly (readonly [number, number])[] => {
  const runs: [number, number][] = [];
  for (let at = 0; at < marks.length; at += 2) {
    const start = marks[at] ?? 0;
    const end = marks[at + 1] ?? 0;
    const before = runs.at(-1);
    if (before && end < before[1]) {
      // Parts of a form follow each other; what else a line leads on to is looked at once.
      if (isOfForm(bytes, end)) before[1] = Math.max(before[1], lineAfter(bytes, end, FORM_LINES));
      continue;
    }
    const grown = extended(bytes, start, end);
    if (before && start <= before[1]) before[1] = grown;
    else runs.push([start, grown]);
  }
  return runs;
};
