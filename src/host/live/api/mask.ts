import type { IncomingHttpHeaders } from 'node:http';
import { isHarmless } from '../../../facts/deployment/harmless-variables.ts';
import type { Json } from '../../../model.ts';
import { CUT, cutter } from './secrets.ts';

// What an answer of the API must not tell: secrets, and whose phone numbers these are. Names and shapes stay.

/** Values by the names that hold secrets. `data` of the settings is a backup. */
const SECRET_NAME =
  /pass(word|wd|phrase)?$|^pw$|secret|token|api_?key|crypto_?key|private_?key|authorization|cookie|data_source_name|^pin$/i;
const PHONE_NAME = /^(wa_id|debug_info|to|from|input|phone(_?number)?|msisdn)$/i;
/** Headers of numbers: "max-age=31536000" is a year. */
const NO_PHONE_HEADER = /^(strict-transport-security|cache-control|age|content-length|content-range)$/i;
/** Numbers that are written as text and are none of a phone. */
const NO_PHONE_NAME = /time|stamp|date|iso8601|version|expire|space|size|count|bytes|duration|uptime/i;

/** With a "+" also in groups; otherwise 8 to 15 digits that are no part of an id, an address, a fraction or a time. */
const PHONE = /\+\d[\d ().-]{6,18}\d|(?<![\p{L}\p{N}.-])\d{8,15}(?![\p{L}\p{N}_]|\.\d)/gu;
/** Where a name says that it is one, also a shorter one in groups. */
const ANY_PHONE = /\d[\d ().-]{3,18}\d/g;
const PEM_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
/** What stands before the host of a URL, and what its query says. */
const CREDENTIALS = /\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#@]*@/gi;
const QUERY = /([?&][^=&#\s"'<>]{1,100}=)[^&#\s"'<>]+/g;

/** What follows a webhook's host: a path may be as secret as a query. */
const BEHIND_HOST = /^(\s*[a-z][a-z0-9+.-]{0,30}:\/\/[^/?#]*[/?#])[\s\S]+/i;

const MOST_TEXT = 16 << 10;
const MOST_HEADERS = 100;
const MOST_HEADER = 4 << 10;

/** A phone number by its last two digits. */
export const maskedNumber = (number: string): string => number.replace(/\d(?=(?:\D*\d){2})/g, '*');

const short = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);

/** Masks what leaves this folder; made anew whenever there is one more secret. */
export type Mask = {
  readonly text: (text: string) => string;
  readonly json: (json: Json) => Json;
  readonly headers: (headers: IncomingHttpHeaders) => Record<string, string>;
};

const variable = (entry: string): string => {
  const [name = '', ...value] = entry.split('=');
  return value.length === 0 || isHarmless(name) ? entry : `${name}=${CUT}`;
};

export const maskOf = (secrets: readonly string[]): Mask => {
  const cut = cutter(secrets);
  const plain = (text: string): string =>
    cut(text).replace(PEM_KEY, CUT).replace(CREDENTIALS, `$1${CUT}@`).replace(QUERY, `$1${CUT}`);
  const text = (said: string): string => plain(said).replace(PHONE, maskedNumber);

  const hidden = (json: Json): Json => (json === null || json === '' || typeof json === 'boolean' ? json : CUT);
  const environment = (json: Json): Json => {
    if (typeof json === 'string') return short(text(variable(json)), MOST_TEXT);
    if (Array.isArray(json)) return json.map(environment);
    if (typeof json !== 'object' || json === null) return hidden(json);
    return named(json, (name, value) => (isHarmless(name) ? masked(value, name) : hidden(value)));
  };
  const field = (name: string, value: Json, path: string): Json => {
    if (path === 'webhooks' && name === 'url' && typeof value === 'string')
      return short(text(value).replace(BEHIND_HOST, `$1${CUT}`), MOST_TEXT);
    if (name === 'env') return environment(value);
    if (path === 'settings' && name === 'data') return hidden(value);
    if (SECRET_NAME.test(name)) return hidden(value);
    if (PHONE_NAME.test(name) && (typeof value === 'number' || typeof value === 'string'))
      return short(text(String(value)).replace(ANY_PHONE, maskedNumber), MOST_TEXT);
    return masked(value, name);
  };
  // A name such as "__proto__" is no name of the client's, and would be a trap for whoever walks over it.
  const named = (
    json: Exclude<Json, string | number | boolean | null>,
    each: (name: string, value: Json) => Json,
  ): Json =>
    Object.fromEntries(
      Object.entries<Json>({ ...json }).flatMap(([name, value]) =>
        name === '__proto__' ? [] : [[short(cut(name), MOST_HEADER), each(name, value)]],
      ),
    );
  const masked = (json: Json, name: string): Json => {
    // Cut short at last: half a secret would be no secret to the rest.
    if (typeof json === 'string') return short(NO_PHONE_NAME.test(name) ? plain(json) : text(json), MOST_TEXT);
    // 1e999 is a number of JSON and none of ours.
    if (typeof json === 'number') return Number.isFinite(json) ? json : null;
    if (Array.isArray(json)) return json.map((one) => masked(one, name));
    if (typeof json !== 'object' || json === null) return json;
    return named(json, (inner, value) => field(inner, value, name));
  };

  return {
    text,
    json: (json) => masked(json, ''),
    headers: (headers) =>
      Object.fromEntries(
        Object.entries(headers)
          .slice(0, MOST_HEADERS)
          .map(([name, value]) => [
            short(name, MOST_HEADER),
            SECRET_NAME.test(name.replaceAll('-', '_'))
              ? CUT
              : short((NO_PHONE_HEADER.test(name) ? plain : text)([value].flat().join(', ')), MOST_HEADER),
          ]),
      ),
  };
};
