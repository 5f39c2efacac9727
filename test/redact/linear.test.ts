import { describe, expect, test } from 'vitest';
import { redactorOf } from '../../src/redact/redactor.ts';
import type { Form } from '../../src/redact/rule.ts';
import { RULES } from '../../src/redact/rules/index.ts';
import { NASTY } from './nasty.ts';
import { threadTime, wallTime } from './thread-time.ts';

const KIB = 1024;

/** A rule that reads 64 KiB in this time does not grow with the square of the length: that alone would be 2 * 10^9 steps. */
const NO_DOUBT_MS = 25;
const MOST_RATIO = 2.5;

/** Wall time, the better of two where the first looks slow: the machine may be busy. */
const quick = (call: () => void): number => {
  const first = wallTime(call);
  return first < NO_DOUBT_MS / 8 ? first : Math.min(first, wallTime(call));
};

const grown = (call: (text: string) => void, once: string, twice: string, readings: number): number =>
  threadTime(() => call(twice), readings) / threadTime(() => call(once), readings);

/**
 * How many times longer twice the length takes, 1 where there is no doubt. A short text comes first, so that a slow pattern fails and
 * does not hang; what looks slow is measured again.
 */
const growth = (call: (text: string) => void, nasty: (length: number) => string): number => {
  for (const length of [4 * KIB, 32 * KIB]) {
    const [once, twice] = [nasty(length), nasty(2 * length)];
    if (quick(() => call(twice)) < (NO_DOUBT_MS * length) / (32 * KIB)) continue;
    const ratio = [1, 2, 4].reduce(
      (least, readings) => (least <= MOST_RATIO ? least : Math.min(least, grown(call, once, twice, readings))),
      Number.POSITIVE_INFINITY,
    );
    if (ratio <= MOST_RATIO) continue;
    // What looks ahead as far as a fixed length grows until a line is that long; what is worse grows there too.
    if (wallTime(() => call(nasty(32 * KIB))) > 500) return ratio;
    const far = Math.min(...[1, 3].map((readings) => grown(call, nasty(128 * KIB), nasty(256 * KIB), readings)));
    if (far > MOST_RATIO) return far;
  }
  return 1;
};

const slow = (call: (text: string) => void, names = Object.keys(NASTY)): readonly string[] =>
  names.flatMap((name) => {
    const nasty = NASTY[name];
    if (!nasty) throw new Error(`no nasty text is called ${name}`);
    const ratio = growth(call, nasty);
    return ratio <= MOST_RATIO ? [] : [`${name}: ${ratio.toFixed(1)} times the time for twice the length`];
  });

/** Those that what reads a structure may stumble over; the bench has all of them, and longer. */
const STRUCTURED = [
  ...['quotes', 'escaped quotes', 'opening brackets', 'opening braces', 'brackets and quotes', 'nested JSON'],
  ...['YAML flow', 'quoted keys', 'a key before spaces', 'an open quote', 'mixed'],
];
const LONG = [
  'letters',
  'spaces',
  'equals signs',
  'quotes',
  'digits',
  'nested brackets',
  'letters before a mark',
  'mixed',
];

describe('every rule takes linear time', () => {
  test.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
    expect(slow((text) => void rule.apply(text, () => '[x]'))).toEqual([]);
  });

  test('a pattern of quadratic time would be seen', () => {
    expect(slow((text) => void text.replace(/a+!/g, ''), ['letters'])).toContainEqual(
      expect.stringContaining('letters'),
    );
  });
});

const redactor = redactorOf({ key: new Uint8Array(32).fill(7), literals: [], own: [], keepNetwork: false });

describe('the whole redactor takes linear time', () => {
  test.each(['log', 'json', 'yaml', 'env'] as const)(
    'as %s',
    (form: Form) => {
      expect(
        slow((text) => void redactor.block(Buffer.from(text, 'latin1'), form), form === 'log' ? undefined : STRUCTURED),
      ).toEqual([]);
    },
    180_000,
  );

  test('a line of 2 MB takes a tenth of the 2 s that one of 20 MB may', () => {
    // Five times as much is let pass: the machine may be busy. The bench has the figure.
    const clean = (line: Buffer) => threadTime(() => void redactor.block(line, 'log'));
    const slowest = LONG.flatMap((name) => {
      const [short, long] = [64 * KIB, 2_000_000].map((length) => Buffer.from(NASTY[name]?.(length) ?? '', 'latin1'));
      if (!short || !long || clean(short) > 100) return [`${name}: too slow to be tried with 2 MB`];
      const ms = clean(long);
      return ms < 1000 || clean(long) < 1000 ? [] : [`${name}: ${Math.round(ms)} ms`];
    });
    expect(slowest).toEqual([]);
  });
});
