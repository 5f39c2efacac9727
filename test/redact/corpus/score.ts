import { type Index, LEAST, type Needle, needlesOf } from './needles.ts';
import { type Blob, opened } from './opened.ts';
import type { Match, Truth } from './planted.ts';

/** Where a planted secret was found again, and how it was spelled there. */
type Leak = { readonly how: string; readonly file: string; readonly context: string };

/** How many of how many. */
export type Share = { readonly got: number; readonly of: number };

export type Score = {
  readonly credentials: Share;
  readonly personal: Share;
  readonly network: Share;
  readonly hard: Share;
  readonly keep: Share;
  /** By the id of the secret. */
  readonly leaks: ReadonlyMap<string, readonly Leak[]>;
  /** The values of decoys that were found less often than planted. */
  readonly lost: readonly string[];
};

const digit = (text: string, at: number): boolean => text[at] !== undefined && /[0-9]/.test(text[at]);

const bounded = (text: string, from: number, to: number, match: Match): boolean => {
  if (match === 'digits') return !digit(text, from - 1) && !digit(text, to);
  if (match !== 'ip') return true;
  if (digit(text, from - 1) || (text[from - 1] === '.' && digit(text, from - 2))) return false;
  return !(digit(text, to) || (text[to] === '.' && digit(text, to + 1)));
};

const isWide = (bytes: Buffer): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes.length > 3 && bytes[1] === 0 && bytes[3] === 0);

const found = (text: string, index: Index, tell: (needle: Needle, at: number) => void): void => {
  for (let at = 0; at + LEAST <= text.length; at += 1) {
    const needles = index.get(text.slice(at, at + LEAST));
    if (needles === undefined) continue;
    for (const needle of needles) if (text.startsWith(needle.text, at)) tell(needle, at);
  }
};

const NUMBER = /[+(]?\d[\d \-().]{7,20}\d/g;

/** Looks for every planted value as ../shared/samples/score.py does: contents, names of files and of members, all spellings. */
export const scoreOf = (files: ReadonlyMap<string, Uint8Array>, truth: Truth): Score => {
  const { exact, lower, phones } = needlesOf(truth.secrets);
  const planted = new Map<string, number>();
  for (const { value } of truth.decoys) if (value.length >= 4) planted.set(value, (planted.get(value) ?? 0) + 1);
  const decoys = new Map<string, Needle[]>();
  for (const value of planted.keys()) {
    const text = Buffer.from(value).toString('latin1');
    const key = text.slice(0, LEAST);
    if (text.length >= LEAST)
      decoys.set(key, [...(decoys.get(key) ?? []), { text, id: value, how: 'raw', match: 'exact' }]);
  }
  const short = [...planted.keys()].filter((value) => Buffer.byteLength(value) < LEAST);
  const leaks = new Map<string, Leak[]>();
  const kept = new Map<string, number>();
  const see = (value: string, count = 1): void => void kept.set(value, (kept.get(value) ?? 0) + count);
  const leak = (id: string, one: Leak): void => {
    const all = leaks.get(id) ?? [];
    if (all.filter(({ how }) => how === one.how).length < 2) leaks.set(id, [...all, one]);
  };
  const scan = (file: string, text: string): void => {
    const tell =
      (shown: string) =>
      ({ text: needle, id, how, match }: Needle, at: number): void => {
        if (!bounded(shown, at, at + needle.length, match)) return;
        leak(id, { how, file, context: text.slice(Math.max(0, at - 40), at + needle.length + 12) });
      };
    found(text, exact, tell(text));
    const small = text.replace(/[A-Z]+/g, (part) => part.toLowerCase());
    found(small, lower, tell(small));
    found(text, decoys, ({ text: value, id }, at) => {
      const [before, after] = [digit(text, at - 1), digit(text, at + value.length)];
      if (!((before && digit(value, 0)) || (after && digit(value, value.length - 1)))) see(id);
    });
  };
  const blobs: readonly Blob[] = [...files].flatMap(([path, bytes]) => [
    { name: 'name', bytes: Buffer.from(path) },
    ...opened(path, bytes),
  ]);
  for (const { name, bytes } of blobs) {
    const text = bytes.toString('latin1');
    scan(name, text);
    if (isWide(bytes)) scan(`${name}(utf16)`, Buffer.from(bytes.toString('utf16le')).toString('latin1'));
    for (const [number] of text.matchAll(NUMBER)) {
      const digits = number.replace(/\D/g, '');
      for (const one of new Set([digits, digits.replace(/^0+/, '')])) {
        const id = phones.get(one);
        if (id !== undefined) leak(id, { how: 'reformatted', file: name, context: number });
      }
    }
    for (const value of short) {
      const plain = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      see(value, [...text.matchAll(new RegExp(`(?<![0-9])${plain}(?![0-9])`, 'g'))].length);
    }
  }
  const share = (secrets: Truth['secrets']): Share => ({
    got: secrets.filter(({ id }) => !leaks.has(id)).length,
    of: secrets.length,
  });
  const core = truth.secrets.filter(({ hard }) => !hard);
  const soft = truth.decoys.filter(({ hard, value }) => !hard && planted.has(value));
  const rate = (value: string): number => {
    const count = planted.get(value) ?? 1;
    return Math.min(kept.get(value) ?? 0, count) / count;
  };
  return {
    credentials: share(core.filter(({ tier }) => tier === 1)),
    personal: share(core.filter(({ tier }) => tier === 2)),
    network: share(core.filter(({ tier }) => tier === 3)),
    hard: share(truth.secrets.filter(({ hard }) => hard)),
    keep: { got: soft.reduce((sum, { value }) => sum + rate(value), 0), of: soft.length },
    leaks,
    lost: [...planted.keys()].filter((value) => rate(value) < 1),
  };
};
