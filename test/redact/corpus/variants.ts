import { createHash } from 'node:crypto';

const utf8 = (text: string): string => Buffer.from(text).toString('latin1');
const escaped = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
const quoted = (text: string, safe = ''): string =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%[0-9A-F]{2}/g, (code) => (safe !== '' && decodable(code) === safe ? safe : code));
const decodable = (code: string): string => String.fromCharCode(Number.parseInt(code.slice(1), 16));
const marked = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#x27;');

/** The spellings of a needle in which it is looked for, by name, each as latin1 of its UTF-8; those that change nothing are left out. */
export const variantsOf = (needle: string): readonly (readonly [string, string])[] => {
  const json = escaped(needle);
  const all: readonly (readonly [string, string])[] = [
    ['json', json],
    ['json2', escaped(json)],
    ['jsonu', Array.from(needle, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')],
    ['json/', needle.replaceAll('/', '\\/')],
    ['go', needle.replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')],
    ['url', quoted(needle)],
    ['url+', quoted(needle, ' ').replaceAll(' ', '+')],
    ['url~', quoted(needle, '/')],
    ['html', marked(needle)],
    ['yaml1', needle.replaceAll("'", "''")],
    ['sh', needle.replaceAll("'", "'\\''")],
    ['$$', needle.replaceAll('$', '$$$$')],
  ];
  return [
    ['raw', utf8(needle)],
    ...all.filter(([, text]) => text !== needle).map(([how, text]) => [how, utf8(text)] as const),
  ];
};

/** What is left of a value in base64 wherever it starts among the groups of three bytes. */
export const alignments = (needle: string): readonly string[] => {
  const bytes = Buffer.from(needle);
  return [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replaceAll('=', '')
      .slice([0, 2, 3][shift]);
    const cut = (bytes.length + shift) % 3 === 0 ? text : text.slice(0, -1);
    return cut.length >= 11 ? [cut, cut.replaceAll('+', '-').replaceAll('/', '_')] : [];
  });
};

/** Hexadecimal, both cases. */
export const hexOf = (needle: string): readonly string[] => {
  const hex = Buffer.from(needle).toString('hex');
  return [hex, hex.toUpperCase()];
};

/** UTF-16, little end first. */
export const wideOf = (needle: string): string => Buffer.from(needle, 'utf16le').toString('latin1');

/** The beginnings of unsalted hashes of a number: a pseudonym that anybody can reverse. */
export const hashesOf = (digits: string): readonly string[] =>
  [digits, `+${digits}`].flatMap((text) =>
    ['md5', 'sha1', 'sha256'].map((name) => createHash(name).update(text).digest('hex').slice(0, 10)),
  );
