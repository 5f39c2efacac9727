import { ALNUM, BASE64, DIGITS, type Draw, HEX } from './draw.ts';
import { type FormOfTime, timeIn } from './moments.ts';
import type { Ledger } from './planted.ts';
import { word } from './words.ts';

/** Makers of harmless values, to be kept as they are. */
export const harmlessOf = (draw: Draw, book: Ledger, file: string) => {
  const keep = (name: string, value: string, hard = false) => book.decoy(file, name, value, hard);
  const fresh = (make: () => string) => book.fresh(make);
  const number = (name: string, count: number) =>
    keep(
      name,
      fresh(() => `${draw.between(1, 9)}${draw.chars(count - 1, DIGITS)}`),
    );
  return {
    keep,
    number,
    time: (form: FormOfTime) =>
      keep(
        'timestamp',
        fresh(() => timeIn(form, draw)),
      ),
    port: () =>
      keep(
        'port',
        fresh(() => String(draw.between(20_000, 64_999))),
      ),
    version: () =>
      keep(
        'version',
        fresh(() => `${draw.between(2, 29)}.${draw.between(10, 99)}.${draw.between(100, 999)}`),
      ),
    build: () =>
      keep(
        'version',
        fresh(() => `v2.${draw.between(30, 60)}.${draw.between(1, 99)}-${draw.chars(7, HEX)}`),
      ),
    uuid: () =>
      keep(
        'uuid',
        fresh(() => [8, 4, 4, 4, 12].map((count) => draw.chars(count, HEX)).join('-')),
      ),
    sha: () =>
      keep(
        'git_sha',
        fresh(() => draw.chars(40, HEX)),
      ),
    digest: () =>
      keep(
        'image_digest',
        fresh(() => `sha256:${draw.chars(64, HEX)}`),
      ),
    container: () =>
      keep(
        'container_id',
        fresh(() => draw.chars(64, HEX)),
      ),
    shortId: () =>
      keep(
        'container_id',
        fresh(() => draw.chars(12, HEX)),
      ),
    etag: () =>
      keep(
        'hash',
        fresh(() => draw.chars(32, HEX)),
      ),
    requestId: () =>
      keep(
        'request_id',
        fresh(() => `req-${draw.chars(18, HEX)}`),
      ),
    traceId: () =>
      keep(
        'request_id',
        fresh(() => draw.chars(32, HEX)),
      ),
    messageId: () =>
      keep(
        'message_id',
        fresh(() => `gBEG${draw.chars(24, ALNUM)}`),
      ),
    latency: (unit: string) =>
      keep(
        'latency',
        fresh(() => `${draw.between(10, 999)}.${draw.chars(3, DIGITS)}${unit}`),
      ),
    errorCode: () =>
      keep(
        'error_code',
        fresh(() => String(draw.between(1014, 1999))),
      ),
    metric: () =>
      keep(
        'metric',
        fresh(() => `${draw.between(100, 9999)}.${draw.chars(2, DIGITS)}${draw.between(1, 9)}`),
      ),
    bytes: () => number('bytes', draw.between(6, 12)),
    counter: () => number('counter', draw.between(5, 9)),
    row: () => number('log_line_no', 4),
    pid: () => number('pid', 5),
    config: () => number('config_number', draw.between(4, 5)),
    className: () =>
      keep(
        'class_name',
        fresh(() => word(draw)),
      ),
    identifier: (prefix: string) =>
      keep(
        'config_key',
        fresh(() => `${prefix}_${word(draw)}`),
      ),
    containerName: () =>
      keep(
        'container_name',
        fresh(() => `${draw.pick(['wacore', 'waweb', 'biz', 'master'])}-${word(draw).slice(0, 6)}`),
      ),
    publicKey: () =>
      keep(
        'public_key',
        fresh(() => draw.chars(44, BASE64)),
      ),
    english: (text: string) => keep('plain_english', text),
    made: () =>
      keep(
        'plain_english',
        fresh(() => word(draw)),
      ),
  };
};
