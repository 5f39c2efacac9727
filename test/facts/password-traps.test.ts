import { describe, expect, it } from 'vitest';
import { passwordTraps } from '../../src/facts/password-traps.ts';

describe('the traps of a password', () => {
  it.each([
    ['', ['empty']],
    ['Harmless-1_%*+,./:;<>@[]|', []],
    ...[...'?{}&~!()^='].map((one) => [`a${one}b`, ['vendor-unsafe']] as const),
    ['a#b', ['hash']],
    ['a$b', ['dollar']],
    ["a'b", ['quote']],
    ['a"b', ['quote']],
    ['a`b', ['quote']],
    ['a b', ['space']],
    [' ', ['space']],
    ['a\tb\n', ['space']],
    ['a\\b', ['backslash']],
    ['pässword', ['non-ascii']],
    ['a\u00a0b', ['space', 'non-ascii']],
    ['a\u0001b', ['non-ascii']],
    ['testpass', ['sample']],
    ['user123pwd', ['sample']],
    ['Testpass', []],
    ['testpass1', []],
    ['$ {é}\\"#', ['vendor-unsafe', 'hash', 'dollar', 'quote', 'space', 'backslash', 'non-ascii']],
  ] as readonly (readonly [string, readonly string[]])[])('%j: %j', (password, kinds) => {
    expect(passwordTraps(password)).toEqual(kinds);
  });
});
