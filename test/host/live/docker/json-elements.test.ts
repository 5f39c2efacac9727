import { describe, expect, it } from 'vitest';
import { jsonElements } from '../../../../src/host/live/docker/json-elements.ts';

/** The elements of a text that comes in pieces of so many bytes. */
const elementsOf = (text: string, size: number): readonly unknown[] => {
  const bytes = Buffer.from(text);
  const found: unknown[] = [];
  const { add, end } = jsonElements((element) => found.push(element));
  for (let at = 0; at < bytes.length; at += size) add(bytes.subarray(at, at + size));
  end();
  return found;
};

const LIST = [
  { a: 'plain', b: [1, [2, { c: ']' }]], d: null },
  { 'quote " and \\': 'ends with a backslash \\', e: '\\"}]' },
  { f: 'ä €\u{1F600}', g: {}, h: [] },
  {},
];

describe('a list that comes in pieces', () => {
  it.each([1, 2, 3, 7, 64, 4096])('is told element by element, %i bytes at a time', (size) => {
    expect(elementsOf(JSON.stringify(LIST), size)).toEqual(LIST);
    expect(elementsOf(JSON.stringify(LIST, null, 2), size)).toEqual(LIST);
    expect(elementsOf(' [ ]\n', size)).toEqual([]);
  });
  it.each(['', 'null', '{"a":1}', '[', '[{"a":1}', '[{"a":1}]]', '[[1]]', '[{"a":1},[2]]', '[{a:1}]', '[{}][{}]', '}'])(
    'is no list: %s',
    (text) => {
      expect(() => elementsOf(text, 3)).toThrow('no list');
    },
  );
  it('has no element of more than 1 MiB', () => {
    const most = JSON.stringify([{ a: 'x'.repeat((1 << 20) - 8) }]);
    expect(elementsOf(most, 1 << 16)).toHaveLength(1);
    expect(() => elementsOf(JSON.stringify([{ a: 'x'.repeat((1 << 20) - 7) }]), 1 << 16)).toThrow('larger than 1 MiB');
  });
});
