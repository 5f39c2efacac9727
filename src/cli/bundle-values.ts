import { InvalidArgumentError } from 'commander';
import * as z from 'zod/mini';
import type { BundleOptions } from '../bundle/bundle.ts';
import { PARTS, type Part } from '../host/source.ts';
import { oneLine } from '../printable.ts';
import { parseDuration, size } from '../units.ts';
import { didYouMean, UsageError } from '../usage-error.ts';

// What the words behind the options of `bundle` mean.

/** Below this the pages of a bundle alone would not fit, bytes. */
const LEAST_VOLUME = 1e6;

const bytesOf = (value: string): number => {
  const read = z.safeParse(size, value);
  if (!read.success) throw new InvalidArgumentError('A size such as 25MB or 10MiB is needed.');
  return Math.floor(read.data);
};

/** `--max-size`: bytes of one file of a bundle. */
export const volumeSize = (value: string): number => {
  const bytes = bytesOf(value);
  if (bytes < LEAST_VOLUME) throw new InvalidArgumentError('At least 1MB is needed: the pages alone take some of it.');
  return bytes;
};

/** `--max-log`: raw bytes of one log. */
export const logSize = (value: string): number => {
  const bytes = bytesOf(value);
  if (bytes < 1000) throw new InvalidArgumentError('At least 1kB is needed.');
  return bytes;
};

/** `--case`: as it can stand in the name of a file. */
export const caseId = (value: string): string => {
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(value))
    throw new InvalidArgumentError('Letters, digits and dashes are needed, 64 at most.');
  return value;
};

/** `--consent`: `all`, or parts with commas. */
export const consent = (value: string): readonly Part[] => {
  const named = value.split(',').map((word) => word.trim());
  if (named.some((word) => word === '')) throw new InvalidArgumentError('"all" or parts with commas are needed.');
  return named.flatMap((word) => {
    if (word === 'all') return PARTS;
    const part = PARTS.find((known) => known === word);
    if (!part)
      throw new UsageError(
        `--consent: there is no part "${oneLine(word)}"${didYouMean(word, ['all', ...PARTS]) || `; the parts are ${PARTS.join(', ')}`}`,
      );
    return [part];
  });
};

/** `--output`: a file, a folder, or `-` for standard output. */
export const bundleOutput = (value: string): string => {
  if (value === '') throw new InvalidArgumentError('The name of a file, or - is needed.');
  return value;
};

const DAY_MS = 86_400_000;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const DATE_AND_TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

/** Today's clock time, or yesterday's where today's is still to come. */
const ofToday = ([, hours, minutes, seconds = '0']: RegExpExecArray, now: number): number | null => {
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
  if (h > 23 || m > 59 || s > 59) return null;
  const at = new Date(now).setHours(h, m, s, 0);
  return at > now ? at - DAY_MS : at;
};

/** A moment, ms since 1970: a clock time of this host (13:41), a date and time of its zone, or RFC 3339; null where it is none. */
export const momentOf = (text: string, now: number): number | null => {
  const clock = CLOCK.exec(text.trim());
  if (clock) return ofToday(clock, now);
  if (!DATE_AND_TIME.test(text.trim())) return null;
  const [day = '', time] = text.trim().split(/[T ]/i);
  const at = Date.parse(`${day}T${time ?? '00:00'}`);
  return Number.isNaN(at) ? null : at;
};

/** How far `--around` reaches to both sides. */
const AROUND_MS = 15 * 60_000;
/** What is taken of logs where nobody says so: the last hours, as WADebug does. */
const DEFAULT_SINCE_MS = 3 * 3_600_000;

/** What `--since`, `--until` and `--around` say, as they are written. */
export type RawWindow = { readonly since?: string; readonly until?: string; readonly around?: string };

const meant = (option: string, text: string, now: number): number => {
  const back = option === '--around' ? null : parseDuration(text);
  const at = back === null ? momentOf(text, now) : now - back;
  if (at !== null) return at;
  const example = option === '--around' ? '13:41 or 2026-11-20T13:41:00Z' : '3h, 13:41 or 2026-11-20T13:41:00Z';
  throw new UsageError(`${option} ${oneLine(text)}: a time such as ${example} is needed`);
};

/** The times between which logs are collected, ms since 1970. */
export const windowOf = (
  { since, until, around }: RawWindow,
  now: number,
): Pick<BundleOptions, 'window' | 'around'> => {
  if (around !== undefined) {
    if (since !== undefined || until !== undefined)
      throw new UsageError('--around names the whole time: --since and --until cannot stand beside it');
    const at = meant('--around', around, now);
    if (at > now) throw new UsageError(`--around ${oneLine(around)}: that time is still to come`);
    return { window: { since: at - AROUND_MS, until: Math.min(at + AROUND_MS, now) }, around: at };
  }
  const to = until === undefined ? now : meant('--until', until, now);
  const from = since === undefined ? to - DEFAULT_SINCE_MS : meant('--since', since, now);
  if (from >= to) throw new UsageError('--since is not before --until: nothing lies between them');
  return { window: { since: from, until: to }, around: null };
};
