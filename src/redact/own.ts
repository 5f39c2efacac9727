import type { Literal, OwnRule, Rule, RuleName } from './rule.ts';

/** What was typed, as the text that is cleaned has it: one character for each byte. */
const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');

/** A pattern over bytes: a letter of several is one piece, so that a count behind it counts the whole of it. */
const patternOf = (pattern: string): RegExp =>
  new RegExp(
    pattern.replace(/[^\0-\x7f]/gu, (letter) => `(?:${bytesOf(letter)})`),
    'g',
  );

const nameOf = ({ id, tier }: OwnRule): RuleName => ({ id, tier, kind: id });

const asIs = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const ofKey = (name: RuleName, typed: string): Rule => {
  const key = bytesOf(typed);
  const pattern = new RegExp(
    `(${asIs(key)}\\\\{0,3}["']?\\s{0,8}[:=]\\s{0,8}\\\\{0,3})("[^"]*"|'[^']*'|[^\\s,;&"'\\\\]+)`,
    'gi',
  );
  return {
    ...name,
    triggers: [asIs(key)],
    apply: (text, put) =>
      text.replace(pattern, (_, before: string, value: string) => {
        const quote = /^["']/.exec(value)?.[0] ?? '';
        return before + quote + put(name, quote === '' ? value : value.slice(1, -1)) + quote;
      }),
  };
};

/** A pattern marks the lines that it may stand in, as a trigger; one that counts a letter of several bytes marks every line. */
const triggerOf = (pattern: string): string => (/[^\0-\x7f][{?]/.test(pattern) ? '.' : bytesOf(pattern));

/** The operator's own rules. */
export const ownRules = (own: readonly OwnRule[]): readonly Rule[] =>
  own.flatMap((rule): Rule[] => {
    const name = nameOf(rule);
    if ('key' in rule) return [ofKey(name, rule.key)];
    if (!('pattern' in rule)) return [];
    const pattern = patternOf(rule.pattern);
    return [
      {
        ...name,
        triggers: [triggerOf(rule.pattern)],
        apply: (text, put) => text.replace(pattern, (value: string) => (value === '' ? '' : put(name, value))),
      },
    ];
  });

/** The operator's own texts. */
export const ownLiterals = (own: readonly OwnRule[]): readonly Literal[] =>
  own.flatMap((rule) => ('literal' in rule ? [{ rule: nameOf(rule), value: bytesOf(rule.literal) }] : []));
