import { DEEPEST } from './depth.ts';
import { oneLine } from './printable.ts';

/** More values than any file of this tool holds: what is parsed of a value takes many times its place in a file. */
const MOST_VALUES = 500_000;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Where a string ends that begins at `from`: at its closing quote, or at the end of the text. */
const endOfString = (bytes: Buffer, from: number): number => {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
};

const keyIn = (bytes: Buffer, from: number, end: number): string => {
  const text = bytes.toString('utf8', from, end + 1);
  if (!text.includes('\\')) return text.slice(1, -1);
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
};

/**
 * What speaks against parsing a JSON text, as the end of a sentence; null where nothing does. Looks at brackets, commas and keys
 * alone, without building anything: whether it is JSON is for the parser to say.
 */
const refusalOf = (bytes: Buffer): string | null => {
  const open: (Set<string> | null)[] = [];
  let awaitsKey = false;
  let values = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      const end = endOfString(bytes, at);
      const keys = open.at(-1);
      if (awaitsKey && keys) {
        const key = keyIn(bytes, at, end);
        if (keys.has(key)) return `it holds the key "${oneLine(key).slice(0, 80)}" twice in one place`;
        keys.add(key);
      }
      at = end;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      open.push(byte === OPEN_OBJECT ? new Set() : null);
      if (open.length > DEEPEST) return 'it is nested deeper than any file of this tool';
      awaitsKey = byte === OPEN_OBJECT;
      values += 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      open.pop();
      awaitsKey = false;
    } else if (byte === COMMA) {
      awaitsKey = open.at(-1) instanceof Set;
      values += 1;
    } else if (byte === COLON) awaitsKey = false;
    if (values > MOST_VALUES) return `it holds more than ${MOST_VALUES} values, which no file of this tool does`;
  }
  return null;
};

/** The JSON in some bytes, a byte order mark before it allowed; else what is wrong with them, as the end of a sentence. */
export const parsedJson = (bytes: Buffer): { readonly json: unknown } | { readonly wrong: string } => {
  const wrong = refusalOf(bytes);
  if (wrong !== null) return { wrong };
  try {
    return { json: JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, '')) };
  } catch {
    return { wrong: 'it is not JSON' };
  }
};
