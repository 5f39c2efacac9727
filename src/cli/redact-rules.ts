import * as z from 'zod/mini';
import { type OwnRule, TIERS } from '../redact/rule.ts';
import { firstWrong } from '../schema-words.ts';
import { UsageError } from '../usage-error.ts';
import { parseYaml } from '../yaml.ts';

const text = z.string().check(z.minLength(3), z.maxLength(1000));
const common = {
  id: z.string().check(z.regex(/^[a-z][a-z0-9.-]{0,39}$/, 'lower-case letters, digits, dots and dashes are needed')),
  tier: z._default(z.enum(TIERS), 'credential'),
};
const rules = z.array(
  z.union([
    z.strictObject({ ...common, literal: text }),
    z.strictObject({ ...common, pattern: text }),
    z.strictObject({ ...common, key: text }),
  ]),
);
const MOST_RULES = 500;

/** A quantifier within a group that is repeated, or a choice in one: what can take a time that grows with the square of a line. */
const SLOW = /\((?:[^()\\]|\\.)*(?:[*+]|\{\d+,\d*\}|\|)(?:[^()\\]|\\.)*\)(?:[*+]|\{\d+,\d*\})|\\[1-9]|\\k</;

/** Why a pattern cannot be used, as the end of a sentence that does not tell it; null where it can. */
export const patternFault = (pattern: string): string | null => {
  try {
    if (new RegExp(pattern).test('')) return 'it matches everywhere, also where nothing is';
  } catch {
    return 'it is no regular expression';
  }
  return SLOW.test(pattern)
    ? 'its time could grow without bounds: a repeated group may hold no repetition, no choice and no back reference'
    : null;
};

/** Reads a file of own rules: each an id and one of `literal`, `pattern` and `key`. What is wrong is told without the text of a rule. */
export const readOwnRules = (source: string, name: string): readonly OwnRule[] => {
  const parsed = parseYaml(source, name);
  const read = rules.safeParse(parsed);
  if (!read.success) {
    const { at, words } = firstWrong(read.error);
    throw new UsageError(
      `${name} at ${at || 'its top'}: ${words}; a rule has an id and one of literal, pattern and key`,
    );
  }
  if (read.data.length > MOST_RULES) throw new UsageError(`${name}: it has more than ${MOST_RULES} rules`);
  const twice = read.data.find(({ id }, at) => read.data.findIndex((other) => other.id === id) < at);
  if (twice) throw new UsageError(`${name}: the rule ${twice.id} is there twice`);
  for (const rule of read.data) {
    const fault = 'pattern' in rule ? patternFault(rule.pattern) : null;
    if (fault !== null) throw new UsageError(`${name}: the pattern of ${rule.id} cannot be used: ${fault}`);
  }
  return read.data;
};
