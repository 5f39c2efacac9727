import { describe, expect, test } from 'vitest';
import { redactorOf } from '../../src/redact/redactor.ts';
import { FORMS, type Form } from '../../src/redact/rule.ts';
import { Uncleanable } from '../../src/redact/uncleanable.ts';
import { corpusOf } from './corpus/corpus.ts';
import { type Draw, drawOf } from './corpus/draw.ts';

const redactor = redactorOf({
  key: new Uint8Array(32).fill(3),
  literals: [{ rule: { id: 'known', tier: 'credential', kind: 'password' }, value: 'S3cret/of"this<host>' }],
  own: [],
  keepNetwork: false,
});

const clean = (bytes: Uint8Array, form: Form): string =>
  Buffer.from(redactor.block(bytes, form).bytes).toString('latin1');

const FRAGMENTS = [
  ...[
    'password',
    '"token":"',
    '=',
    ': ',
    '\\"',
    '\\',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    '\n',
    '\r\n',
    ' ',
    '\t',
    ',',
    '\0',
  ],
  ...[
    '+49 151 2345678',
    '10.1.2.3',
    '-----BEGIN PRIVATE KEY-----',
    '-----END',
    'eyJhbGciOi.eyJh.x',
    'S3cret/of"this<host>',
  ],
  ...[
    'Authorization: Basic ',
    'QUJDREVG',
    '%2B',
    '\\u0026',
    '\xff\xfe',
    '\xe0\xb8',
    'a@b.example',
    '::1',
    '02:42:',
    '|\n  ',
  ],
  ...['postgres://u:p@h/d', '"body":"', '- name: x\n  value: y\n', '$(', '`', '#', '--password ', '\x1b[1m'],
] as const;

const soup = (draw: Draw): Buffer =>
  Buffer.from(Array.from({ length: draw.between(1, 60) }, () => draw.pick(FRAGMENTS)).join(''), 'latin1');

const noise = (draw: Draw): Buffer => Buffer.from(Array.from({ length: draw.between(0, 400) }, () => draw.below(256)));

const KEYS = [
  'password',
  'to',
  'body',
  'id',
  'text',
  'token',
  'n',
  'url',
  'Env',
  'key',
  '',
  'a"b',
  'é',
  'headers',
  'data',
] as const;

const value = (draw: Draw, depth: number): unknown => {
  const kind = draw.below(depth > 5 ? 5 : 8);
  if (kind === 0) return draw.between(-9_999_999_999, 9_999_999_999);
  if (kind === 1) return draw.pick([null, true, false, 0.5, 1e21, 4915112345678]);
  if (kind < 4) return soup(draw).toString('latin1');
  if (kind === 4) return JSON.stringify(value(draw, depth + 2));
  if (kind < 6) return Array.from({ length: draw.below(5) }, () => value(draw, depth + 1));
  return Object.fromEntries(Array.from({ length: draw.below(5) }, () => [draw.pick(KEYS), value(draw, depth + 1)]));
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'latin1').toString());
  } catch {
    return undefined;
  }
};

/** Keys and kinds of values, without the values; what is not a container is one kind, since a label is a string. */
const shape = (json: unknown): unknown => {
  if (Array.isArray(json)) return json.map(shape);
  if (json === null || typeof json !== 'object') return '';
  return Object.values(json).map(shape);
};

const linesOf = (text: string): number => text.split('\n').length;

/** A file may be refused with a reason, and with nothing else. */
const orRefused = (call: () => void): void => {
  try {
    call();
  } catch (error) {
    if (!(error instanceof Uncleanable)) throw error;
  }
};

describe('any bytes', () => {
  test.each(FORMS)('pass as %s, or are refused by name', (form) => {
    const draw = drawOf(`fuzz/${form}`);
    for (let at = 0; at < 600; at += 1) {
      const bytes = draw.chance(0.3) ? noise(draw) : soup(draw);
      orRefused(() => {
        const once = clean(bytes, form);
        expect(once).not.toContain('S3cret/of"this<host>');
        if (form === 'log') expect(linesOf(once)).toBe(linesOf(bytes.toString('latin1')));
        const twice = clean(Buffer.from(once, 'latin1'), form);
        expect(linesOf(twice)).toBe(linesOf(once));
      });
    }
  });
});

describe('JSON stays JSON', () => {
  test.each(['json', 'log', 'text'] as const)('as %s', (form) => {
    const draw = drawOf(`json/${form}`);
    for (let at = 0; at < 800; at += 1) {
      const before = JSON.stringify({ v: value(draw, 0) }, null, form === 'json' && draw.chance(0.5) ? 2 : undefined);
      const once = parsed(clean(Buffer.from(before), form));
      expect(once, before).not.toBe(undefined);
      if (form === 'json') expect(shape(once), before).toEqual(shape(JSON.parse(before)));
      const twice = parsed(clean(Buffer.from(JSON.stringify(once)), form));
      expect(shape(twice), before).toEqual(shape(once));
    }
  });
});

test('a log is cleaned the same wherever a block of it begins', () => {
  const { files } = corpusOf('shifted');
  const log = Buffer.from(files.get('vendor/coreapp/wacore-1.log') ?? []);
  const expected = clean(log, 'log');
  expect(expected).not.toBe(log.toString('latin1'));
  for (let shift = 1; shift <= 64; shift += 1) {
    const before = Buffer.from(`${'x'.repeat(shift)}\n`);
    expect(clean(Buffer.concat([before, log]), 'log').slice(shift + 1)).toBe(expected);
  }
});
