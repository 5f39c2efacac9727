import { describe, expect, it } from 'vitest';
import {
  duration,
  gibibytes,
  gigabytes,
  milliseconds,
  parseDuration,
  ratio,
  size,
  versionLimit,
} from '../src/units.ts';

describe('sizes in a spec', () => {
  it.each([
    ['16 GiB', 16 * 2 ** 30],
    ['16GiB', 16 * 2 ** 30],
    ['250 GB', 250e9],
    ['1.5 TB', 1.5e12],
    ['64 MiB', 64 * 2 ** 20],
    ['2300 B', 2300],
    ['4 kB', 4000],
    ['4 KiB', 4096],
    [' 20 GB ', 20e9],
  ])('reads %j as %i bytes', (text, bytes) => expect(size.parse(text)).toBe(bytes));

  it.each(['16', 'GiB', '-1 GB', '16 gib', '16 G', '1e3 GB', '16  GiB', '0x10 GB', '16 GiB extra', '', '1,5 GB'])(
    'refuses %j',
    (text) => expect(size.safeParse(text).success).toBe(false),
  );

  it('refuses names of every object', () => expect(size.safeParse('1 constructor').success).toBe(false));
});

describe('times', () => {
  it.each([
    ['10 ms', 10],
    ['3 s', 3000],
    ['0.5s', 500],
    ['5m', 300_000],
    ['5 min', 300_000],
    ['1 h', 3_600_000],
  ])('in a spec, %j is %i ms', (text, ms) => expect(duration.parse(text)).toBe(ms));

  it.each([
    ['90', 90_000],
    ['90s', 90_000],
    ['5m', 300_000],
    ['1.5', 1500],
    ['250ms', 250],
  ])('on the command line, %j is %i ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(['', 's', '-5', '5 weeks', 'soon', '1e3', ' '])('on the command line, %j is none', (text) =>
    expect(parseDuration(text)).toBeNull(),
  );
});

describe('words', () => {
  it.each([
    [0, '0 B'],
    [512, '512 B'],
    [1024, '1 KiB'],
    [15.6 * 2 ** 30, '15.6 GiB'],
    [16 * 2 ** 30, '16 GiB'],
    [128.4 * 2 ** 30, '128 GiB'],
    [2 ** 41, '2 TiB'],
  ])('%d bytes of memory: %s', (bytes, text) => expect(gibibytes(bytes)).toBe(text));

  it.each([
    [250e9, '250 GB'],
    [999, '999 B'],
    [1.92e12, '1.9 TB'],
    [20e6, '20 MB'],
  ])('%d bytes of disk: %s', (bytes, text) => expect(gigabytes(bytes)).toBe(text));

  it.each([
    [0, '0 ms'],
    [0.2314, '0.23 ms'],
    [9.99, '10 ms'],
    [9.94, '9.9 ms'],
    [18.42, '18.4 ms'],
    [123.4, '123 ms'],
    [1200, '1.2 s'],
  ])('%d ms: %s', (ms, text) => expect(milliseconds(ms)).toBe(text));

  it('knows shares between 0 and 1 only', () => {
    expect([0, 0.07, 1].every((share) => ratio.safeParse(share).success)).toBe(true);
    expect([-0.1, 1.1, '0.5'].some((share) => ratio.safeParse(share).success)).toBe(false);
  });
});

describe('versions in a spec', () => {
  it.each(['4', '4.11', '19.03.7'])('accepts %j', (text) => expect(versionLimit.parse(text)).toBe(text));
  it.each(['', 'abc', '4.', 'v4.11', '4.11.2.1', '4.11-rc1', 4.11])('refuses %j', (text) =>
    expect(versionLimit.safeParse(text).success).toBe(false),
  );
});
