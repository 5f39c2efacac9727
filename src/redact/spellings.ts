// How a value may be written where it does not stand as it is. All texts are latin1: one character for each byte.

const bytesOf = (value: string): Buffer => Buffer.from(value, 'latin1');
const hex2 = (code: number): string => code.toString(16).padStart(2, '0');

const PLAIN_IN_URLS = /[A-Za-z0-9_.~-]/;
const urlEncoded = (value: string, plain: RegExp): string =>
  value.replace(/[\s\S]/g, (one) => (plain.test(one) ? one : `%${hex2(one.charCodeAt(0)).toUpperCase()}`));
const lowerHex = (encoded: string): string => encoded.replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase());

const JSON_SHORT: Record<string, string> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' };
const jsonEscaped = (value: string): string =>
  value.replace(
    /["\\]|[^ -\uffff]/g,
    (one) => JSON_SHORT[one] ?? (one < ' ' ? `\\u00${hex2(one.charCodeAt(0))}` : `\\${one}`),
  );

/** As text: what the bytes mean in UTF-8, or themselves where they mean nothing there. */
const meant = (value: string): string => {
  const text = bytesOf(value).toString('utf8');
  return text.includes('\ufffd') ? value : text;
};
const unicodeEscaped = (value: string, which: RegExp): string => {
  const text = meant(value);
  const escaped = text.replace(which, (one) =>
    Array.from({ length: one.length }, (_, at) => `\\u${one.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  );
  return text === value ? escaped : Buffer.from(escaped, 'utf8').toString('latin1');
};

const HTML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' };
const htmlEscaped = (value: string): string => value.replace(/[&<>"']/g, (one) => HTML[one] ?? one);

/** The characters of base64 that depend on the value alone, for the three places it may have within its neighbours. */
const base64 = (value: string): readonly string[] =>
  [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytesOf(value)])
      .toString('base64')
      .replace(/=+$/, '');
    const whole = (value.length + before) % 3 === 0 ? encoded.length : encoded.length - 1;
    return encoded.slice([0, 2, 3][before], whole);
  });

const EVERY = /[\s\S]/gu;
const BEYOND_ASCII = /[\u0080-\u{10ffff}]/gu;
const GO_ESCAPES = /[&<>\u2028\u2029]/g;

const written = (value: string): readonly string[] => {
  const json = jsonEscaped(value);
  const go = unicodeEscaped(json, GO_ESCAPES);
  const ascii = unicodeEscaped(json, BEYOND_ASCII);
  const every = unicodeEscaped(value, EVERY);
  const url = urlEncoded(value, PLAIN_IN_URLS);
  const path = urlEncoded(value, /[A-Za-z0-9_.~/-]/);
  const form = url.replaceAll('%20', '+');
  const component = urlEncoded(value, /[A-Za-z0-9_.~!*'()-]/);
  const shell = value.replaceAll("'", "'\\''");
  return [
    value,
    json,
    jsonEscaped(json),
    jsonEscaped(jsonEscaped(json)),
    json.replaceAll('/', '\\/'),
    go,
    jsonEscaped(go),
    ascii,
    jsonEscaped(ascii),
    every,
    every.replace(/[a-f]/g, (one) => one.toUpperCase()),
    jsonEscaped(every),
    ...[url, path, form, component].flatMap((one) => [one, lowerHex(one)]),
    // Encoded twice: a URL within a URL.
    url.replaceAll('%', '%25'),
    htmlEscaped(value),
    value.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`).replaceAll('&#38;', '&amp;'),
    jsonEscaped(htmlEscaped(value)),
    shell,
    jsonEscaped(shell),
    value.replace(/[^A-Za-z0-9_,.:/@%+=-]/g, '\\$&'),
    value.replaceAll('"', '\\"').replaceAll('$', '\\$').replaceAll('`', '\\`'),
    value.replaceAll("'", "''"),
    value.replaceAll('$', '$$$$'),
    jsonEscaped(value.replaceAll('$', '$$$$')),
  ];
};

const encoded = (value: string): readonly string[] => {
  const hex = bytesOf(value).toString('hex');
  const aligned = base64(value).filter((one) => one.length >= 8);
  return [
    ...aligned,
    ...aligned.map((one) => one.replaceAll('+', '-').replaceAll('/', '_')),
    ...aligned.map((one) => one.replaceAll('/', '\\/')),
    hex,
    hex.toUpperCase(),
    ...aligned.map((one) => urlEncoded(one, PLAIN_IN_URLS)),
  ];
};

/**
 * Every way in which a value is removed: raw, in JSON (once, twice, with \u escapes, as Go writes it), in URLs (either case, + for a
 * space), in HTML, quoted for shells and YAML, with Compose's `$$`, in hex, and in base64 wherever in it it begins. Longest first.
 */
export const spellingsOf = (value: string): readonly string[] => {
  const all = new Set([...written(value), ...encoded(value)]);
  return [...all].sort((a, b) => b.length - a.length);
};
