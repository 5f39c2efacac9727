import type { Form, Literal, RuleName } from './rule.ts';
import { isCommonHost, isFullHost, isShortHost } from './structure/host-names.ts';
import { credentialRule, HOST, PHONE } from './structure/names.ts';
import { digitsOf, isPossible, isTime } from './structure/phones.ts';
import { decoded, isBlank } from './structure/shapes.ts';
import { cleanWhole } from './whole.ts';

/** Shortest value that is looked for everywhere, characters: a shorter one stands in words that tell nothing. */
const LEAST = 6;
/** Shortest phone number that is looked for as bare digits: fewer of them may be a count or a size. */
const LEAST_PHONE = 10;
// Values that stand in every log, whatever they are the password of.
const WORDS =
  /^(?:password|passwd|secret|admin|root|whatsapp|docker|mysql|mariadb|postgres|postgresql|database|default|changeme|change_me|example|testing|localhost|enabled|disabled|master|coreapp|webapp|wacore|waweb|production|development|[a-z]{1,7})$/i;

const usable = (value: string): boolean =>
  value.length >= LEAST && value.length <= 100_000 && !isBlank(value) && !WORDS.test(value) && !/^\d{1,7}$/.test(value);

const percentDecoded = (value: string): string =>
  value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

// Other spellings in which the same secret was given: percent-encoded, base64 of it or of `name:secret`, doubled `$`, over lines.
const meantBy = (value: string): readonly string[] => {
  const plain = decoded(value);
  const login = plain === null ? undefined : /^[\w.@-]{1,64}:(\S+)$/.exec(plain)?.[1];
  const lines = value.split('\n').map((line) => line.trim());
  return [
    value,
    percentDecoded(value),
    value.replaceAll('$$', '$'),
    ...(plain !== null && value.length >= 8 && /[\x20-\x7e]{6}/.test(plain) && !/[\x80-\xff]/.test(plain)
      ? [plain]
      : []),
    ...(login ? [login] : []),
    ...(lines.length > 1 ? lines.filter((line) => line.length >= 16) : []),
  ];
};

const HOST_FIRST = /^[^.]+/;

// A host under its full name is looked for under its short one too, where that is a name that somebody gave.
const hostNames = (value: string): readonly string[] => {
  if (!isFullHost(value, true)) return isShortHost(value) ? [value] : [];
  const [short = ''] = HOST_FIRST.exec(value) ?? [];
  return isShortHost(short) ? [value, short] : [value];
};

/** The name of this host, to be looked for in all files: one that somebody gave, also where it is a word of letters alone. */
export const ownHost = (name: string): readonly Literal[] => {
  const value = Buffer.from(name).toString('latin1');
  const word = /^[a-z]+$/i.test(value) && usable(value) && !isCommonHost(value);
  return (word ? [value] : hostNames(value)).map((one) => ({ rule: HOST, value: one }));
};

/**
 * What is secret on this host and stands in a file that says so: passwords, keys and tokens of env and Compose files, of inspect
 * output, data sources and logins, decoded too, names of hosts and phone numbers. Names of users, PINs and words of the language are not learnt:
 * they would be found where they mean nothing.
 */
export const learnFrom = (text: string, form: Form): readonly Literal[] => {
  const found = new Map<string, Literal>();
  const learn = (rule: RuleName, value: string): void => {
    const key = `${rule.tier}\n${value}`;
    if (!found.has(key)) found.set(key, { rule, value });
  };
  cleanWhole(text, form, (rule, value) => {
    if (rule.tier === 'credential' && rule.kind !== 'pin' && rule.kind !== 'code')
      for (const meant of meantBy(value)) if (usable(meant)) learn(credentialRule(rule.kind), meant);
    const digits = rule.kind === 'phone' ? digitsOf(value) : '';
    if (digits.length >= LEAST_PHONE && isPossible(digits) && !isTime(digits)) learn(PHONE, digits);
    if (rule.kind === 'host') for (const name of hostNames(value)) learn(rule, name);
    return '[learnt]';
  });
  return [...found.values()];
};
