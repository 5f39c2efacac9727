import type { Rule } from '../rule.ts';
import { PHONE } from '../structure/names.ts';
import { digitsOf, isLong, isPossible, isTime } from '../structure/phones.ts';
import { phoneRuns, SPELLED_TRIGGERS } from './phone-runs.ts';

const PLUS = /((?:(?<![A-Za-z0-9/+=_-]|\d[ \t])\+|(?<![A-Za-z0-9])%2B|&#43;|\\u002[bB])\(?)([1-9][\d .()/-]{5,28})/g;
const LINK =
  /((?:tel:|sms:|smsto:|whatsapp:|wa\.me\/|callto:|phone(?:=|%3D)|send\?phone=|sip:)(?:\+|%2B)?)(\d[\d -]{5,18}\d)/gi;
// The line of a visiting card.
const CARD = /^((?:item\d{1,2}\.)?TEL[^\n]{0,120}:)([+(]?\d[\d .()-]{6,24}\d)(?=\r?$)/gm;
const ABROAD = /(?<![\w.+:/-])(00)([1-9][\d -]{8,20})/g;
const BRACKETED =
  /(?<![\w.+/%-])(\((?:\+|00)?(?:\d{2,4}|\d(?=\) \d{2,5}[ -]))\) ?\d{2,5}(?:[ -]?\d{2,6}){1,3})(?![\w:-]|\.\d)/g;
const LOCAL =
  /(?<![\w.+:/$#-])(0\d{1,3}[ -]\d{3,4}[ -]\d{3,5}|[2-9]\d{2}-\d{3}-\d{4}|[1-9]\d{0,2}[ -]\(?\d{2,4}\)?[ -]\d{3,4}[ -]\d{3,5})(?![\w:-]|\.\d)/g;

// The number at the beginning of digits and separators: what stands behind ten digits in one piece is something else.
const numberOf = (run: string, next: string): string => {
  if (/[A-Za-z]/.test(next) && /[\d-]$/.test(run)) return '';
  const [first = ''] = /^\d+/.exec(run) ?? [];
  if (first.length >= 10) return first;
  let number = '';
  for (const [piece] of run.matchAll(/^\d+|[ .()/-]{1,3}\d+/g)) {
    if (digitsOf(number + piece).length > 15 || !run.startsWith(number + piece)) break;
    number += piece;
  }
  return number;
};

/** Phone numbers by how they are written: `+66 81-234-5678`, `(971) 8037-31688`, `0066...`, `tel:`, `%2B`, wa.me links. */
export const writtenPhones: Rule = {
  id: 'personal.phone',
  tier: 'personal',
  kind: 'phone',
  triggers: [
    '\\+[(]?[1-9]',
    '%2B[(1-9]',
    '&#43;',
    'u002b',
    'tel:',
    'tel;',
    'sms:',
    'smsto:',
    'whatsapp:',
    'wa\\.me/',
    'callto:',
    'phone=',
    'phone%3D',
    'sip:',
    '00[1-9][0-9 -]{7}',
    '\\([+0-9]{2,5}\\) ?[0-9]',
    '[0-9]{1,4}[ )-]{1,2}[0-9]{3,4}[ -][0-9]{3,5}',
  ],
  apply: (text, put) =>
    /\d{2}/.test(text)
      ? text
          .replace(LINK, (whole, lead: string, number: string) =>
            isLong(digitsOf(number)) ? lead + put(PHONE, digitsOf(number)) : whole,
          )
          .replace(CARD, (_, lead: string, number: string) => lead + put(PHONE, digitsOf(number)))
          .replace(PLUS, (whole, _: string, run: string, at: number, all: string) => {
            const number = numberOf(run, all[at + whole.length] ?? '');
            return isLong(digitsOf(number)) ? put(PHONE, digitsOf(number)) + run.slice(number.length) : whole;
          })
          .replace(ABROAD, (whole, _: string, run: string, at: number, all: string) => {
            const number = numberOf(run, all[at + whole.length] ?? '');
            return isPossible(digitsOf(number)) ? put(PHONE, digitsOf(number)) + run.slice(number.length) : whole;
          })
          .replace(BRACKETED, (whole) => (isLong(digitsOf(whole)) ? put(PHONE, digitsOf(whole)) : whole))
          .replace(LOCAL, (whole) =>
            digitsOf(whole).length >= 9 && isLong(digitsOf(whole)) ? put(PHONE, digitsOf(whole)) : whole,
          )
      : text,
};

// Digits alone, behind a word that says whose they are, or in the path of a node of the API.
const TOLD =
  /(\b(?:to|from|for|by|phone|number|user|contact|recipient|sender|customer|msisdn|wa_?id|jid|caller|callee|mobile|chat|client|subscriber|called|calling|whatsapp|participant|with|destination|registered|peer|member|device|messag(?:e|ing)|texted|entry|blocked|account)(?: (?:number|no\.?|user|contact|phone|id|customer|recipient|is|was|wa_id))?[ \t]{0,2}[:=#([<]?[ \t]{0,2}["']?)(\d{9,15})(?![\w]|[.,]\d|[-:/]\d|[ ]?(?:(?:to|of|and|\/) ?\d{1,15} ?)?(?:bytes?|[kmg]i?b|ms|us|ns|s|sec(?:onds)?|rows?|records?|items?|messages?|lines?|%)\b)/gi;
const IN_PATH =
  /(\/(?:contacts|users|messages|profile|photo|chats?|blocked|phone|numbers?|customers?|wa|media|conversations?|participants?|inbox|outbox|voice|incoming|outgoing|u|p)\/(?:[a-z]{1,12}\/)?|(?<![a-z])(?:chat|conversation|messages?|user|contact|phone|wa|whatsapp|export|history|transcript|backup|media|photo|profile|call|customer|voice|audio|video|ptt|sticker|avatar|thumb|inbound|outbound|incoming|outgoing|sms)[-_])\+?(\d{9,15})(?![A-Za-z0-9]|\.\d)/gi;

/** Phone numbers of digits alone, told by the words before them; times, sizes and counts stay. */
export const toldPhones: Rule = {
  id: 'personal.phone-digits',
  tier: 'personal',
  kind: 'phone',
  triggers: ['[a-z \\t:=#(<"\'/_+[-][0-9]{9}', '[,;|>][0-9]{10}', ...SPELLED_TRIGGERS],
  apply: (text, put) => {
    if (!/\d{2}/.test(text)) return text;
    const told = text
      .replace(TOLD, (whole, lead: string, digits: string) =>
        (isPossible(digits) || digits.length > 10 || /^0[1-9]\d{8}$/.test(digits)) && !isTime(digits)
          ? lead + put(PHONE, digits)
          : whole,
      )
      .replace(IN_PATH, (whole, lead: string, digits: string) =>
        isPossible(digits) && !isTime(digits) ? lead + put(PHONE, digits) : whole,
      );
    return phoneRuns(told, put);
  },
};
