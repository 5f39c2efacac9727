import { describe, expect, test } from 'vitest';
import { literalsOf } from '../../../src/redact/literals.ts';

const rule = { id: 'credential.password', tier: 'credential', kind: 'password' } as const;
const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const removed = (value: string, text: string, json = false): string =>
  literalsOf([{ rule, value: latin1(value) }]).removed(latin1(text), () => '[label]', json);

const VALUE = `p&s<w>"o'r/d $x\\é`;
const json = JSON.stringify(VALUE).slice(1, -1);
const url = encodeURIComponent(VALUE).replace(/['()!*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
const ascii = json.replace(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

describe('a value goes however it is written', () => {
  const spellings: Record<string, string> = {
    raw: VALUE,
    'in JSON': json,
    'in JSON twice': JSON.stringify(json).slice(1, -1),
    'in JSON, ASCII alone': ascii,
    'in JSON as Go writes it': json.replace(/[&<>]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`),
    'in JSON, every character escaped': Array.from(
      VALUE,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ).join(''),
    'in a URL': url,
    'in a URL, lower case': url.replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase()),
    'in a form, + for a space': url.replaceAll('%20', '+'),
    'in HTML': VALUE.replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#x27;'),
    'in hex': Buffer.from(VALUE).toString('hex'),
    'in hex, upper case': Buffer.from(VALUE).toString('hex').toUpperCase(),
    'in single quotes of a shell': VALUE.replaceAll("'", "'\\''"),
    'in single quotes of YAML': VALUE.replaceAll("'", "''"),
    'in Compose, $ doubled': VALUE.replaceAll('$', '$$$$'),
  };
  test.each(Object.entries(spellings))('%s', (_, spelling) => {
    expect(removed(VALUE, `before ${spelling} after`)).toBe('before [label] after');
  });
  test.each([0, 1, 2, 3, 4, 5])('in base64 behind %i other bytes, in either alphabet', (before) => {
    const value = 'Zw0lf-B0xk(mpfer?~~';
    const text = Buffer.from(`${'u'.repeat(before)}${value}:rest`).toString('base64');
    expect(removed(value, text)).toContain('[label]');
    expect(removed(value, text.replaceAll('+', '-').replaceAll('/', '_'))).toContain('[label]');
  });
});

test('a value is no pattern', () => {
  expect(removed('a.c$^*(x', 'abc$^*(x a.c$^*(x')).toBe('abc$^*(x [label]');
});

test('case counts', () => {
  expect(removed('SecretValue', 'secretvalue SecretValue')).toBe('secretvalue [label]');
});

test('a short value goes as a whole word; a number goes where it is the whole number', () => {
  expect(removed('k9x2', 'k9x2 ak9x2 k9x2b (k9x2)')).toBe('[label] ak9x2 k9x2b ([label])');
  expect(removed('365005', '1365005 365005 3650051 x365005')).toBe('1365005 [label] 3650051 x[label]');
});

test('a word that logs are full of stays: to remove it would blank them', () => {
  for (const word of ['whatsapp', 'mysql', 'true', 'postgres', 'wacore', 'app_wacore_1', '5432', 'aaaaaaaa', '10.0.3'])
    expect(removed(word, `x ${word} y`)).toBe(`x ${word} y`);
});

test('a value of several lines goes as one, and line by line', () => {
  const value = 'first-part-of-it\nsecond-part-of-it';
  expect(removed(value, `a\n${value}\nb`)).toBe('a\n[label]\nb');
  expect(removed(value, 'x second-part-of-it y')).toBe('x [label] y');
  expect(removed(value, '{"k":"first-part-of-it\\nsecond-part-of-it"}')).toBe('{"k":"[label]"}');
});

test('a bare number in JSON becomes a string', () => {
  expect(JSON.parse(removed('365005', '{"pin": 365005, "x":[365005], "y":"365005"}', true))).toEqual({
    pin: '[label]',
    x: ['[label]'],
    y: '[label]',
  });
});

test('a thousand values cost no more than one: the time is that of the text', () => {
  const values = Array.from({ length: 1000 }, (_, at) => ({
    rule,
    value: `S3cret-${(at * 7919 + 104729).toString(36)}-${at}`,
  }));
  const all = literalsOf(values);
  const text = `${'2026-01-01T00:00:00Z INFO delivered in 12 ms id=abcdef '.repeat(20_000)}${values[500]?.value}`;
  const started = performance.now();
  expect(all.removed(text, () => '[label]', false).endsWith('[label]')).toBe(true);
  expect(performance.now() - started).toBeLessThan(2000);
});
