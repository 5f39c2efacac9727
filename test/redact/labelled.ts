import type { Put } from '../../src/redact/rule.ts';

/** What was taken out of a text, rule by rule. */
export const taken = (clean: (put: Put) => string) => {
  const values: string[] = [];
  const text = clean((rule, value) => {
    values.push(value);
    return `<${rule.kind}>`;
  });
  return { text, values };
};
