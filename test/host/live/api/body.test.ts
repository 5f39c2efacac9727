import { describe, expect, it } from 'vitest';
import { jsonOf } from '../../../../src/host/live/api/body.ts';

const read = (text: string) => jsonOf(Buffer.from(text));

describe('the JSON of a body', () => {
  it.each([
    ['an object', '{"a":1}', { a: 1 }],
    ['a list', '[1]', [1]],
    ['with a mark of byte order', '\ufeff{"a":1}', { a: 1 }],
    ['a name that is there twice', '{"a":1,"a":2}', { a: 2 }],
    ['with white space around', ' \n{"a":1}\n ', { a: 1 }],
    ['as deep as it may be', '['.repeat(64) + ']'.repeat(64), JSON.parse('['.repeat(64) + ']'.repeat(64))],
  ])('%s', (_, text, json) => expect(read(text)).toEqual(json));
  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['no number', '{"a":NaN}'],
    ['half of it', '{"a":'],
    ['one level too deep', '['.repeat(66) + ']'.repeat(66)],
    ['a hundred thousand levels', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['a million nothings', `[${'0,'.repeat(1_000_000)}0]`],
    ['a million objects', `[${'{},'.repeat(1_000_000)}0]`],
  ])('is none: %s', (_, text) => expect(read(text)).toBeNull());
  it('bad UTF-8 is read as far as it goes', () => {
    expect(jsonOf(Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xe9, 0x22, 0x7d]))).toEqual({ a: '\ufffd' });
  });
});
