import type { OwnRule } from '../redact/rule.ts';
import { patternFault } from './redact-rules.ts';

/** A rule as it was typed, or what is wrong with it. */
export type TypedRule = { readonly rule: OwnRule; readonly words: string } | { readonly wrong: string };

/** Shorter words stand in everything. */
const LEAST = 3;

/** Reads what a person typed: `/ACME-[0-9]{4}/` is a pattern, anything else a word. A word is told by its length alone. */
export const typedRule = (text: string, count: number): TypedRule => {
  const id = `own.${count + 1}`;
  const [, pattern] = /^\/(.+)\/$/.exec(text) ?? [];
  if (pattern === undefined) {
    if ([...text].length < LEAST) return { wrong: `a word of ${LEAST} letters at least is needed` };
    return { rule: { id, tier: 'credential', literal: text }, words: `${id}  a word of ${[...text].length} letters` };
  }
  const fault = patternFault(pattern);
  if (fault !== null) return { wrong: `this pattern cannot be used: ${fault}` };
  return { rule: { id, tier: 'credential', pattern }, words: `${id}  /${pattern}/` };
};
