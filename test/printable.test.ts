import { describe, expect, it } from 'vitest';
import { oneLine, printable, printableDeep, printableJson } from '../src/printable.ts';

/** A small generator of numbers below `limit`, the same in every run (mulberry32). */
const numbers = (seed: number) => {
  let state = seed;
  return (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
};

const PIECES = [
  '\x1b[31m',
  '\x1b]52;c;aGk=\x07',
  '\x1b]8;;http://a\x1b\\',
  '\x9b31m',
  '\x90q',
  '\u202e',
  '\u2066',
  '\u200b',
  '\ufeff',
  '\u2028',
  '\ud800',
  '\udc00',
  '\u{e0041}',
  '\r\n',
  '\r',
  '\b\b',
  '\x00',
  '\x7f',
  '\u00ad',
  '\u061c',
  '\t',
  'ไทย',
  '漢字',
  '😀',
  'é',
  'plain',
  '\\x1b',
  '…',
];
// Written out anew, so that a hole in the tool's own table shows.
const isBad = (code: number): boolean =>
  (code < 0x20 && code !== 0x09 && code !== 0x0a) ||
  (code >= 0x7f && code <= 0x9f) ||
  (code >= 0xd800 && code <= 0xdfff) ||
  (code >= 0x200b && code <= 0x200f) ||
  (code >= 0x2028 && code <= 0x202e) ||
  (code >= 0x2060 && code <= 0x206f) ||
  (code >= 0xe0000 && code <= 0xe007f) ||
  [0xad, 0x61c, 0x180e, 0xfeff].includes(code);
const bad = (text: string): readonly number[] => [...text].map((one) => one.codePointAt(0) ?? 0).filter(isBad);

describe('printable', () => {
  it('leaves nothing unprintable of 10,000 strings, is idempotent, and is cheap', () => {
    const below = numbers(42);
    const texts = Array.from({ length: 10_000 }, () =>
      Array.from({ length: below(24) }, () =>
        below(3) === 0 ? String.fromCharCode(below(0x10000)) : (PIECES[below(PIECES.length)] ?? ''),
      ).join(''),
    );
    const since = performance.now();
    const clean = texts.map(printable);
    expect(performance.now() - since).toBeLessThan(2000);
    for (const [at, text] of clean.entries()) {
      expect(bad(text), JSON.stringify(texts[at])).toEqual([]);
      expect(printable(text)).toBe(text);
      expect(text.isWellFormed()).toBe(true);
    }
  });

  it('spells out what it takes away', () => {
    expect(printable('a\x1b[31mb')).toBe('a\\x1b[31mb');
    expect(printable('\u202eabc')).toBe('\\u{202e}abc');
    expect(printable('x\ud800y')).toBe('x\ufffdy');
    expect(printable('\u{e0041}')).toBe('\\u{e0041}');
  });

  it('keeps every script, emoji, tabs and newlines', () => {
    for (const text of ['ทดสอบภาษาไทย', '漢字 한국어', 'naïve – “quoted”', '😀👍🏽', 'a\tb\nc'])
      expect(printable(text)).toBe(text);
    expect(printable('a\r\nb')).toBe('a\nb');
  });

  it('cuts at 4096 characters, never through a pair', () => {
    expect(printable('a'.repeat(4096))).toHaveLength(4096);
    expect(printable('a'.repeat(5000))).toBe(`${'a'.repeat(4096)}…`);
    expect(printable(`${'a'.repeat(4095)}😀b`).isWellFormed()).toBe(true);
    const long = printable(`${'\x1b'.repeat(5000)}`);
    expect(long.length).toBeLessThanOrEqual(4097);
    expect(printable(long).length).toBeLessThanOrEqual(4097);
  });

  it('is cheap on a large hostile text', () => {
    const since = performance.now();
    printable('\x1b]52;'.repeat(200_000));
    expect(performance.now() - since).toBeLessThan(2000);
  });

  it('makes one line of many', () => {
    expect(oneLine('  a\r\n  b\n\n c\td ')).toBe('a · b · c d');
  });

  it('reaches keys and values at any depth', () => {
    const deep = { 'k\x1b': ['a\x07', { b: '\u200b' }], n: 1, t: true, z: null };
    expect(printableDeep(deep)).toEqual({ 'k\\x1b': ['a\\x07', { b: '\\u{200b}' }], n: 1, t: true, z: null });
    expect(bad(JSON.stringify(printableDeep(deep)))).toEqual([]);
  });
});

describe('printableJson', () => {
  it('shows nothing unprintable, and gives the same data back', () => {
    const below = numbers(7);
    const text = Array.from({ length: 5000 }, () => PIECES[below(PIECES.length)] ?? '').join('');
    const data = { [text]: [text, 1, null], tag: '\u{e0041}', pair: '\u0085\ufeff' };
    const json = printableJson(data, 1);
    expect(bad(json)).toEqual([]);
    expect(JSON.parse(json)).toEqual(data);
  });
});
