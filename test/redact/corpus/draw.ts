/** Numbers, choices and strings that a seed alone decides. */
export type Draw = {
  /** A whole number from 0, below `limit`. */
  readonly below: (limit: number) => number;
  /** A whole number from `low` to `high`, both of them possible. */
  readonly between: (low: number, high: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  readonly chars: (count: number, alphabet: string) => string;
  readonly chance: (share: number) => boolean;
};

export const DIGITS = '0123456789';
export const HEX = '0123456789abcdef';
export const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
export const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';
export const BASE64 = `${ALNUM}+/`;

const hashOf = (seed: string): number => {
  let hash = 2166136261;
  for (const char of seed) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619);
  return hash >>> 0;
};

/** The draws of a seed: mulberry32, so that a corpus is the same on every machine. */
export const drawOf = (seed: string): Draw => {
  let state = hashOf(seed);
  const unit = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(unit() * limit);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    pick,
    chars: (count, alphabet) => Array.from({ length: count }, () => alphabet[below(alphabet.length)]).join(''),
    chance: (share) => unit() < share,
  };
};
