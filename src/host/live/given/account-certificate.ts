import type { GivenAnswers } from '../../answers/given.ts';

type Read = Omit<NonNullable<GivenAnswers['account-certificate']>, 'path'>;

const QUOTED = /^(["'`])(.*)\1$/s;
/** As it stands in a call's JSON. */
const FIELD = /^\{?\s*"cert"\s*:/;

const withoutPadding = (text: string): string => text.replace(/=+$/, '');

/** Why a text is no base64, whatever is odd about it; null where it can be decoded. */
const unlike = (text: string): string | null => {
  if (text === '') return 'it is empty';
  const plain = withoutPadding(text);
  if (!/^[A-Za-z0-9+/_-]*$/.test(plain)) return 'it holds characters that base64 does not have';
  // 4 characters are 3 bytes: one left over is not even one byte.
  if (plain.length % 4 === 1) return 'its end is missing: no base64 has that length';
  return text.length - plain.length > 2 ? 'it ends in more than two "="' : null;
};

/** Whether a text is base64 that decodes, and what is odd about it; nothing of what it says. */
export const readCertificate = (text: string): Read => {
  const oddities: string[] = [];
  const odd = (is: boolean, words: string) => {
    if (is) oddities.push(words);
  };
  odd(text.startsWith('\ufeff'), 'a byte order mark before it');
  const trimmed = text.replace(/^\ufeff/, '').trim();
  const [, , quoted] = QUOTED.exec(trimmed) ?? [];
  odd(quoted !== undefined, 'quotes around it');
  const inner = quoted ?? trimmed;
  odd(/\\n/.test(inner), 'line breaks written as \\n');
  const lines = inner.replaceAll('\\r', '').replaceAll('\\n', '\n');
  odd(/[\r\n]/.test(inner), 'line breaks');
  odd(/[^\S\r\n]/.test(inner), 'spaces');
  const plain = lines.replace(/\s+/g, '');
  const none = (wrong: string): Read => ({ wrong, characters: plain.length, decoded: 0, oddities });
  if (/-----BEGIN /.test(inner))
    return none('it is a PEM file, as TLS has them, and not the text that Business Manager shows');
  if (FIELD.test(inner)) return none('it is JSON: the text of "cert" alone is needed');
  const wrong = unlike(plain);
  if (wrong) return none(wrong);
  odd(/[-_]/.test(plain), 'the URL-safe alphabet');
  odd(!plain.endsWith('=') && plain.length % 4 !== 0, 'no padding');
  odd(plain.endsWith('=') && plain.length % 4 !== 0, 'padding of the wrong length');
  const decoded = Buffer.from(plain, 'base64');
  return { wrong: null, characters: plain.length, decoded: decoded.length, oddities };
};
