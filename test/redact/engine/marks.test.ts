import { expect, test } from 'vitest';
import { markerOf } from '../../../src/redact/marks.ts';
import { presentIn } from '../../../src/redact/present.ts';
import { sieveOf } from '../../../src/redact/sieve.ts';
import { placesOfTrigger } from '../../../src/redact/trigger.ts';

const numbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
};

/** Lines that a regular expression finds, for comparison. */
const linesWith = (text: string, triggers: readonly string[]): readonly number[] => {
  const patterns = triggers.map((trigger) => new RegExp(trigger, 'i'));
  const marks: number[] = [];
  let at = 0;
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    if (patterns.some((pattern) => pattern.test(line.replace(/\n$/, '')))) marks.push(at, at + line.length);
    at += line.length;
  }
  return marks;
};

const TRIGGERS = [
  'passw',
  'ab[0-9]{2,4}c',
  'x[^a ]y?z',
  '[+][0-9]{7}',
  'a\\.b',
  '^start',
  'q[a-c]+d',
  'k-?l',
  '["\'\\\\ ]=',
  '[\\]]!',
];

test('marks the very lines that the same patterns find one by one, in text of any kind', () => {
  const next = numbers(7);
  const letters = 'ab01c x+yz.\nqdkl-="\\]!passwstart23456789\n';
  const mark = markerOf(TRIGGERS.map(placesOfTrigger));
  for (let round = 0; round < 60; round += 1) {
    const text = Array.from({ length: round * 211 }, () => letters[next() % letters.length]).join('');
    expect(mark(Buffer.from(text, 'latin1'))).toEqual(linesWith(text, TRIGGERS));
  }
});

test('a block of which more states come than are kept is marked as a whole rather than not at all', () => {
  const next = numbers(3);
  const many = Array.from(
    { length: 40 },
    (_, at) => `[${String.fromCharCode(97 + (at % 26))}x][^ ]{1,200}q${at}[0-9]z`,
  );
  const mark = markerOf(many.map(placesOfTrigger));
  const text = Array.from({ length: 200_000 }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[next() % 36]).join('');
  const found = linesWith(`${text}\n`, many);
  const marks = mark(Buffer.from(`${text}\n`, 'latin1'));
  for (let at = 0; at < found.length; at += 2) expect(marks.some((start) => start <= (found[at] ?? 0))).toBe(true);
});

test('a trigger is characters, classes and counts; what it does not know it refuses', () => {
  for (const wrong of ['(a|b)', 'a|b', 'a$']) expect(() => placesOfTrigger(wrong)).toThrow('is no trigger');
  expect(() => markerOf([placesOfTrigger('a?')])(Buffer.from('b'))).not.toThrow();
});

test('of many rules those are present that have a trigger in the text, in their order', () => {
  const rule = (id: string, ...triggers: readonly string[]) =>
    ({ id, tier: 'credential', kind: id, triggers, apply: (text: string) => text }) as const;
  const present = presentIn([rule('one', 'alpha'), rule('two', 'beta', '^gam+a'), rule('three', '[0-9]{3}')]);
  const ids = (text: string) => present(text).map(({ id }) => id);
  expect(ids('123 then Alpha')).toEqual(['one', 'three']);
  expect(ids('x\ngammma')).toEqual(['two']);
  expect(ids('a gama 12 alph')).toEqual([]);
});

test('the sieve finds each of thousands of texts at every place, and nothing that is only near', () => {
  const texts = Array.from({ length: 5000 }, (_, at) => `k${(at * 7919 + 1_000_003).toString(36)}.${at}`);
  const sieve = sieveOf(texts);
  for (const at of [0, 1, 2, 3, 777, 4999]) {
    const text = texts[at] ?? '';
    for (let shift = 0; shift < 9; shift += 1) {
      expect(sieve(Buffer.from(`${'-'.repeat(shift)}${text}-`), 0)).toBe(shift);
      expect(sieve(Buffer.from(`${'-'.repeat(shift)}${text.slice(0, -1)}~`), 0)).toBe(-1);
    }
  }
});
