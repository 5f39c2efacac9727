import type { Literals } from './literals.ts';
import { type Marks, markerOf } from './marks.ts';
import type { Rule } from './rule.ts';
import { BEST_SOUGHT, LEAST_SOUGHT, sieveOf } from './sieve.ts';
import { placesOfTrigger } from './trigger.ts';

/** Up to so many texts the one automaton finds beside the triggers at no cost; more would make it large and slow. */
const MOST_IN_ONE = 256;

const NEWLINE = 10;

const asTrigger = (text: string) => placesOfTrigger(text.replace(/[^A-Za-z0-9_]/g, '\\$&'));

const inOrder = (marks: readonly number[]): Marks => {
  const pairs: [number, number][] = [];
  for (let at = 0; at < marks.length; at += 2) pairs.push([marks[at] ?? 0, marks[at + 1] ?? 0]);
  return pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]).flat();
};

/** Marks the lines of a text that hold a trigger of a rule or a secret of this host, in any of its spellings. */
export const lineMarker = (rules: readonly Rule[], literals: Literals): ((bytes: Buffer) => Marks) => {
  const few = literals.heads.length <= MOST_IN_ONE;
  const short = literals.heads.filter((head) => head.length < BEST_SOUGHT).length <= MOST_IN_ONE;
  const least = short ? BEST_SOUGHT : LEAST_SOUGHT;
  const own = literals.heads.filter((head) => few || head.length < least);
  const marker = markerOf([...rules.flatMap(({ triggers }) => triggers.map(placesOfTrigger)), ...own.map(asTrigger)]);
  if (few) return marker;
  const sieve = sieveOf(literals.heads.filter((head) => head.length >= least));
  return (bytes) => {
    const marks = [...marker(bytes)];
    const before = marks.length;
    for (let at = sieve(bytes, 0); at >= 0; ) {
      const end = bytes.indexOf(NEWLINE, at);
      marks.push(bytes.lastIndexOf(NEWLINE, at) + 1, end < 0 ? bytes.length : end + 1);
      at = end < 0 ? -1 : sieve(bytes, end + 1);
    }
    return marks.length === before ? marks : inOrder(marks);
  };
};
