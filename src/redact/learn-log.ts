import { learnFrom } from './learn.ts';
import { literalsOf } from './literals.ts';
import type { Literal } from './rule.ts';
import { RULES } from './rules/index.ts';
import { runsOf } from './runs.ts';
import { lineMarker } from './scan.ts';

/** So much of one line is read at a time, bytes. */
const PIECE = 64 * 1024;
const SPACE = 32;

/** Parts of a run that are read each by itself: a value that is torn by their ends teaches nothing. */
const pieces = function* (bytes: Buffer, start: number, end: number): Generator<string> {
  for (let at = start; at < end; ) {
    const space = end - at > PIECE ? bytes.subarray(at, at + PIECE).lastIndexOf(SPACE) : -1;
    const stop = space > 0 ? at + space + 1 : Math.min(end, at + PIECE);
    yield bytes.toString('latin1', at, stop);
    at = stop;
  }
};

/** Made once, at the first log: that takes longer than reading most logs. */
let marker: ReturnType<typeof lineMarker> | null = null;

/** What a log teaches: as `learnFrom`, of the lines alone in which anything might stand. */
export const learnFromLog = (bytes: Buffer): readonly Literal[] => {
  marker ??= lineMarker(RULES, literalsOf([]));
  const found = new Map<string, Literal>();
  for (const [start, end] of runsOf(bytes, marker(bytes)))
    for (const text of pieces(bytes, start, end))
      for (const literal of learnFrom(text, 'log')) {
        const key = `${literal.rule.tier}\n${literal.value}`;
        if (!found.has(key)) found.set(key, literal);
      }
  return [...found.values()];
};
