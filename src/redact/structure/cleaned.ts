import type { Put } from '../rule.ts';
import { cleanPhone } from './cleaned-phone.ts';
import { cleanAuthorization, cleanCookies, cleanCredential } from './credential.ts';
import { isFullHost, isShortHost } from './host-names.ts';
import { ADDRESS, bodyRule, bodyTypeOf, HOST, PERSON } from './names.ts';
import { isBlank, looksRandom } from './shapes.ts';
import { bareName, meaningOf } from './words.ts';

/** Where a value stands: what its name is, what holds it, and how it is written. */
export type Site = {
  readonly name: string;
  readonly parent: string;
  /** `data` is a decoded string of JSON or YAML, `setting` a value of an env file,
   * `assigned` the rest of a line behind `NAME=`, `line` behind `name:`. */
  readonly place: 'data' | 'setting' | 'assigned' | 'line' | 'quoted' | 'word' | 'list' | 'query';
  /** Text about it, for what a name alone does not tell. */
  readonly around: string;
};

/** What a value becomes; `rest` characters at its end are not part of it and are still to be looked at. */
export type CleanedValue = { readonly text: string; readonly rest?: number };

const whole = ({ place }: Site): boolean => place === 'data' || place === 'quoted';
const NEXT_NAME = /\)?[,;]?\s(?:[\w.-]{1,40}(?:=|: ?["'[{])|\[[\w.-]{1,40}\] ?=>)/;

// As much of a line as belongs to one value: up to the next name, or all of it.
const upToNext = (value: string): string => {
  const next = NEXT_NAME.exec(value.slice(0, 20_000));
  return next ? value.slice(0, next.index) : value;
};

const AMBIGUOUS = /^(?:text|txt|content|comment|reply|answer|question|plaintext|transcript)$/i;
const HOLDS_BODY =
  /^(?:body|header|footer|text|parameters?|button|quick_?reply|messages?|caption|reply|action|row|rows|template|components?|interactive|localizable_params)$/i;

// What a server says of its own build, behind its version, and an image of the step that made it.
const OF_A_BUILD =
  /"version"\s*:\s*"[^"]{1,200}"\s*,\s*"comment"\s*:|"(?:RepoTags|DockerVersion|created_by|empty_layer)"\s*:/;

const cleanBody = (site: Site, value: string, put: Put): CleanedValue | null => {
  if (/^comment$/i.test(site.name) && OF_A_BUILD.test(site.around)) return null;
  if (/^(?:errors?|err|exception|request|meta|configs?)$/i.test(site.parent) && AMBIGUOUS.test(site.name)) return null;
  // In a sentence ("it gave no answer: ...") such a word tells nothing by itself.
  const bare = !whole(site) && site.place !== 'query';
  if (bare && AMBIGUOUS.test(site.name) && !hasPerson(site) && !/[\x80-\xff]{6}/.test(value)) return null;
  const body = whole(site) ? value : upToNext(value);
  const words = body.trim().split(/\s+/).length;
  if (/^\s*[[{]\s*["'\\{[\]}]/.test(body) || /^[\w.%[\]-]{1,80}=[^\s]*$/.test(body) || isBlank(body.trim()))
    return null;
  if (/^(?:%[a-z]|\[body|<[a-z!?]|-----BEGIN)/i.test(body.trim())) return null;
  if (AMBIGUOUS.test(site.name) && !HOLDS_BODY.test(site.parent)) {
    if (words < 2 && !/[\x80-\xff]{3}/.test(body) && site.place !== 'query') return null;
    if (/^[\w.-]+\/[\w.+-]+(?:;|$)/.test(body) || (/\n/.test(body) && /^\s*[\w.-]+\s*[=:]/m.test(body))) return null;
  }
  if (!whole(site) && site.place !== 'query' && words < 2 && /^[\d,.]*(?:[kKmM]?B|bytes|chars)?$/.test(body))
    return null;
  const kept = body.trimEnd();
  return { text: put(bodyRule(bodyTypeOf(site.name)), kept), rest: value.length - kept.length };
};

const NAME_WORDS = /^(?:[A-Z\x80-\xff][\w\x80-\xff'.-]{0,40})(?: [A-Z\x80-\xff][\w\x80-\xff'.-]{0,40}){0,4}/;

const cleanPerson = (site: Site, value: string, put: Put): CleanedValue | null => {
  if (isBlank(value) || !/[a-z\x80-\xff]/i.test(value)) return null;
  if (site.place === 'query') return { text: put(PERSON, decodeQuery(value)) };
  if (whole(site)) return /[/{}=@\\]/.test(value) || value.length > 200 ? null : { text: put(PERSON, value) };
  const words = NAME_WORDS.exec(value)?.[0];
  return words ? { text: put(PERSON, words), rest: value.length - words.length } : null;
};

const PERSON_SHAPE = /^[A-Z\x80-\xff][a-z\x80-\xff'.-]{0,30}(?: [A-Z\x80-\xff][a-z\x80-\xff'.-]{0,30}){1,3}(?!\w)/;
const PERSONAL =
  /phone|wa_?id|\bjid\b|e-?mail|msisdn|mobile|contact|customer|sender|\btel\b|\bto["']?[=:]|\bfrom["']?[=:]|(?:^|\n)\s*(?:name|message)\s*:|\ue000/i;

// Whether a name or a text stands in a record of a person.
const hasPerson = ({ around, name }: Site): boolean => PERSONAL.test(around.replace(name, ''));

const decodeQuery = (value: string): string => {
  const spaced = value.replace(/\+/g, ' ');
  return spaced.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
};

const cleanAddress = (site: Site, value: string, put: Put): CleanedValue | null => {
  const address = whole(site) ? value : upToNext(value);
  const postal = /[a-z\x80-\xff]{3}/i.test(address) && /\s/.test(address.trim()) && /\d|,/.test(address);
  if (!postal || /[{}=\\]|:\/\/|\b0x/.test(address) || (!/\d+ ?[a-z]|[a-z],? \d+|, /i.test(address) && !whole(site)))
    return null;
  return /^\d{1,3}(?:\.\d{1,3}){3}/.test(address)
    ? null
    : { text: put(ADDRESS, address), rest: value.length - address.length };
};

const TOKEN = /(?<![\w.@/-])[A-Za-z0-9_][\w.-]{3,253}(?![\w@(\\]|\.\w|:\/\/|=)/g;

const cleanHosts = (site: Site, value: string, put: Put): CleanedValue | null => {
  if (value.length > 2000 || /:\/\/|[{}<>]/.test(value) || (site.place === 'line' && /\s[a-z]+\s[a-z]+\s/.test(value)))
    return null;
  // `Server=x;Pwd=y`: other names may follow.
  const [own = ''] = value.split(/;(?=[\w. ]{1,40}=)/, 1);
  const first =
    whole(site) || site.place === 'setting' || site.place === 'assigned' ? own : (own.split(/\s/, 1)[0] ?? '');
  const cleaned = first.replace(TOKEN, (token) =>
    isShortHost(token) || isFullHost(token.replace(/\.$/, ''), true) ? put(HOST, token) : token,
  );
  return cleaned === first ? null : { text: cleaned, rest: value.length - first.length };
};

// Who a record is about: a number, or a name of two words and more.
const OF_PERSON = /(?:customer|contact|sender|recipient|member|owner|caller|callee|author|subscriber|participant)$/i;
const FULL_NAME = /^[A-Z\x80-\xff][a-z\x80-\xff'.-]{1,30}(?: [A-Z\x80-\xff][a-z\x80-\xff'.-]{0,30}){1,3}$/;

/** What stands in the place of a value behind a name; null where the name tells nothing of it. */
export const cleanNamed = (site: Site, value: string, put: Put): CleanedValue | null => {
  const meaning = meaningOf(bareName(site.name), site.parent);
  if (!meaning || value === '') return null;
  if (meaning.is === 'credential') return cleanCredential(meaning, site, value, put);
  if (meaning.is === 'authorization') return cleanAuthorization(value, put);
  if (meaning.is === 'cookies') return cleanCookies(value, put);
  if (meaning.is === 'code' && site.place === 'query' && looksRandom(value, 16))
    return cleanCredential({ is: 'credential', kind: 'token', certain: false }, site, value, put);
  if (meaning.is === 'code')
    return cleanCredential({ is: 'credential', kind: 'code', certain: false }, site, value, put);
  if (meaning.is === 'body') return cleanBody(site, value, put);
  if (meaning.is === 'maybe-body')
    return hasPerson(site) && (site.place === 'line' || /[\x80-\xff]{6}/.test(value))
      ? cleanBody(site, value, put)
      : null;
  if (meaning.is === 'maybe-person')
    return hasPerson(site) && PERSON_SHAPE.test(value) ? cleanPerson(site, value, put) : null;
  if (meaning.is === 'person') return cleanPerson(site, value, put);
  if (meaning.is === 'address') return cleanAddress(site, value, put);
  if (meaning.is === 'host') return cleanHosts(site, value, put);
  const phone = cleanPhone(value, put, meaning.is === 'phone');
  if (phone || meaning.is === 'phone' || !whole(site) || !OF_PERSON.test(site.name)) return phone;
  return FULL_NAME.test(value) && hasPerson(site) ? cleanPerson(site, value, put) : null;
};
