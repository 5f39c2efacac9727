import { bytesOf } from './shapes.ts';

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Where the string that opens at `from` ends, after its closing quote; -1 where its line or the text ends before. */
export const stringEnd = (text: string, from: number): number => {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    if (code === 92) at += 1;
    else if (code === 10) return -1;
  }
  return -1;
};

/** What a string of JSON says, as bytes of UTF-8; `inner` is without its quotes. */
export const readString = (inner: string): string =>
  inner.includes('\\')
    ? inner.replace(/(?:\\u[0-9a-fA-F]{4})+|\\([\s\S])/g, (whole, plain: string | undefined) => {
        if (plain !== undefined) return ESCAPES[plain] ?? plain;
        const units = whole.split('\\u').slice(1);
        return bytesOf(String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))));
      })
    : inner;

/** The inside of a string of JSON that says a text. */
export const writeString = (text: string): string =>
  text.replace(/["\\]|[^ -\uffff]/g, (character) => {
    const short = Object.entries(ESCAPES).find(([, meant]) => meant === character)?.[0];
    if (short) return `\\${short}`;
    return character < ' ' ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : `\\${character}`;
  });
