import type { Put, Rule } from '../rule.ts';
import { cleanNamed } from '../structure/cleaned.ts';
import { ADDRESS, bodyRule, credentialRule, PHONE } from '../structure/names.ts';
import { isPossible, isTime } from '../structure/phones.ts';
import { isBlank } from '../structure/shapes.ts';

const LITERAL = `(\\\\?'|\\\\?")((?:[^'"\\\\\\n]|\\\\[^'"\\n]|''){1,4096}?)\\2`;
const SECRET = new RegExp(
  `((?<!['"\\w])(?:IDENTIFIED(?:\\s{1,8}WITH\\s{1,8}['"\`]?[\\w-]{1,60}['"\`]?)?\\s{1,8}(?:BY|AS)(?:\\s{1,8}PASSWORD)?|(?:ENCRYPTED\\s{1,8}|UNENCRYPTED\\s{1,8}|VALID\\s{1,8})?PASSWORD(?:\\s{1,8}FOR\\s{1,8}[^=\\n]{1,120}=|\\s{0,8}\\(|\\s{0,8}=)?|SET\\s{1,8}PASSWORD(?:\\s{1,8}FOR\\s{1,8}[^=\\n]{1,120})?\\s{0,8}=|PASSWORD\\s{0,8}=\\s{0,8}PASSWORD\\(|(?:MASTER|SOURCE)_PASSWORD\\s{0,8}=|REPLACE|VIA\\s{1,8}\\w{1,40}\\s{1,8}USING(?:\\s{1,8}PASSWORD\\()?|sha2?1?\\(|md5\\(|crypt\\(|USING)\\s{0,8}\\(?\\s{0,8})(?<=[\\s=(])${LITERAL}`,
  'gi',
);
const CIPHER = new RegExp(
  `(\\b(?:AES_(?:EN|DE)CRYPT|ENCODE|DECODE|pgp_sym_(?:en|de)crypt)\\([^,\\n]{1,400},\\s{0,8})${LITERAL}`,
  'gi',
);
const NAMES_PASSWORD = /identif|password|md5\(|sha\d?\(|crypt/i;

/** Passwords in statements: `IDENTIFIED BY 'x'`, `PASSWORD 'x'`, `SET PASSWORD FOR y = 'x'`, keys of AES_ENCRYPT. */
export const sqlPasswords: Rule = {
  id: 'credential.sql-password',
  tier: 'credential',
  kind: 'password',
  triggers: [
    'IDENTIFIED',
    'PASSWORD',
    '_ENCRYPT\\(',
    '_DECRYPT\\(',
    'ENCODE\\(',
    'pgp_sym',
    'crypt\\(',
    'md5\\(',
    'sha[12]?\\(',
  ],
  apply: (text, put) => {
    if (!/identified|password|crypt|code\(|md5\(|sha\d?\(/i.test(text)) return text;
    const label = (whole: string, lead: string, quote: string, secret: string): string =>
      isBlank(secret) || (!NAMES_PASSWORD.test(lead) && !/_password|aes_|pgp_|code\(/i.test(lead))
        ? whole
        : lead + quote + put(credentialRule('password'), secret) + quote;
    return text.replace(SECRET, label).replace(CIPHER, label);
  },
};

const STATEMENT =
  /\b(?:INSERT\s+(?:IGNORE\s+|LOW_PRIORITY\s+)?INTO|REPLACE\s+INTO|UPDATE\s+[\w.`"]{1,80}\s+SET|COPY\s+[\w.`"]{1,80}|SELECT|DELETE\s+FROM|VALUES|WHERE|CALL|EXECUTE|DUPLICATE KEY UPDATE)\b|\bDETAIL:\s|\bparameters:/i;
const WRITES = /\b(?:INSERT|REPLACE|UPDATE|VALUES|COPY|CALL|EXECUTE|parameters:)/i;
const VALUE =
  /(?:([\w.`"]{1,60})\s{0,2}(?:=|LIKE|<>|IN\s*\()\s{0,2})?(?:\b[NEBX]|_utf8mb4)?(\\?')((?:[^'\\\n]|''|\\(?!')[\s\S]){1,20000}?)\2/gi;
const COLUMNS = /\(((?:\s*[`"]?\w{1,64}[`"]?\s*,){0,60}\s*[`"]?\w{1,64}[`"]?\s*)\)\s*VALUES?/i;
const STREET =
  /^\d{1,6}[a-z]?[ ,/-].*[a-z\x80-\xff]{3}|(?:street|strasse|stra\S{1,2}e|road|avenue|marg|lane|soi|rua|calle|via|nagar|weg|platz)\b/i;

// What a string in a statement is by its shape, where no column tells.
const byShape = (value: string, put: Put, writes: boolean): string | null => {
  const digits = value.replace(/^\+/, '');
  if (/^\d{10,15}$/.test(digits)) return isPossible(digits) && !isTime(digits) ? put(PHONE, digits) : null;
  if (!writes || isBlank(value) || /^[[{]/.test(value) || /^\d[\d\s:.,TZ+-]*$/.test(value)) return null;
  const words = value.trim().split(/\s+/).length;
  if (words <= 10 && STREET.test(value) && /^\d/.test(value)) return put(ADDRESS, value);
  return words > 1 || /[\x80-\xff]{3}/.test(value) ? put(bodyRule(), value) : null;
};

/** Strings in statements that write or look for rows: by their column where it is named, else by their shape. */
export const sqlValues: Rule = {
  id: 'personal.sql-value',
  tier: 'personal',
  kind: 'body: text',
  triggers: [
    'INSERT',
    'REPLACE ',
    'UPDATE ',
    'VALUES',
    'WHERE',
    'SELECT',
    'DELETE',
    'CALL ',
    'EXECUTE',
    'parameters:',
    'COPY ',
    'DETAIL:',
  ],
  apply: (text, put) => {
    if (!text.includes("'") || !STATEMENT.test(text)) return text;
    return text.replace(/[^\n]+/g, (line) => {
      const begins = line.search(STATEMENT);
      if (begins < 0) return line;
      const statement = line.slice(begins);
      const writes = WRITES.test(statement);
      const columns =
        COLUMNS.exec(statement.slice(0, 8000))?.[1]
          ?.split(',')
          .map((name) => name.replace(/[\s`"]/g, '')) ?? [];
      const values = columns.length > 0 ? statement.search(/VALUES?/i) : -1;
      const cleaned = statement.replace(
        VALUE,
        (whole, column: string | undefined, quote: string, value: string, at: number) => {
          const name =
            column?.replace(/^.*\./, '').replace(/[`"]/g, '') ??
            (values >= 0 && at > values ? columnAt(statement, values, at, columns) : '');
          const named =
            name === ''
              ? null
              : cleanNamed({ name, parent: '', place: 'quoted', around: statement.slice(0, 400) }, value, put);
          const became = named ? named.text : byShape(value, put, writes);
          return became === null
            ? whole
            : `${whole.slice(0, whole.length - value.length - quote.length)}${became}${quote}`;
        },
      );
      return line.slice(0, begins) + cleaned;
    });
  },
};

// The column of a value in a row, by counting commas outside of strings back to the row's bracket; rows of a hundred values at most.
const columnAt = (statement: string, values: number, at: number, columns: readonly string[]): string => {
  const open = statement.lastIndexOf('(', at);
  if (open < values || at - open > 4000) return '';
  const commas =
    statement
      .slice(open, at)
      .replace(/'(?:[^'\\]|''|\\.){0,4000}'/g, '')
      .split(',').length - 1;
  return columns[commas] ?? '';
};
