import type { Put } from '../rule.ts';
import { DEEPEST, type Frame, frameOf, namesOf } from './frame.ts';
import { readString, stringEnd, writeString } from './json-string.ts';
import { cleanScalar } from './scalar.ts';

/** How texts within are cleaned: what stands between strings of JSON, and what a string says. */
export type Within = { readonly plain: (text: string) => string; readonly inner: (text: string) => string };

const NUMBER = /-?\d{1,400}(?:\.\d{1,400})?(?:[eE][+-]?\d{1,4})?(?=[\s,\]}]|$)/y;
const STRUCTURE = /["{}[\]\n]|-?\d+/g;
const SECRET_KIND = /["']?\bkind["']?\s{0,4}:\s{0,4}["']?Secret\b/;

// The character before, spaces aside: what stands before a string of JSON, and not before a quotation.
const before = (text: string, at: number): string => {
  let back = at - 1;
  while (back >= 0 && at - back < 4096 && /\s/.test(text[back] ?? '')) back -= 1;
  return text[back] ?? '';
};
// What stands behind a value; `"key"]=>` and `"key"=>` are of other languages.
const ENDS = /^\s*(?:$|[,}\n]|\](?!\s?=))/;
// What a value begins with; anything else behind a key is not of JSON, and is read as text with its key.
const VALUE = /^\s*(?:["{[\d-]|true|false|null|$)/;
const COLON = /\s{0,64}:(?!:)/y;

/**
 * Cleans the strings and numbers of JSON, of one document or of documents and pieces of them in other text, by the names they stand
 * behind. Everything else (spaces, order, duplicate keys, the spelling of numbers and escapes) stays as it was.
 */
export const cleanJson = (text: string, put: Put, within: Within): string => {
  if (!text.includes('"')) return within.plain(text);
  const secretMaps = SECRET_KIND.test(text);
  const frames: Frame[] = [];
  let [out, done, skipped] = ['', 0, 0];
  const replace = (start: number, end: number, becomes: string): void => {
    out += within.plain(text.slice(done, start)) + becomes;
    done = end;
  };
  const scalar = (value: string, at: number): string | null => {
    const frame = frames.at(-1);
    return cleanScalar(
      {
        ...namesOf(frames),
        value,
        before: frame?.before ?? '',
        command: frame?.command ?? '',
        secretMaps,
        around: text.slice(Math.max(0, at - 3000), at + 1000),
      },
      put,
    );
  };
  const note = (value: string): void => {
    const frame = frames.at(-1);
    if (!frame) return;
    if (frame.array) {
      frame.before = value;
      if (frame.command === '' || !value.startsWith('-')) frame.command = `${frame.command} ${value}`.slice(-60);
    } else if (/^(?:name|key|header|k)$/i.test(frame.key)) frame.said = value.slice(0, 200);
    frame.key = '';
  };
  const string = (at: number): number => {
    const end = stringEnd(text, at);
    if (end < 0) {
      // All quotes after it in this line are escaped: none of them opens a string that closes. A value that is cut off is one still.
      const line = text.indexOf('\n', at);
      const stop = line < 0 ? text.length : line;
      if (!frames.at(-1)?.array && (frames.at(-1)?.key ?? '') === '') return stop;
      const value = readString(text.slice(at + 1, stop));
      const cleaned = within.inner(scalar(value, at) ?? value);
      if (cleaned !== value) replace(at, stop, `"${writeString(cleaned)}`);
      return stop;
    }
    COLON.lastIndex = end;
    const isKey = COLON.test(text) && !(frames.at(-1)?.array ?? false);
    // What is within is read with the same expression.
    const behindColon = COLON.lastIndex;
    const standing = before(text, at);
    const value = readString(text.slice(at + 1, end - 1));
    if (isKey && /^$|[{,\n]/.test(standing)) {
      if (frames.length === 0) frames.push(frameOf(false, ''));
      const frame = frames.at(-1) ?? frameOf(false, '');
      // An empty key is a key too.
      frame.key = value.slice(0, 200) || ' ';
      const key = /\d{7}|@|\.\w|[:=]/.test(value) ? within.inner(value) : value;
      COLON.lastIndex = end;
      COLON.test(text);
      if (VALUE.test(text.slice(COLON.lastIndex, COLON.lastIndex + 80)))
        replace(at, end, key === value ? text.slice(at, end) : `"${writeString(key)}"`);
      return behindColon;
    }
    const alone =
      standing === '' &&
      frames.length === 0 &&
      at < 64 &&
      /^\s*$/.test(text.slice(end, end + 64)) &&
      text.length - end < 64;
    const frame = frames.at(-1);
    if (
      !alone &&
      (!frame ||
        !/[:[,]/.test(standing) ||
        !(frame.array || frame.key !== '') ||
        !ENDS.test(text.slice(end, end + 200)))
    )
      return end;
    const cleaned = within.inner(scalar(value, at) ?? value);
    note(value);
    replace(at, end, cleaned === value ? text.slice(at, end) : `"${writeString(cleaned)}"`);
    return end;
  };
  const number = (at: number, end: number): number => {
    const frame = frames.at(-1);
    NUMBER.lastIndex = at;
    const found =
      frame && /[:[,]/.test(before(text, at)) && (frame.array || frame.key !== '') ? NUMBER.exec(text)?.[0] : undefined;
    if (found === undefined) return end;
    const cleaned = scalar(found, at);
    if (frame) frame.key = '';
    if (cleaned !== null && cleaned !== found) replace(at, at + found.length, `"${writeString(cleaned)}"`);
    return at + found.length;
  };
  const bracket = (character: string): void => {
    if (character === '{' || character === '[') {
      if (frames.length >= DEEPEST) skipped += 1;
      else
        frames.push(
          frameOf(character === '[', frames.at(-1)?.array ? frames.at(-1)?.name || '' : frames.at(-1)?.key || ''),
        );
    } else if (skipped > 0) skipped -= 1;
    else if (frames.at(-1)?.array === (character === ']')) {
      frames.pop();
      const holder = frames.at(-1);
      if (holder) holder.key = '';
    }
  };
  STRUCTURE.lastIndex = 0;
  for (let found = STRUCTURE.exec(text); found; found = STRUCTURE.exec(text)) {
    const [token] = found;
    const at = found.index;
    if (token === '"') STRUCTURE.lastIndex = string(at);
    else if (token === '\n') {
      if (!/[\s"{}[\],]/.test(text[at + 1] ?? ' ')) frames.length = 0;
    } else if (/[{}[\]]/.test(token)) bracket(token);
    else STRUCTURE.lastIndex = Math.max(at + 1, number(at, at + token.length));
  }
  return out + within.plain(text.slice(done));
};
