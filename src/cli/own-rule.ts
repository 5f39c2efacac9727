import { whyRefused, whyTextRefused } from '../redact/own-rules.ts';
import type { OwnRule } from '../redact/rule.ts';

/** A rule as it was typed, or what is wrong with it. */
export type TypedRule = { readonly rule: OwnRule; readonly words: string } | { readonly wrong: string };

/** Reads what a person typed: `/ACME-[0-9]{4}/` is a pattern, anything else a word. A word is told by its length alone. */
export const typedRule = (text: string, count: number): TypedRule => {
  const id = `own.${count + 1}`;
  const [, pattern] = /^\/(.+)\/$/.exec(text) ?? [];
  if (pattern === undefined) {
    const wrong = whyTextRefused(text);
    if (wrong !== null) return { wrong: `not taken: it ${wrong}, such as /${[...text].length < 3 ? 'ACME' : text}/` };
    return { rule: { id, tier: 'credential', literal: text }, words: `${id}  a word of ${[...text].length} letters` };
  }
  const fault = whyRefused(pattern);
  if (fault !== null) return { wrong: `not taken: the pattern ${fault}` };
  return { rule: { id, tier: 'credential', pattern }, words: `${id}  /${pattern}/` };
};
