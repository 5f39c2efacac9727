import { cutter } from '../api/secrets.ts';

// Lines of a log are evidence: who wrote to whom, what they wrote, and every secret is taken out of them first.

/** Shorter values stand in lines by chance. */
const LEAST = 6;
const CUT = '***';

/** Variables that are no secrets, and whose values help to read a line: places, ports, switches. */
const HARMLESS =
  /^(PATH|HOME|HOSTNAME|LANG|LC_\w+|TZ|TERM|PWD|DEBIAN_FRONTEND|\w*_(HOSTNAME|HOST|PORT|PORTS|BASEPORT|SERVERNAME|TIMEOUT|ADDRESS|VERSION|ENGINE|USERNAME|USER)|WA_DB_(NAME_PREFIX|PERSISTENT|SSL_\w+|UPGRADE)|WA_APP_MULTICONNECT|WA_MASTER_NODE|WA_CONFIG_ON_DB|WA_RUNNING_ENV|WA_WEB_SECURITY_LEVEL|ORCHESTRATION)$/;
/** Names that are secrets however they end. */
const SECRET = /PASS|SECRET|TOKEN|KEY|CREDENTIAL|DSN|DATA_SOURCE/i;
/** The password of an address: scheme://user:password@host, or user:password@(host). */
const IN_ADDRESS = /(?:^|\/\/)[^\s:@/]{1,128}:(?!\/\/)([^\s@]{1,512})@/;

/** The values of an environment that no line may show. */
export const secretsIn = (env: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(env).flatMap(([name, value]) => {
    const whole = HARMLESS.test(name) && !SECRET.test(name) ? [] : [value];
    const [, inside = ''] = IN_ADDRESS.exec(value) ?? [];
    return [...whole, inside, inside && decoded(inside)].filter(({ length }) => length >= LEAST);
  });

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
};

/** Fields of messages and calls that hold what people wrote, their names and their numbers. */
const FIELDS =
  'body|caption|text|filename|formatted_name|first_name|last_name|address|name|wa_id|from|to|recipient_id|vname|pin|code_challenge';
const FIELD = new RegExp(`("(?:${FIELDS})" {0,4}: {0,4}")(?:[^"\\\\]|\\\\.)*`, 'gis');
/** The same in JSON that stands in a JSON string: up to the quotation mark that ends it. */
const ESCAPED_FIELD = new RegExp(
  `(\\\\"(?:${FIELDS})\\\\" {0,4}: {0,4}\\\\")(?:[^"\\\\]|\\\\\\\\\\\\"|\\\\[^"])*`,
  'gis',
);
/** What stands before the host of an address, and what follows it in one of HTTP: a webhook's path may be its secret. */
const BEFORE_HOST = /\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#"'<>]{1,1024}@/gi;
const BEHIND_HOST = /\b(https?:\/\/[^\s/?#"'<>\\]{1,300}[/?#])[^\s"'<>\\]+/gi;
/** Values in a statement of SQL: what people wrote is stored by such. */
const STATEMENT = /\b(?:insert|update|replace|select|delete)\b/i;
const LITERAL = /([(,=] {0,4}|\blike {1,4})'(?:[^'\\]|\\.|'')*/gis;
const QUOTED_LITERAL = /(\bvalues {0,4}\( {0,4}|= {0,4})"(?:[^"\\]|\\.|"")*/gis;
/** "password=...", "token: ...", and what stands behind Bearer, Basic and Apikey. */
const NAMED =
  /\b((?:[\w-]{0,40}(?:passw(?:or)?d|pwd|secret|token|api[_-]?key|crypto[_-]?key)|pin|cert)\\?["']? {0,4}[=:] {0,4}\\?["']?)[^\s"'\\,;&}]+/gi;
const AUTHORIZATION = /\b((?:bearer|basic|apikey) {1,4})[\w.~+/=-]{6,}/gi;
const JWT = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g;
/** Seven digits and more, with what people write between them. */
const NUMBER = /\+?\d(?:[ ().-]{0,2}\d){6,}/g;
/** Dates and addresses look like numbers, and are none; neither is the second of a time, with its fraction. */
const PLAIN = /^(\d{4}-\d\d-\d\d([ T]\d\d)?|\d{1,3}(\.\d{1,3}){3}|\d{1,4}(\.\d{1,4}){3})$/;
const SECOND = /^\d\d\.\d{3,9}$/;

const number = (found: string, at: number, line: string): string => {
  if (PLAIN.test(found) || (SECOND.test(found) && /\d\d:\d\d:$/.test(line.slice(Math.max(0, at - 6), at))))
    return found;
  const digits = found.replace(/\D/g, '');
  return `${'*'.repeat(Math.min(digits.length - 2, 12))}${digits.slice(-2)}`;
};

const withoutValues = (line: string): string =>
  STATEMENT.test(line) ? line.replace(LITERAL, `$1'${CUT}`).replace(QUOTED_LITERAL, `$1"${CUT}`) : line;

/** Takes secrets, message bodies, names and numbers out of a line. Made once for each set of secrets; takes time in proportion. */
export const masker = (secrets: readonly string[]): ((line: string) => string) => {
  const cut = cutter([...new Set(secrets)]);
  return (line) =>
    withoutValues(cut(line))
      .replace(BEFORE_HOST, `$1${CUT}@`)
      .replace(BEHIND_HOST, `$1${CUT}`)
      .replace(FIELD, `$1${CUT}`)
      .replace(ESCAPED_FIELD, `$1${CUT}`)
      .replace(NAMED, `$1${CUT}`)
      .replace(AUTHORIZATION, `$1${CUT}`)
      .replace(JWT, CUT)
      .replace(NUMBER, number);
};
