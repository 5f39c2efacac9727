import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { learnFrom } from '../../../src/redact/learn.ts';
import { readOwnRules, whyRefused } from '../../../src/redact/own-rules.ts';
import { labelsOf } from '../../../src/redact/pseudonyms/labels.ts';
import { cleanText } from '../../../src/redact/text.ts';
import { cleanWhole } from '../../../src/redact/whole.ts';

const labels = labelsOf(new Uint8Array(32).fill(9), false);

const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
const KEYS = ['password', 'to', 'body', 'n', 'pin', 'text', 'profile', 'name', 'env', 'é', 'value', 'data'];
const SCALARS = [
  'Xk3 "q"\\',
  'DB_PASSWORD=a"b',
  '{"token":"Ab3\\\\"}',
  '+66812345678',
  '10.1.2.3',
  'line\nline',
  'ü\u0007',
  '',
  12345,
  1.5e30,
  true,
  null,
  66812345678,
];
const value = (next: () => number, depth: number): unknown => {
  const pick = Math.floor(next() * 10);
  if (depth > 4 || pick < 5) return SCALARS[Math.floor(next() * SCALARS.length)];
  const size = Math.floor(next() * 4);
  if (pick < 7) return Array.from({ length: size }, () => value(next, depth + 1));
  return Object.fromEntries(
    Array.from({ length: size }, () => [KEYS[Math.floor(next() * KEYS.length)] ?? 'n', value(next, depth + 1)]),
  );
};

const shape = (of: unknown): unknown => {
  if (Array.isArray(of)) return of.map(shape);
  return of && typeof of === 'object' ? Object.entries(of).map(([key, one]) => [key, shape(one)]) : 0;
};

describe('structure', () => {
  test('JSON stays JSON of the same shape, 500 documents', () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      const document = value(random(seed), 0);
      for (const text of [
        JSON.stringify(document),
        JSON.stringify(document, null, 2),
        JSON.stringify({ log: JSON.stringify(document) }),
      ]) {
        const cleaned = cleanWhole(Buffer.from(text).toString('latin1'), 'json', labels);
        const read: unknown = JSON.parse(Buffer.from(cleaned, 'latin1').toString());
        expect(shape(read)).toEqual(shape(JSON.parse(text)));
      }
    }
  });

  test('what is not cleaned keeps its spelling', () => {
    const text = '{ "a" :1e400,\n\t"a": 12345678901234567890 , "u":"\\u0041\\/", "b":[ ] }\n';
    expect(cleanWhole(text, 'json', labels)).toBe(text);
    expect(cleanWhole('{"pin": 306899}', 'json', labels)).toMatch(/^\{"pin": "\[pin-[a-z2-7]{8}\]"\}$/);
    expect(cleanText('{"a":"\\u003cx","password":"y12"', labels)).toMatch(/^\{"a":"\\u003cx","password":"\[password-/);
  });

  test('YAML stays YAML with as many lines', () => {
    const yaml = [
      'services:',
      '  db: # password: Old1pass9',
      "    environment: { A: b, DB_PASSWORD: 'x''y', L: [ TOKEN=q7Zx9 ] }",
      '    command: ["run", "--secret", "Ksvw8f46"]',
      '    env:',
      '      - name: API_KEY',
      '        value: k-1234',
      'secrets:',
      '  token.txt:',
      '    content: |-',
      '      bYTTBPynZzih6tZg1v6tnOLD',
      '      tAhCrNipR0HjXFZfTvMUHoXT',
      'folded: "password=Ab3',
      '  dEf"',
      '',
    ].join('\n');
    const cleaned = cleanWhole(yaml, 'yaml', labels);
    for (const secret of ['Old1pass9', "x''y", 'q7Zx9', 'Ksvw8f46', 'k-1234', 'bYTTBP', 'tAhCrN'])
      expect(cleaned).not.toContain(secret);
    expect(cleaned.split('\n')).toHaveLength(yaml.split('\n').length);
    expect(parseAllDocuments(cleaned).flatMap((document) => ('errors' in document ? document.errors : []))).toEqual([]);
    expect(cleaned).toContain('A: b');
  });

  test('an env file keeps its lines, and a value is all of its line', () => {
    const env =
      "A=1\nDB_PASSWORD=test#pass word\nexport TOKEN='x\ny z'\n#OLD_SECRET=abcdef\nURL=http://localhost:9090\n";
    const cleaned = cleanWhole(env, 'env', labels);
    expect(cleaned.split('\n')).toHaveLength(env.split('\n').length);
    expect(cleaned).toMatch(
      /^A=1\nDB_PASSWORD=\[password-\w{8}\]\nexport TOKEN='\[token-\w{8}\]\n'\n#OLD_SECRET=\[secret-\w{8}\]\nURL=http:\/\/localhost:9090\n$/,
    );
  });
});

describe('learning', () => {
  const values = (text: string, form: 'env' | 'json') => learnFrom(text, form).map((literal) => literal.value);

  test('takes secrets, also decoded, and given names of hosts', () => {
    expect(values('DSN=mysql://biz:a%40bc%2Fdef@db-7x.acme.org/x\n', 'env')).toEqual(
      expect.arrayContaining(['a%40bc%2Fdef', 'a@bc/def', 'db-7x.acme.org', 'db-7x']),
    );
    expect(values('{"auths":{"r":{"auth":"Ym90Om8yWGNrQlpXbFRuUzI2OGFsOA=="}}}', 'json')).toContain(
      'o2XckBZWlTnS268al8',
    );
  });

  test('leaves names of users, PINs, words and references', () => {
    expect(
      values(`WA_DB_USERNAME=biz\nPIN=123456\nDB_PASSWORD=password\nX_SECRET=${'$'}{X}\nWA_DB_HOSTNAME=db\n`, 'env'),
    ).toEqual([]);
  });
});

describe('own rules', () => {
  test('are read, with a tier where none is said', () => {
    expect(
      readOwnRules('- {id: emp, pattern: "EMP[0-9]{6}"}\n- {id: c, tier: personal, key: customer_no}', 'r.yaml'),
    ).toEqual([
      { id: 'emp', tier: 'credential', pattern: 'EMP[0-9]{6}' },
      { id: 'c', tier: 'personal', key: 'customer_no' },
    ]);
  });

  test.each(['(a+)+', 'a+', 'a|b', '^abc', '\\babc', '[a-z]{1,200}[a-z]{1,200}', 'ab', 'x{5,2}abc'])(
    'refuse %s',
    (pattern) => {
      expect(whyRefused(pattern)).not.toBeNull();
    },
  );

  test.each([
    ['- id: A', 'r.yaml at 0'],
    ['a: 1', 'r.yaml at its top'],
    ['- {id: a, pattern: "(abc)"}', 'the pattern of a has'],
    ['- {id: a, key: b}\n- {id: a, key: c}', 'two rules a'],
  ])('say in one sentence what is wrong with %s', (yaml, words) => {
    expect(() => readOwnRules(yaml, 'r.yaml')).toThrow(words);
  });
});
