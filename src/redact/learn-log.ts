import { learnFrom } from './learn.ts';
import { literalsOf } from './literals.ts';
import type { Literal } from './rule.ts';
import { RULES } from './rules/index.ts';
import { runsOf } from './runs.ts';
import { lineMarker } from './scan.ts';

/** What a log teaches: as `learnFrom`, of the lines alone in which anything might stand. */
export const learnFromLog = (bytes: Buffer): readonly Literal[] => {
  const marks = lineMarker(RULES, literalsOf([]));
  const found = new Map<string, Literal>();
  for (const [start, end] of runsOf(bytes, marks(bytes)))
    for (const literal of learnFrom(bytes.toString('latin1', start, end), 'log')) {
      const key = `${literal.rule.tier}\n${literal.value}`;
      if (!found.has(key)) found.set(key, literal);
    }
  return [...found.values()];
};
