// What a marked line leads on to: the lines below it that hold the rest of what it begins.

import { headerOf, isRowOf, LONGEST_HEADER } from './structure/tables.ts';

const NEWLINE = 10;
const SPACE = 32;
const TAB = 9;
const COLON = 58;
const EQUALS = 61;
const BRACE = 123;

/** A value may follow on the next line after one of these: `password: |`, `secret=\`, `"token":`. */
export const LEADS_ON = new Set(Array.from('|>:=\\,([{+-', (one) => one.charCodeAt(0)));
/** Lines that a marked one takes along at most; more of them are marked by what they hold. */
const MOST_LINES = 200;
/** Lines of a here-document, which is looked for from each line that begins one. */
const HERE_LINES = 60;
/** As much of a line's end as is looked at, bytes. */
const TAIL = 400;
const HERE = /<<-?\s?["']?(\w{2,30})["']?[^\n]{0,80}\r?\n?$/;
const FORM_PART = 'form-data; name=';
/** Lines of a part of a form: its head, the empty one, and its value. */
const FORM_LINES = 5;
/** A clause whose value may stand on the next line. */
const CLAUSE = /\b(?:by|password|passwd|secret|token)["']?\s{0,4}$/i;

/** After the end of the line in which a place is. */
export const lineEnd = (bytes: Buffer, from: number): number => {
  const at = bytes.indexOf(NEWLINE, from);
  return at < 0 ? bytes.length : at + 1;
};

const isIndented = (bytes: Buffer, at: number): boolean => bytes[at] === SPACE || bytes[at] === TAB;

const lastCharacter = (bytes: Buffer, start: number, end: number): number => {
  let at = end - 1;
  while (at > start && (bytes[at] ?? 0) <= SPACE) at -= 1;
  return bytes[at] ?? 0;
};

const after = (bytes: Buffer, from: number, lines: number): number => {
  let at = from;
  for (let taken = 0; taken < lines && at < bytes.length; taken += 1) at = lineEnd(bytes, at);
  return at;
};

const upTo = (bytes: Buffer, from: number, word: string): number => {
  let at = from;
  for (let lines = 0; lines < HERE_LINES && at < bytes.length; lines += 1) {
    const next = lineEnd(bytes, at);
    if (next - at < TAIL && bytes.toString('latin1', at, next).trim() === word) return next;
    at = next;
  }
  // No end of it: its first lines will do.
  return after(bytes, from, FORM_LINES);
};

// Lines of a log hold one of these near their beginning, those that name columns none.
const mayName = (bytes: Buffer, start: number, end: number): boolean => {
  if (end - start > LONGEST_HEADER) return false;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === COLON || byte === EQUALS || byte === BRACE) return false;
  }
  return true;
};

// The rows of a table whose columns a line names.
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

/** Where the part of a form ends whose head a line is; the line's own end where it is none. */
export const formPartEnd = (bytes: Buffer, start: number, end: number): number =>
  bytes.subarray(start, Math.min(end, start + TAIL)).includes(FORM_PART) ? after(bytes, end, FORM_LINES) : end;

/** Where what a marked line leads on to ends: rows, a here-document, a part of a form, the next line and what is indented below it. */
export const ledOn = (bytes: Buffer, start: number, end: number): number => {
  const rows = rowsEnd(bytes, start, end);
  if (rows > end) return rows;
  const tail = bytes.toString('latin1', Math.max(start, end - TAIL), end);
  const word = tail.includes('<<') ? HERE.exec(tail)?.[1] : undefined;
  if (word !== undefined) return upTo(bytes, end, word);
  const part = formPartEnd(bytes, start, end);
  if (part > end) return part;
  if (!LEADS_ON.has(lastCharacter(bytes, start, end)) && !CLAUSE.test(tail)) return end;
  let at = end < bytes.length ? lineEnd(bytes, end) : end;
  for (let lines = 0; at < bytes.length && isIndented(bytes, at) && lines < MOST_LINES; lines += 1)
    at = lineEnd(bytes, at);
  return at;
};
