import type { Literals } from '../literals.ts';
import type { RuleName } from '../rule.ts';
import { PHONE } from '../structure/names.ts';
import { isPossible, isTime } from '../structure/phones.ts';
import { cleanText } from '../text.ts';
import type { Labels } from './labels.ts';

const DIGITS = /(?<![\dA-Za-z.])\+?(\d{9,15})(?!\d)/g;

/**
 * Cleans a name of a file or a host: secrets and hosts that were learnt, phone numbers, addresses, hosts and secrets in it. What comes out is a name again: no brackets,
 * no spaces; folders stay folders.
 */
export const namer = (labels: Labels, literals: Literals): ((name: string) => string) => {
  const put = (rule: RuleName, value: string): string => {
    const label = labels(rule, value);
    return label.replace(/[[\]]/g, '').replace(/[^\w.:@-]+/g, '-');
  };
  const part = (name: string): string => {
    const phones = literals
      .removed(name, put, false)
      .replace(DIGITS, (whole, digits: string) =>
        (isPossible(digits) || whole.startsWith('+')) && !isTime(digits) ? put(PHONE, digits) : whole,
      );
    return cleanText(phones, put).replace(/[\0/]/g, '-');
  };
  return (name) => name.split('/').map(part).join('/');
};
