import type { Match, Secret } from './planted.ts';
import { alignments, hashesOf, hexOf, variantsOf, wideOf } from './variants.ts';

/** Shorter needles are not looked for, as score.py has it. */
export const LEAST = 6;

export type Needle = { readonly text: string; readonly id: string; readonly how: string; readonly match: Match };

/** Needles by their first characters. */
export type Index = ReadonlyMap<string, readonly Needle[]>;

const WINDOW = 8;
const windowsOf = ({ tier, match, canary, class: name }: Secret): ReadonlySet<string> => {
  const whole = /\n|^(pem|ssh|j|g):/.test(canary) || name === 'jwt_bearer';
  if (tier !== 1 || match !== 'exact' || canary.length < 14 || whole) return new Set();
  return new Set(
    Array.from({ length: Math.max(0, canary.length - 7 - 3) }, (_, at) => canary.slice(at + 3, at + 3 + WINDOW)),
  );
};

/** All that is looked for: as written, and in lower case; and the phone numbers by their digits. */
export const needlesOf = (secrets: readonly Secret[]) => {
  const [exact, lower] = [new Map<string, Needle[]>(), new Map<string, Needle[]>()];
  const phones = new Map<string, string>();
  const put = (index: Map<string, Needle[]>, needle: Needle): void => {
    if (needle.text.length < LEAST) return;
    const key = needle.text.slice(0, LEAST);
    const there = index.get(key);
    if (there) there.push(needle);
    else index.set(key, [needle]);
  };
  const windows = new Map(secrets.map((secret) => [secret.id, windowsOf(secret)]));
  const times = new Map<string, number>();
  for (const set of windows.values()) for (const text of set) times.set(text, (times.get(text) ?? 0) + 1);
  for (const { id, needles, match, class: name } of secrets) {
    for (const needle of needles) {
      for (const [how, text] of variantsOf(needle)) {
        if (match === 'ci') put(lower, { text: text.toLowerCase(), id, how, match });
        else put(exact, { text, id, how, match: how === 'raw' ? match : 'exact' });
      }
      if (Buffer.byteLength(needle) >= 9) {
        for (const text of alignments(needle)) put(exact, { text, id, how: 'base64', match: 'exact' });
        for (const text of hexOf(needle)) put(exact, { text, id, how: 'hex', match: 'exact' });
      }
      put(exact, { text: wideOf(needle), id, how: 'utf16', match });
    }
    if (match === 'digits' || name.startsWith('phone')) {
      const digits = (needles.at(-1) ?? '').replace(/\D/g, '');
      if (digits.length >= 9) phones.set(digits, id);
      for (const text of hashesOf(digits)) put(lower, { text, id, how: 'unsalted hash', match: 'exact' });
    }
    for (const text of windows.get(id) ?? [])
      if (times.get(text) === 1)
        put(exact, { text: Buffer.from(text).toString('latin1'), id, how: 'partial', match: 'exact' });
  }
  return { exact, lower, phones };
};
