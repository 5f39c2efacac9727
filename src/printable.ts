// Foreign text may hold anything. It is made printable once, before it enters a report.

// C0 but tab and newline, DEL, C1, zero-width and directional marks, line separators, tags and lone surrogates.
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

const LONGEST = 4096;

const named = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
};

/** Foreign text with every control, directional and invisible character spelled out, at most 4096 characters long. */
export const printable = (text: string): string => {
  const clean = text.replaceAll('\r\n', '\n').replace(UNPRINTABLE, named);
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST).replace(/\p{Surrogate}$/u, '')}…` : clean;
};

/** Foreign text on one line. */
export const oneLine = (text: string): string =>
  printable(text)
    .trim()
    .replace(/\s*\n\s*/g, ' · ')
    .replaceAll('\t', ' ');

/** The same data with every string and every key in it printable. */
export const printableDeep = <T>(value: T): T => {
  if (typeof value === 'string') return printable(value) as T;
  if (Array.isArray(value)) return value.map(printableDeep) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [printable(key), printableDeep(inner)])) as T;
};

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

/** JSON of data as it is, in which every such character is escaped: a terminal that shows the text does nothing but show it. */
export const printableJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(UNPRINTABLE, escaped);
