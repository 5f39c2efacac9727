import type { Form } from './rule.ts';
import { Uncleanable } from './uncleanable.ts';

/** What a file is: text of a form, in UTF-16 or not, or an archive whose members are cleaned. */
export type Kind =
  | { readonly kind: 'text'; readonly form: Form; readonly wide: 'le' | 'be' | null }
  | { readonly kind: 'gz' | 'tar' | 'zip' };

/** How many bytes of a file's beginning are looked at. */
export const HEAD = 64 * 1024;

const starts = (head: Buffer, bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);

/** Beginnings of files whose text, if there is any, cannot be reached. */
const CLOSED: readonly (readonly [readonly number[], string])[] = [
  [[0x7f, 0x45, 0x4c, 0x46], 'it is a program or a core dump'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'it is packed with zstd, which is not opened here'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'it is packed with xz, which is not opened here'],
  [[0x42, 0x5a, 0x68], 'it is packed with bzip2, which is not opened here'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'it is a 7z archive, which is not opened here'],
  [[0x52, 0x61, 0x72, 0x21], 'it is a rar archive, which is not opened here'],
  [[0x04, 0x22, 0x4d, 0x18], 'it is packed with lz4, which is not opened here'],
  [[0x1f, 0x9d], 'it is packed with compress, which is not opened here'],
  [[0x89, 0x50, 0x4e, 0x47], 'it is a picture'],
  [[0xff, 0xd8, 0xff], 'it is a picture'],
  [[0x47, 0x49, 0x46, 0x38], 'it is a picture'],
  [[0x25, 0x50, 0x44, 0x46], 'it is a PDF document'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'it is a database file'],
  [[0xca, 0xfe, 0xba, 0xbe], 'it is a compiled program'],
  [[0xac, 0xed, 0x00, 0x05], 'it is a Java object dump'],
];

const NUL = 0;
const SPACE = 32;
const ESCAPE = 27;
const WHITE = new Set([9, 10, 12, 13, ESCAPE]);

/** Share of bytes that may be control characters, or parts of no character, in what still counts as text. */
const MOST_STRANGE = 0.3;

/** Whether bytes are text for the most part; bad UTF-8 and control bytes may stand in it. */
const isMostlyText = (bytes: Buffer): boolean => {
  if (bytes.length === 0) return true;
  let strange = 0;
  for (const byte of bytes) if ((byte < SPACE && !WHITE.has(byte)) || byte === 127) strange += 1;
  const unreadable = bytes.toString('utf8').split('\ufffd').length - 1;
  return (strange + unreadable) / bytes.length <= MOST_STRANGE;
};

/** UTF-16 by its mark, or by the zero in every second byte of Latin text. */
const wideOf = (head: Buffer): 'le' | 'be' | null => {
  if (starts(head, [0xff, 0xfe])) return 'le';
  if (starts(head, [0xfe, 0xff])) return 'be';
  if (head.length < 4) return null;
  const zeros = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === NUL) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const most = head.length * 0.3;
  if (odd > most && even < odd / 8) return 'le';
  return even > most && odd < even / 8 ? 'be' : null;
};

const BY_NAME: readonly (readonly [RegExp, Form])[] = [
  [/\.(json|har|webmanifest|map)$/i, 'json'],
  [/\.(ya?ml)$/i, 'yaml'],
  [/(^|\/)(\.env(\.[\w-]+)?|[^/]*\.env|env)$/i, 'env'],
  [/\.(log|jsonl|ndjson|out|err|csv|tsv)$/i, 'log'],
];

const isOneDocument = (head: string): boolean => {
  if (!/^\s*[{[]/.test(head)) return false;
  const first = head.trimStart().split('\n', 2);
  // A line that is a document by itself, and another one below it: a log of such lines.
  try {
    JSON.parse(first[0] ?? '');
    return (first[1] ?? '').trim() === '';
  } catch {
    return /^\s*(\{\s*"|\[\s*[[{"\]\d])/.test(head) && !/^\s*\[[A-Z0-9]/.test(head);
  }
};

const textForm = (path: string, head: string): Form => {
  // Rotated files carry a number or a date behind their name.
  const name = path.replace(/([.-](\d{1,8}|old|bak|orig))+$/i, '');
  const named = BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
  if (named === 'json') return isOneDocument(head) ? 'json' : 'log';
  return named ?? (isOneDocument(head) ? 'json' : 'log');
};

/** What a file is, by its name and its beginning. Throws an Uncleanable for what holds text that cannot be reached, or none. */
export const kindOf = (path: string, head: Buffer): Kind => {
  if (starts(head, [0x1f, 0x8b])) return { kind: 'gz' };
  if (starts(head, [0x50, 0x4b, 3, 4]) || starts(head, [0x50, 0x4b, 5, 6])) return { kind: 'zip' };
  if (head.length > 262 && head.toString('latin1', 257, 262) === 'ustar') return { kind: 'tar' };
  const closed = CLOSED.find(([bytes]) => starts(head, bytes));
  if (closed) throw new Uncleanable(closed[1]);
  const wide = wideOf(head);
  if (wide) return { kind: 'text', form: textForm(path, new TextDecoder(`utf-16${wide}`).decode(head)), wide };
  if (!isMostlyText(head)) throw new Uncleanable('it is a binary file of a kind that is not known here');
  return { kind: 'text', form: textForm(path, head.toString('utf8')), wide: null };
};
