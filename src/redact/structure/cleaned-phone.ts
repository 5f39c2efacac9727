import type { Put } from '../rule.ts';
import type { CleanedValue } from './cleaned.ts';
import { PHONE } from './names.ts';
import { digitsOf, isPhoneText, isPossible, isTime } from './phones.ts';

const NUMBER = /^(?:tel:|whatsapp:|sms:|mailto:)?(?:\+|%2B|00|\()?\s?\(?\d[\d ().-]{5,24}\d(?!\.?\d)/i;
const UNIT =
  /^\s?(?:bytes?|[kmgt]i?b|ms|us|ns|s|sec|seconds|rows?|items?|records?|messages?|files?|lines?|%|\/)(?![a-z])/i;

/** A phone number at the beginning of a value; `certain` where its name says that it is one. */
export const cleanPhone = (value: string, put: Put, certain: boolean): CleanedValue | null => {
  const found = NUMBER.exec(value.trimStart())?.[0];
  if (!found) return null;
  if (found.startsWith('(') && !found.includes(')')) {
    const inside = cleanPhone(value.replace('(', ''), put, certain);
    return inside && { ...inside, text: `(${inside.text}` };
  }
  const number = found;
  const after = value.trimStart().slice(number.length);
  if (/^[\w:-]/.test(after) && !/^%26/.test(after) && !(certain && /^\d{9,15}:/.test(value))) return null;
  const digits = digitsOf(number.replace(/%2B/i, '')).replace(/^00/, '');
  const marked = /^(?:\+|%2B|00|\(|tel:|whatsapp:|sms:)/i.test(number);
  if (digits.length < 7 || digits.length > 15 || UNIT.test(after)) return null;
  if (/^\d{4}-\d\d-\d\d|^\d\d:\d\d/.test(number) || (!isPhoneText(number) && digits.length > 7)) return null;
  if (
    !certain &&
    !marked &&
    (isTime(digits) || !(isPossible(digits) || digits.length > 10 || /^0[1-9]\d{7,10}$/.test(digits)))
  )
    return null;
  const lead = value.length - value.trimStart().length;
  return { text: value.slice(0, lead) + put(PHONE, digits), rest: value.length - lead - number.length };
};
