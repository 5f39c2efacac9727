import * as z from 'zod/mini';
import type { Limit } from './model.ts';

// Sizes, times and versions as people write them; sizes and times in base units, bytes and milliseconds.

const SIZE_UNITS: Record<string, number> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};
const TIME_UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };

const parsed = (text: string, units: Record<string, number>): number | null => {
  const match = /^(\d+(?:\.\d+)?) ?([A-Za-z]+)$/.exec(text.trim());
  const unit = match?.[2] ?? '';
  return match && Object.hasOwn(units, unit) ? Number(match[1]) * (units[unit] ?? Number.NaN) : null;
};

const quantity = (units: Record<string, number>, example: string) =>
  z.pipe(
    z.string().check(z.refine((text) => parsed(text, units) !== null, `not a quantity such as "${example}"`)),
    z.transform((text) => parsed(text, units) ?? Number.NaN),
  );

/** A size in a spec, "16 GiB" or "250 GB" (decimal), as bytes. */
export const size = quantity(SIZE_UNITS, '250 GB').check(z.describe('A size: "16 GiB" is binary, "250 GB" decimal.'));

/** A time in a spec, "10 ms" or "3 s", as milliseconds. */
export const duration = quantity(TIME_UNITS, '10 ms').check(z.describe('A time, such as "10 ms" or "3 s".'));

/** A version in a spec, "4.11" or "19.03.7": numbers and dots, in quotes. */
export const versionLimit = z
  .string()
  .check(z.regex(/^\d+(\.\d+){0,2}$/, 'not a version such as "4.11"'), z.describe('A version, such as "4.11".'));

/** A share between 0 and 1. */
export const ratio = z.number().check(z.gte(0), z.lte(1), z.describe('A share between 0 and 1.'));

const rounded = (value: number): string => {
  const digits = value >= 100 ? 0 : 1;
  return value.toFixed(digits).replace(/\.0$/, '');
};

/** Bytes in binary units, for memory: "15.6 GiB". */
export const gibibytes = (bytes: number): string => {
  const unit = ['TiB', 'GiB', 'MiB', 'KiB'].find((name) => bytes >= (SIZE_UNITS[name] ?? 0)) ?? 'B';
  return `${rounded(bytes / (SIZE_UNITS[unit] ?? 1))} ${unit}`;
};

/** Bytes in decimal units, as disks are sold: "250 GB". */
export const gigabytes = (bytes: number): string => {
  const unit = ['TB', 'GB', 'MB', 'kB'].find((name) => bytes >= (SIZE_UNITS[name] ?? 0)) ?? 'B';
  return `${rounded(bytes / (SIZE_UNITS[unit] ?? 1))} ${unit}`;
};

/** Milliseconds with as many digits as they carry: "0.23 ms", "18.4 ms", "1.2 s". */
export const milliseconds = (ms: number): string => {
  if (ms >= 1000) return `${rounded(ms / 1000)} s`;
  return `${ms >= 10 ? rounded(ms) : Number(ms.toPrecision(2))} ms`;
};

/** Two quantities in words; in whole numbers of a unit where the words of both would be the same and the quantities are not. */
export const apart = (
  [one, other]: readonly [number, number],
  words: (value: number) => string,
  unit: string,
): readonly [string, string] =>
  one !== other && words(one) === words(other) ? [`${one} ${unit}`, `${other} ${unit}`] : [words(one), words(other)];

/** The limit of a latency that is judged by one of its percentiles, ms. */
export const latencyLimit = (stat: 'p50' | 'p95' | 'p99', ms: number): Limit => ({
  op: '<=',
  value: ms,
  unit: 'ms',
  stat,
  display: `${stat} <= ${milliseconds(ms)}`,
});

/** A time given on the command line, "90", "90s" or "5m", as milliseconds; null when it is none. */
export const parseDuration = (text: string): number | null =>
  /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : parsed(text, TIME_UNITS);
