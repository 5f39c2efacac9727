import type { Rule } from '../rule.ts';
import { EMAIL, PHONE } from '../structure/names.ts';
import { isPossible } from '../structure/phones.ts';

const WAMID = /(?<![A-Za-z0-9])(wamid\.)([A-Za-z0-9+/_-]{12,200}={0,2})/g;

/** Ids of messages of the Cloud API: base64 of the other side's phone number. */
export const messageIds: Rule = {
  id: 'personal.wamid',
  tier: 'personal',
  kind: 'wamid',
  triggers: ['wamid\\.'],
  apply: (text, put) => text.replace(WAMID, (_, lead: string, id: string) => lead + put(messageIds, id)),
};

const JID =
  /(?<![\w.+])\+?(\d{7,15})(?:[-.:]\d{1,12})?(?=(?:@|%40)(?:s\.whatsapp\.net|c\.us|g\.us|lid|broadcast|newsletter|call|whatsapp)\b)/gi;

// A group: who made it, and when.
const GROUP = /(?<![\w.+-])(\d{10,14})-(1[3-9]\d{8})(?![\w-])/g;

/** Ids of persons and groups: a phone number before `@s.whatsapp.net`, `@c.us`, `@g.us`. */
export const jids: Rule = {
  id: 'personal.jid',
  tier: 'personal',
  kind: 'phone',
  triggers: ['[0-9]@', '[0-9]%40', '[0-9]{10}-1[3-9][0-9]{8}'],
  apply: (text, put) =>
    text
      .replace(JID, (_, digits: string) => put(PHONE, digits))
      .replace(GROUP, (whole, digits: string, made: string) =>
        isPossible(digits) ? `${put(PHONE, digits)}-${made}` : whole,
      ),
};

const MAIL =
  /(?<![A-Za-z0-9._%+\x80-\xff-])((?:[A-Za-z0-9._+\x80-\xff-]|%2B){1,64})(@|%40)([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})(?![\w-])/g;
const NO_MAIL =
  /\.(?:service|socket|timer|target|slice|scope|mount|device|swap|path|net\.pn|js|ts|py|so|json|png|jpg|\d+)$|^s\.whatsapp\.net$|^[cg]\.us$|^\d+(?:\.\d+)*$/i;

/** E-mail addresses, also with `%40`. */
export const emails: Rule = {
  id: 'personal.email',
  tier: 'personal',
  kind: 'email',
  triggers: ['[^ ]@[a-z0-9]', '%40[a-z0-9]', '[^ ]@[a-z0-9-]{1,63}\\.'],
  apply: (text, put) =>
    text.includes('@') || text.includes('%40')
      ? text.replace(MAIL, (whole, user: string, at: string, host: string) => {
          const name = at === '@' ? user.replace(/%2B/gi, '+') : user.replace(/^.*%[0-9A-F]{2}/i, '');
          if (NO_MAIL.test(host) || name === '' || name === 'git') return whole;
          return (at === '@' ? '' : user.slice(0, user.length - name.length)) + put(EMAIL, `${name}@${host}`);
        })
      : text,
};
