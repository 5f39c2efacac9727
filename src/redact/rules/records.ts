import type { Rule } from '../rule.ts';
import { bodyRule, PERSON } from '../structure/names.ts';

const HELD = /\ue000/;
const FIELD = /("(?:[^"\n]|""){0,20000}"|[^,;\t|\n]{0,20000})([,;\t|]|$)/g;
const WORD = "[A-Z\\x80-\\xff][a-z\\x80-\\xff'.-]{1,30}";
const PERSON_FIELD = new RegExp(`^${WORD}(?: ${WORD}){1,3}$`);

// Rows with a phone number or an e-mail address in them, which are labels by now, are rows about persons.
const isRow = (line: string): boolean =>
  HELD.test(line) && /^[^{<=]*$/.test(line) && (line.match(/[,;\t|]/g)?.length ?? 0) >= 2;

/** Rows of a table (CSV and its like) about persons: names and texts by their shape, for the head of the table may be far. */
export const records: Rule = {
  id: 'personal.record',
  tier: 'personal',
  kind: 'name',
  triggers: [
    '[0-9]{9}"?[,;|\\t]',
    '@[a-z0-9.-]{3,60}"?[,;|\\t]',
    '[,;|\\t]"?\\+?[0-9]{9}',
    '[,;|\\t]"?[a-z0-9._+-]{1,60}@',
  ],
  apply: (text, put) =>
    HELD.test(text)
      ? text.replace(/[^\n]+/g, (line) => {
          if (!isRow(line)) return line;
          return line.replace(FIELD, (whole, field: string, parting: string) => {
            const quote = field.startsWith('"') ? '"' : '';
            const value = quote ? field.slice(1, -1) : field;
            if (PERSON_FIELD.test(value)) return `${quote}${put(PERSON, value)}${quote}${parting}`;
            const isText = quote !== '' && value.trim().split(/\s+/).length >= 3 && !HELD.test(value);
            return isText || /[\x80-\xff]{6}/.test(value)
              ? `${quote}${put(bodyRule(), value)}${quote}${parting}`
              : whole;
          });
        })
      : text,
};

const SAID_NAME = new RegExp(
  `((?:\\b[Tt]his is|\\b[Mm]y name is|\\b[Ii] am|\\b(?:Regards|Thanks|Best|Sincerely|Cheers|Yours),?\\s{1,3}|\\bDear|\\bHi|\\bHello|\\bMrs?\\.?|\\bMs\\.?|\\bKhun|\\b[Cc]ustomer|\\b[Pp]atient|\\b[Cc]ontact|\\b[Cc]lient|\\b[Uu]ser|\\b[Ss]ender|\\b[Aa]gent|\\b[Ee]mployee|\\b[Aa]uthor|\\b[Oo]wner|\\b(?:[Aa]ssigned|[Ee]scalated) to|\\b(?:[Aa]pproved|[Cc]reated|[Ss]ent|[Ss]igned) by|\\b[Cc]alled by|\\b[Rr]eported by|\\b[Pp]ush ?name|\\b[Pp]rofile name|\\b[Dd]isplay name|\\b[Nn]otify name)(?: (?:name|changed|is|to|now|was)){0,3}[:=]? ["']?)(${WORD} ${WORD}(?: ${WORD})?)(?![\\w])`,
  'g',
);
// A visiting card, and a name before an address: `FN:Anna Meier`, `Anna Meier <anna@...>`.
const CARD = /^((?:FN|N|NICKNAME)(?:;[^:\n]{0,60})?:)([^\n\r]{2,200})/gm;
const BEFORE_MAIL = new RegExp(`(?<![\\w\\x80-\\xff])(${WORD}(?: ${WORD}){1,3})(?=["']? <[^<>\\s]{3,80}>)`, 'g');
// Beside a number, which is a label by now: `66... (Anna Meier)`, `Anna Meier (66...)`.
const BEHIND = new RegExp(`(\\ue000[^\\n]{2} ?[("'<\\[])(${WORD}(?: ${WORD}){1,3})(?=[)"'>\\]])`, 'g');
const BEFORE = new RegExp(`(?<![\\w\\x80-\\xff])(${WORD}(?: ${WORD}){1,2})(?=(?: [(<]|, ?| - )\\ue000)`, 'g');
const NO_NAME =
  /^(?:The|This|That|Your|Our|Support|Team|Docker|Direct|Business|Access|All|Error|Request|Message|Data|Service|Server|System|Agent|Status|Not|Was|Is|WhatsApp|Whats|Api|New|Old|Dear|Sir|Madam|Engine|Connection|Could|Cannot|Login|Created|Deleted|Updated|Unknown|Invalid|Failed|Recipient|Sender|Contact|Phone|Number|Undeliver\w{0,6}|User|Customer|Client|Host|Address|From|Sent|Received|Blocked|Registered|Callback|Webhook|Read|Delivered|No|Media|Chat|Group)\b/;

/** Names of persons where a sentence says that it is one: `this is Anna Meier`, `customer: Anna Meier`. */
export const saidNames: Rule = {
  id: 'personal.said-name',
  tier: 'personal',
  kind: 'name',
  triggers: [
    'this is ',
    'name is ',
    'i am ',
    'regards',
    'thanks',
    'best,',
    'sincerely',
    'cheers',
    'yours',
    'dear ',
    'hi ',
    'hello ',
    '[^a-z0-9]mrs?\\.? [a-z]',
    '^mrs?\\.? ',
    '[^a-z0-9]ms\\.? [a-z]',
    '^ms\\.? ',
    'khun ',
    'customer',
    'patient',
    'contact',
    'client',
    'user',
    'sender',
    'called by',
    'reported by',
    'agent ',
    'employee',
    'author',
    'owner',
    'assigned to',
    'escalated to',
    'approved by',
    'created by',
    'sent by',
    'signed by',
    '[0-9] ?[("\'<\\[][a-z\\x80-\\xff]{2,31} [a-z\\x80-\\xff]',
    '[a-z\\x80-\\xff] [(<]\\+?[0-9]{7}',
    '[a-z\\x80-\\xff], ?\\+[0-9]',
    '[a-z\\x80-\\xff] - \\+[0-9]',
    'push ?name',
    'profile name',
    'display name',
    'notify name',
    '^fn[;:]',
    '^n[;:]',
    '^nickname[;:]',
    '[a-z\\x80-\\xff] <[a-z0-9._%+-]{1,64}@',
  ],
  apply: (text, put) =>
    text
      .replace(SAID_NAME, (whole, lead: string, name: string) =>
        NO_NAME.test(name) ? whole : lead + put(PERSON, name),
      )
      .replace(CARD, (_, lead: string, name: string) => lead + put(PERSON, name))
      .replace(BEFORE_MAIL, (name) => (NO_NAME.test(name) ? name : put(PERSON, name)))
      .replace(BEHIND, (_, lead: string, name: string) => lead + put(PERSON, name))
      .replace(BEFORE, (name) => (NO_NAME.test(name) ? name : put(PERSON, name))),
};
