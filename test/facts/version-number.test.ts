import { describe, expect, it } from 'vitest';
import { atLeast, sameVersion, versionNumber } from '../../src/facts/version-number.ts';

const read = (text: string) => {
  const version = versionNumber(text);
  if (!version) throw new Error(`"${text}" holds no version`);
  return version;
};

describe('versionNumber', () => {
  it.each([
    ['19.03.7-ce', '19.3.7', '-ce'],
    ['18.09.9', '18.9.9', ''],
    ['1.13.1', '1.13.1', ''],
    ['20.10.24+dfsg1', '20.10.24', '+dfsg1'],
    ['17.12.1-ol', '17.12.1', '-ol'],
    ['v2.27.0', '2.27.0', ''],
    ['4.4.0-19041-Microsoft', '4.4.0', '-19041-Microsoft'],
    ['3.10.0-1160.el7.x86_64', '3.10.0', '-1160.el7.x86_64'],
    ['4.9.0-rc8+', '4.9.0', '-rc8+'],
    ['6.18-rc1', '6.18.0', '-rc1'],
    ['5', '5.0.0', ''],
    [' 2.5.5 ', '2.5.5', ''],
    ['2.39.9000', '2.39.9000', ''],
    ['23.0.1.2', '23.0.1', '.2'],
    ['0.0.0-20240101', '0.0.0', '-20240101'],
  ])('reads %j as %s', (text, numbers, suffix) => {
    expect(versionNumber(text)).toEqual({ text: text.trim(), numbers, suffix });
  });

  it.each(['', 'unknown', 'master', '-1.2', 'x1.2', 'version 5'])('reads nothing from %j', (text) =>
    expect(versionNumber(text)).toBeNull(),
  );
});

describe('atLeast', () => {
  it.each([
    ['4.11', '4.11', true],
    ['4.1', '4.11', false],
    ['4.9', '4.11', false],
    ['4.100', '4.11', true],
    ['5.40', '5.4', true],
    ['2.6.32', '3.10', false],
    ['10.0', '4.11', true],
    ['18.03.1-ce', '18.04', false],
    ['18.04.0-ce', '18.04', true],
    ['18.4', '18.04', true],
    ['1.13.1', '18.04', false],
    ['2.3.10', '2.3.3', true],
  ])('%s is at least %s: %s', (version, floor, answer) => expect(atLeast(read(version), floor)).toBe(answer));

  it('refuses a floor that is no version', () => expect(() => atLeast(read('1.0'), 'latest')).toThrow('"latest"'));
});

describe('sameVersion', () => {
  it.each([
    ['19.03.7-ce', '19.03.7', true],
    ['19.3.7', '19.03.7', true],
    ['19.03.70', '19.03.7', false],
    ['19.03.8', '19.03.7', false],
  ])('%s is %s: %s', (version, other, answer) => expect(sameVersion(read(version), other)).toBe(answer));
});
