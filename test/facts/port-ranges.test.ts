import { expect, it } from 'vitest';
import { portRanges } from '../../src/facts/port-ranges.ts';

it.each([
  [[9090], '9090'],
  [[9090, 6251, 6250, 6252], '6250-6252, 9090'],
  [[6250, 6250, 6252], '6250, 6252'],
  [[], ''],
])('%j are %s', (ports, words) => {
  expect(portRanges(ports)).toBe(words);
});
