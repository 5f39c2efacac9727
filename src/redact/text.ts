import { presentIn } from './present.ts';
import { isLabel } from './pseudonyms/labels.ts';
import type { Put } from './rule.ts';
import { PATTERNS } from './rules/patterns.ts';
import { holding } from './structure/held.ts';
import { cleanJson } from './structure/json.ts';

/** How deep strings of JSON within strings of JSON are opened. */
const DEEPEST = 8;

const present = presentIn(PATTERNS);

const plain = (text: string, put: Put): string => {
  if (!/[a-z0-9]/i.test(text) || /^[\s,:{}[\]"]*$/.test(text)) return text;
  const { held, shown, hidden } = holding(put);
  return shown(present(text).reduce((cleaned, rule) => rule.apply(cleaned, held), hidden(text)));
};

const cleanAt = (text: string, put: Put, depth: number): string => {
  if (isLabel(text) && text.length < 80) return text;
  return cleanJson(text, put, {
    plain: (between) => plain(between, put),
    inner: (said) => (depth < DEEPEST ? cleanAt(said, put, depth + 1) : plain(said, put)),
  });
};

/**
 * Lines of a log or of free text, cleaned: JSON in them by its structure, at any depth, and everything else by the rules. It holds
 * all of `RULES`: a second run over its output would give addresses their second pseudonym.
 */
export const cleanText = (text: string, put: Put): string => cleanAt(text, put, 0);
