import { describe, expect, test } from 'vitest';
import { redactorOf } from '../../src/redact/redactor.ts';
import type { Form } from '../../src/redact/rule.ts';
import { RULES } from '../../src/redact/rules/index.ts';
import { NASTY } from './nasty.ts';
import { threadTime } from './thread-time.ts';

const KIB = 1024;

/** A rule that is this fast on 128 KiB cannot grow with the square of the length: that alone would be 10^10 steps. */
const NO_DOUBT_MS = 20;
const MOST_RATIO = 2.5;

/**
 * How many times longer twice the length takes, 1 where it is too short to tell. A short text is tried first, so that a slow
 * pattern fails and does not hang; what looks slow is measured again.
 */
const growth = (call: (text: string) => void, nasty: (length: number) => string, most = 128 * KIB): number => {
  for (let length = 4 * KIB; length <= most; length *= 4) {
    const [once, twice] = [nasty(length), nasty(2 * length)];
    if (length > 4 * KIB && threadTime(() => call(twice)) < NO_DOUBT_MS) continue;
    const first = threadTime(() => call(once), 3);
    if (first < NO_DOUBT_MS / 4) continue;
    const ratio = threadTime(() => call(twice), 3) / first;
    if (ratio > MOST_RATIO && threadTime(() => call(twice), 5) / threadTime(() => call(once), 5) > MOST_RATIO)
      return ratio;
  }
  return 1;
};

const slow = (call: (text: string) => void): readonly string[] =>
  Object.entries(NASTY).flatMap(([name, nasty]) => {
    const ratio = growth(call, nasty);
    return ratio <= MOST_RATIO ? [] : [`${name}: ${ratio.toFixed(1)} times the time for twice the length`];
  });

describe('every rule takes linear time', () => {
  test.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
    expect(slow((text) => void rule.apply(text, () => '[x]'))).toEqual([]);
  });

  test('a pattern of quadratic time would be seen', () => {
    expect(slow((text) => void text.replace(/a+!/g, ''))).toContainEqual(expect.stringContaining('letters'));
  });
});

const redactor = redactorOf({ key: new Uint8Array(32).fill(7), literals: [], own: [], keepNetwork: false });

describe('the whole redactor takes linear time', () => {
  test.each(['log', 'json', 'yaml', 'env'] as const)('as %s', (form: Form) => {
    expect(slow((text) => void redactor.block(Buffer.from(text, 'latin1'), form))).toEqual([]);
  });

  test('a line of 2 MB takes a tenth of the 2 s that one of 20 MB may', () => {
    // Three times as much is let pass: the machine may be busy. The bench has the figure.
    const clean = (line: Buffer) => threadTime(() => void redactor.block(line, 'log'));
    const slowest = Object.entries(NASTY).flatMap(([name, nasty]) => {
      const [short, long] = [64 * KIB, 2_000_000].map((length) => Buffer.from(nasty(length), 'latin1'));
      if (!short || !long || clean(short) > 100) return [`${name}: too slow to be tried with 2 MB`];
      const ms = clean(long);
      return ms < 600 || clean(long) < 600 ? [] : [`${name}: ${Math.round(ms)} ms`];
    });
    expect(slowest).toEqual([]);
  });
});
