import { normalize } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { parseLoginUrl } from '../host/login-url.ts';
import { oneLine } from '../printable.ts';
import { parseDuration } from '../units.ts';
import { UsageError } from '../usage-error.ts';
import type { ShowOptions } from './options.ts';

// What the words behind an option mean. None of them may be empty: that is a variable which a script did not set.

/** The formats of a report, for `--format` and `--output`. */
export const FORMATS = ['plain', 'json', 'markdown', 'nagios'] as const;

/** The formats of a comparison. */
export const DIFF_FORMATS = ['plain', 'json', 'markdown'] as const;

/** A timer of Node's that is set for longer fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Ids or globs with commas between them, added to those given before. */
export const ids = (value: string, before: readonly string[]): readonly string[] => {
  const named = value
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (named.length === 0) throw new InvalidArgumentError('At least one id or glob is needed.');
  return [...before, ...named];
};

/** A time in ms; one that is longer than any timer takes is as good as none. */
export const time = (value: string): number => {
  const ms = parseDuration(value);
  if (ms === null || ms <= 0) throw new InvalidArgumentError('A time such as 90, 90s or 5m is needed.');
  return Math.min(ms, LONGEST_MS);
};

/** Between two polls of the API, at least: what it tells changes no faster, since the client's own heartbeat is 5 s. */
export const LEAST_INTERVAL_MS = 5000;
/** The vendor's 6 minutes for offline messages, and a margin. */
export const DEFAULT_WAIT_MS = 7 * 60_000;

/** A time between polls, in ms. */
export const interval = (value: string): number => {
  const ms = time(value);
  if (ms < LEAST_INTERVAL_MS)
    throw new InvalidArgumentError("At least 5s is needed: the client's own rhythm is no faster.");
  return ms;
};

/** The name of a file or folder. A dash is refused: no file is read from standard input or written to standard output. */
export const path = (value: string): string => {
  if (value === '' || value === '-') throw new InvalidArgumentError('The name of a file or folder is needed.');
  return value;
};

/** `--db-url` as it was given; one that cannot be used is refused without a word of it, as it may hold a password. */
export const loginUrl = (value: string): string => {
  const read = parseLoginUrl(value);
  if ('wrong' in read) throw new UsageError(read.wrong);
  return value;
};

/** A word that is not empty. */
export const word = (value: string): string => {
  if (value.trim() === '') throw new InvalidArgumentError('A value is needed.');
  return value;
};

/** `--api-url`: https and a host, a port perhaps, and nothing else; one that is refused is not repeated, as it may hold a password. */
export const apiUrl = (value: string): string => {
  const url = URL.parse(value);
  if (url?.username || url?.password)
    throw new UsageError(
      'a password is not taken in --api-url, where others can see it: WA_API_USERNAME and WA_API_PASSWORD hold the login',
    );
  if (url === null) throw new UsageError('--api-url needs the form https://HOST:PORT, with a port of 65535 at most');
  if (url.protocol !== 'https:' || url.hostname === '')
    throw new UsageError('--api-url needs the form https://HOST:PORT: the API speaks HTTPS only');
  if (!['', '/', '/v1', '/v1/'].includes(url.pathname) || url.search !== '' || url.hash !== '')
    throw new UsageError('--api-url needs the form https://HOST:PORT, without a path');
  return url.origin;
};

const HAR = /\.har$/i;

/** Whether a file of API calls is to be HAR; otherwise it is a Postman collection. */
export const isHar = (file: string): boolean => HAR.test(file);

/** `--api-calls`: the ending decides the format. */
export const callsFile = (value: string): string => {
  if (!HAR.test(value) && !/\.json$/i.test(value))
    throw new UsageError(`--api-calls ${oneLine(value)}: a name ending in .har (HAR) or .json (Postman) is needed`);
  return value;
};

/** A SHA-256 in hex, with or without colons, as 64 digits in lower case. */
export const fingerprint = (value: string): string => {
  const digits = value.replaceAll(':', '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(digits))
    throw new InvalidArgumentError('The SHA-256 of the certificate is needed: 64 hex digits, with or without colons.');
  return digits;
};

/** FORMAT=FILE, added to those given before, for a command with these formats. */
export const outputAs =
  (formats: readonly string[]) =>
  (value: string, before: ShowOptions['outputs']): ShowOptions['outputs'] => {
    const [format = '', ...rest] = value.split('=');
    const file = rest.join('=');
    if (!formats.some((known) => known === format) || file === '' || file === '-')
      throw new InvalidArgumentError(`FORMAT=FILE is needed, with FORMAT one of ${formats.join(', ')}.`);
    return [...before, { format, file }];
  };

/** Refuses two outputs into one file, of which only the last would be left. */
export const refuseSameFile = (files: readonly string[]): void => {
  const same = files.find((file, at) => files.some((other, from) => from < at && normalize(other) === normalize(file)));
  if (same !== undefined) throw new UsageError(`${oneLine(same)} is named for two outputs: only one can be in it`);
};
