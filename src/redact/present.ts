import { lazyTable, START } from './dfa.ts';
import type { Rule } from './rule.ts';
import { placesOfTrigger } from './trigger.ts';

/** Rules that share an automaton at first, and the states up to which they do: some together would need thousands. */
const TOGETHER = 7;
const MOST_STATES = 320;

/** Which of some rules have a trigger in the first so many bytes, as bits in their order. */
type Presence = (bytes: Uint8Array, length: number) => number;

/** Texts up to this length are looked at without memory of their own, characters. */
const USUAL = 64 * 1024;

const together = (rules: readonly Rule[]) => {
  const triggers = rules.flatMap((rule, at) => rule.triggers.map((trigger) => [at, placesOfTrigger(trigger)] as const));
  const lazy = lazyTable(
    triggers.map(([, places]) => places),
    triggers.map(([at]) => at),
  );
  const { classOf } = lazy;
  const all = (1 << rules.length) - 1;
  const present: Presence = (bytes, length) => {
    lazy.begin();
    let state = START;
    let found = 0;
    for (let at = 0; at < length; at += 1) {
      const table = lazy.table();
      let next = state;
      for (; at < length; at += 1) {
        next = table[state + (classOf[bytes[at] as number] as number)] as number;
        if (next < 0) break;
        state = next;
      }
      if (at === length) break;
      // A step that the table does not hold, or one that ends a trigger.
      state = lazy.next(state, bytes[at] as number, null) ?? START;
      if (lazy.exhausted()) return all;
      found |= lazy.bits(state);
    }
    return found;
  };
  return { present, size: lazy.size };
};

/** An automaton of several rules that grows too large becomes two of half as many. */
const presence = (rules: readonly Rule[]): Presence => {
  const one = together(rules);
  if (rules.length === 1) return one.present;
  const middle = rules.length >> 1;
  let halves: readonly [Presence, Presence] | null = null;
  return (bytes, length) => {
    if (halves) return halves[0](bytes, length) | (halves[1](bytes, length) << middle);
    const found = one.present(bytes, length);
    if (one.size() > MOST_STATES) halves = [presence(rules.slice(0, middle)), presence(rules.slice(middle))];
    return found;
  };
};

/**
 * The rules that have a trigger in a text, in their order: of a score of patterns one or two have anything to do in a line, and to
 * ask for several at once costs a hundredth of what they cost.
 */
export const presentIn = (rules: readonly Rule[]): ((text: string) => readonly Rule[]) => {
  const groups = Array.from({ length: Math.ceil(rules.length / TOGETHER) }, (_, at) => {
    const group = rules.slice(at * TOGETHER, (at + 1) * TOGETHER);
    return { group, present: presence(group) };
  });
  const usual = Buffer.alloc(USUAL);
  return (text) => {
    // What is beyond latin1 is no text of a file: it stands for itself, and no trigger names its lower byte.
    const bytes = text.length > USUAL ? Buffer.from(text, 'latin1') : usual;
    if (bytes === usual) usual.write(text, 0, 'latin1');
    const found: Rule[] = [];
    for (const { group, present } of groups) {
      const bits = present(bytes, text.length);
      for (let at = 0; bits >> at > 0; at += 1) if ((bits >> at) & 1) found.push(group[at] as Rule);
    }
    return found;
  };
};
