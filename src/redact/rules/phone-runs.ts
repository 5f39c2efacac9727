import type { Put } from '../rule.ts';
import { PHONE } from '../structure/names.ts';
import { digitsOf, isLong, isPossible, isTime } from '../structure/phones.ts';

const MAY_BE = '(\\d{10,14})';
// Behind a sentence about a person: `User is not valid: 66...`, `number not on WhatsApp: 66...`.
const SENTENCE = new RegExp(
  `(\\b(?:user|number|phone|recipient|contact|customer|msisdn|subscriber|participant|sender|wa_?id|whatsapp)s?\\b[a-z _-]{1,40}: ?["'\\[(]?)${MAY_BE}(?![\\w]|[.,]\\d|[-:/]\\d| ?(?:bytes?|rows?|ms)\\b)`,
  'gi',
);
const COUNTED = /\b(?:of|rows?|counts?|bytes|total|size|ids?|times?|seq|offset|sum|errors?|code|limit|version|hash)\b/i;
// From one to another: `66... -> 49...`.
const ARROW = new RegExp(
  `(?<![\\w.:/+-])${MAY_BE}(["']?\\s?(?:->|=>|<-|>|\\xe2\\x86\\x92)\\s?["']?)${MAY_BE}(?![\\w.:/-])`,
  'g',
);
// Further ones of a list whose first is known, a label by now.
const FURTHER = /(?<=\ue000[^\n]{2})(?:["']?[,;|/]["']? ?["']?\d{10,14}(?![\w.:/-])){1,200}/g;
// A list of nothing else.
const LISTED = /(?<=[[(] ?)(["'])\d{10,14}\1(?:, ?\1\d{10,14}\1){0,200}(?= ?[\])])/g;
// The tag of a line about one: `INFO [66...] session opened`.
const TAGGED = /((?:^|\s)[[<])(\d{11,13})(?=[\]>]\s)/gm;
// Pieces behind a word of telephony: `SMS to (0049) 170 / 123 45 67`.
const SPELLED =
  /(\b(?:sms|call(?:ed|ing)?|texted|message|sent|deliver(?:ed|y)?|dial(?:l?ed|l?ing)?)(?: message)? (?:to|from)|\b(?:phone|tel|telephone|mobile|cell|number|whatsapp|msisdn|hotline)(?: (?:no\.?|number|is|was))?:?)(\s{1,2})(\(?\+?0?\d{1,5}\)?(?:\s?[./ -]\s?\(?\d{1,8}\)?){1,6})(?![\w:/-]|\.\d)/gi;

/** What a line holds where a number is spelled in pieces behind a word. */
export const SPELLED_TRIGGERS: readonly string[] =
  'sms to,sms from,called,calling,call to,call from,texted,message to,message from,sent to,delivered to,deliver to,phone,telephone,mobile,cell,number,whatsapp,msisdn,hotline'
    .split(',')
    .map((word) => `${word}[a-z.:]{0,8} {1,2}[(+]{0,2}[0-9]{1,5}[) ./-]`);

const phone = (digits: string, put: Put): string | null =>
  isPossible(digits) && !isTime(digits) ? put(PHONE, digits) : null;

const isSpelled = (text: string): boolean => {
  const digits = digitsOf(text);
  if (digits.length < 9 || !isLong(digits)) return false;
  return !/^\d{4}[-/.]\d\d[-/.]\d\d|^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|^(?:\d{1,3}\.){3}\d{1,3}$|^\d{1,5}(?: \d{1,2}){1,9}$/.test(
    text,
  );
};

/** Numbers of digits alone that a sentence, an arrow or a list tells of, and spelled ones behind a word of telephony. */
export const phoneRuns = (text: string, put: Put): string =>
  text
    .replace(SENTENCE, (whole, lead: string, digits: string) => {
      const label = COUNTED.test(lead) ? null : phone(digits, put);
      return label === null ? whole : lead + label;
    })
    .replace(ARROW, (whole, from: string, arrow: string, to: string) => {
      const [first, second] = [phone(from, put), phone(to, put)];
      return first === null || second === null ? whole : first + arrow + second;
    })
    .replace(LISTED, (whole) => {
      const numbers = whole.match(/\d+/g) ?? [];
      return numbers.every((digits) => isPossible(digits) && !isTime(digits))
        ? whole.replace(/\d+/g, (digits) => put(PHONE, digits))
        : whole;
    })
    .replace(FURTHER, (list) => list.replace(/\d+/g, (digits) => phone(digits, put) ?? digits))
    .replace(TAGGED, (whole, lead: string, digits: string) => {
      const label = phone(digits, put);
      return label === null ? whole : lead + label;
    })
    .replace(SPELLED, (whole, lead: string, gap: string, spelled: string) =>
      isSpelled(spelled) ? lead + gap + put(PHONE, digitsOf(spelled).replace(/^00/, '')) : whole,
    );
