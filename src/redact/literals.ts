import { isContainer, isHarmless } from './harmless.ts';
import type { Literal, Put, RuleName } from './rule.ts';
import { spellingsOf } from './spellings.ts';

/** Values from this many characters on go wherever they stand, shorter ones as whole words, as raw text. */
const LEAST_ANYWHERE = 6;
const LEAST_AT_ALL = 4;
/** A number of fewer digits than this might be a part of another one. */
const LEAST_DIGITS = 9;
/** What is looked up of a spelling, characters; all are at least so long. */
const HEAD = 4;

type Spelling = {
  readonly text: string;
  readonly value: string;
  readonly rule: RuleName;
  /** Neighbours that it must not have. */
  readonly apart: RegExp | null;
};

const WORD = /[A-Za-z0-9_\u0080-\u00ff]/;
const DIGIT = /[0-9]/;

const apartOf = (value: string, { kind }: RuleName): RegExp | null => {
  if (kind === 'phone') return DIGIT;
  if (value.length < LEAST_ANYWHERE) return WORD;
  return value.length < LEAST_DIGITS && /^\d+$/.test(value) ? DIGIT : null;
};

/** A value of several lines is also taken line by line: logs tear it apart. */
const linesOf = (value: string): readonly string[] => {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  return lines.length > 1 ? lines.filter((line) => line.length >= LEAST_ANYWHERE) : [];
};

/** Addresses are found wherever they stand, and a second pass over the first one's result would give them a second pseudonym. */
const ADDRESSES = new Set(['ip', 'mac']);

const spelled = ({ rule, value }: Literal): readonly Spelling[] =>
  (ADDRESSES.has(rule.kind) ? [] : [value, value.trim(), ...linesOf(value)])
    .filter(
      (one, at, all) =>
        all.indexOf(one) === at &&
        one.length >= LEAST_AT_ALL &&
        !isHarmless(one) &&
        !(rule.tier === 'network' && isContainer(one)),
    )
    .flatMap((one) => {
      const apart = apartOf(one, rule);
      const texts = one.length < LEAST_ANYWHERE ? [one] : spellingsOf(one);
      return texts.map((text) => ({ text, value, rule, apart: text.length > one.length ? null : apart }));
    });

const stands = (text: string, at: number, { text: spelling, apart }: Spelling): boolean =>
  text.startsWith(spelling, at) &&
  !(apart && (apart.test(text[at - 1] ?? '') || apart.test(text[at + spelling.length] ?? '')));

const standing = (some: readonly Spelling[] | undefined, text: string, at: number): Spelling | undefined => {
  for (const one of some ?? NONE) if (stands(text, at, one)) return one;
  return undefined;
};
const NONE: readonly Spelling[] = [];

/** A bare number in JSON: a label in its place must be a string there. */
const isBareNumber = (text: string, at: number, { text: spelling }: Spelling): boolean =>
  /^\d+$/.test(spelling) &&
  /[:[,]\s?$/.test(text.slice(Math.max(0, at - 2), at)) &&
  /^\s{0,8}[,}\]]/.test(text.slice(at + spelling.length, at + spelling.length + 9));

const hashAt = (text: string, at: number): number =>
  (text.charCodeAt(at) | (text.charCodeAt(at + 1) << 8) | (text.charCodeAt(at + 2) << 16)) ^
  Math.imul(text.charCodeAt(at + 3), 0x9e3779b1);
/** Of 10,000 spellings each fiftieth place of other text looks as if one began there. */
const SLOT_BITS = 19;
const slotOf = (hash: number): number => Math.imul(hash, 0x85ebca6b) >>> (32 - SLOT_BITS);

const added = <K>(to: Map<K, Spelling[]>, key: K, spelling: Spelling): void => {
  const others = to.get(key);
  if (others) others.push(spelling);
  else to.set(key, [spelling]);
};

/** Values that are secret on this host, in all their spellings. No value is ever a regular expression. */
export type Literals = {
  /** Whether there is anything to look for. */
  readonly any: boolean;
  /** The beginnings that mark a line. */
  readonly heads: readonly string[];
  /** The same text with labels in the place of values; `json` says that labels must not stand bare in it. */
  readonly removed: (text: string, put: Put, json: boolean) => string;
  /** The rule whose value stands in a text, if there is one. */
  readonly left: (text: string) => RuleName | null;
};

/** How much of a spelling marks a line: enough to be rare. */
const MARKING = 8;

/**
 * Looks for thousands of spellings at once: four characters are looked up at each place, so that the time depends on the text alone.
 * Where several fit, the longest is taken.
 */
export const literalsOf = (literals: readonly Literal[]): Literals => {
  const slots = new Uint8Array(1 << SLOT_BITS);
  // By their first eight characters, and shorter ones by their slot; both the longest first.
  const byHead = new Map<string, Spelling[]>();
  const bySlot = new Map<number, Spelling[]>();
  const known = new Set<string>();
  const spellings = literals.flatMap(spelled).sort((a, b) => b.text.length - a.text.length);
  for (const spelling of spellings) {
    if (known.has(spelling.text) || spelling.text.length < HEAD) continue;
    known.add(spelling.text);
    const slot = slotOf(hashAt(spelling.text, 0));
    slots[slot] = 1;
    if (spelling.text.length < MARKING) added(bySlot, slot, spelling);
    else added(byHead, spelling.text.slice(0, MARKING), spelling);
  }

  const next = (text: string, from: number): { readonly at: number; readonly spelling: Spelling } | null => {
    for (let at = from; at + HEAD <= text.length; at += 1) {
      const slot = slotOf(hashAt(text, at));
      if (slots[slot] === 0) continue;
      const spelling =
        standing(byHead.get(text.slice(at, at + MARKING)), text, at) ?? standing(bySlot.get(slot), text, at);
      if (spelling) return { at, spelling };
    }
    return null;
  };

  return {
    any: known.size > 0,
    heads: [...new Set([...known].map((text) => text.split('\n', 1)[0]?.slice(0, MARKING) ?? ''))].filter(
      (head) => head.length >= HEAD,
    ),
    removed: (text, put, json) => {
      const pieces: string[] = [];
      let copied = 0;
      for (let hit = next(text, 0); hit; hit = next(text, copied)) {
        const { at, spelling } = hit;
        const label = put(spelling.rule, spelling.value);
        pieces.push(text.slice(copied, at), json && isBareNumber(text, at, spelling) ? `"${label}"` : label);
        copied = at + spelling.text.length;
      }
      return copied === 0 ? text : pieces.join('') + text.slice(copied);
    },
    left: (text) => next(text, 0)?.spelling.rule ?? null,
  };
};
