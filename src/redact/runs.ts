// Which lines go to the rules: the marked ones, and those that belong to them.

import { formPartEnd, ledOn, lineEnd } from './led-on.ts';
import type { Marks } from './marks.ts';

const PEM_BEGIN = '-----BEGIN ';
const PEM_END = '-----END ';
const PGP_MOST = 256 * 1024;

/** Whether bytes end within a key block. */
export const isInKey = (bytes: Buffer): boolean => {
  const begin = bytes.lastIndexOf(PEM_BEGIN);
  return begin >= 0 && bytes.indexOf(PEM_END, begin) < 0;
};

/** Where the lines end that belong to a run: what it leads on to, and the rest of a key block that begins in either. */
const extended = (bytes: Buffer, start: number, end: number): number => {
  const led = ledOn(bytes, start, end);
  if (!isInKey(bytes.subarray(start, led))) return led;
  const last = bytes.subarray(led, led + PGP_MOST).indexOf(PEM_END);
  // A key that is cut off: whatever follows it might be its rest.
  return last < 0 ? Math.min(bytes.length, led + PGP_MOST) : lineEnd(bytes, led + last);
};

/** Marked lines as runs that stand for themselves, in order and apart from each other. */
export const runsOf = (bytes: Buffer, marks: Marks): readonly (readonly [number, number])[] => {
  const runs: [number, number][] = [];
  for (let at = 0; at < marks.length; at += 2) {
    const start = marks[at] ?? 0;
    const end = marks[at + 1] ?? 0;
    const before = runs.at(-1);
    if (before && end < before[1]) {
      // Parts of a form follow each other; what else a line leads on to is looked at once.
      before[1] = Math.max(before[1], formPartEnd(bytes, start, end));
      continue;
    }
    const grown = extended(bytes, start, end);
    if (before && start <= before[1]) before[1] = grown;
    else runs.push([start, grown]);
  }
  return runs;
};
