import { lazyTable, START } from './dfa.ts';
import type { Rule } from './rule.ts';
import { placesOfTrigger } from './trigger.ts';

/** Whether a rule has a trigger in a text. An automaton of its own stays small; one for all rules that does not stop would not. */
const presence = ({ triggers }: Rule): ((text: string) => boolean) => {
  const lazy = lazyTable(triggers.map(placesOfTrigger));
  return (text) => {
    let table = lazy.table();
    let state = START;
    for (let at = 0; at < text.length; at += 1) {
      // What is beyond latin1 is no text of a file: it stands for itself, and no trigger names it.
      const byte = text.charCodeAt(at) & 0xff;
      let next = table[state + byte] as number;
      if (next < 0) {
        const made = lazy.next(state, byte, null);
        if (made === null) return true;
        next = made;
        table = lazy.table();
      }
      state = next;
    }
    return false;
  };
};

/**
 * The rules that have a trigger in a text, in their order: of a score of patterns one or two have anything to do in a line, and to
 * ask costs a tenth of what they cost.
 */
export const presentIn = (rules: readonly Rule[]): ((text: string) => readonly Rule[]) => {
  const asked = rules.map((rule) => ({ rule, isPresent: presence(rule) }));
  return (text) => asked.filter(({ isPresent }) => isPresent(text)).map(({ rule }) => rule);
};
