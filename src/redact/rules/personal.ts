import type { Put, Rule } from '../rule.ts';
import { ADDRESS, bodyRule, EMAIL, PERSON, PHONE } from '../structure/names.ts';
import { isHeld } from '../structure/held.ts';

const WAMID = /(?<![A-Za-z0-9])(wamid\.)([A-Za-z0-9+/_-]{12,200}={0,2})/g;

/** Ids of messages of the Cloud API: base64 of the other side's phone number. */
export const messageIds: Rule = {
  id: 'personal.wamid',
  tier: 'personal',
  kind: 'wamid',
  triggers: ['wamid\\.'],
  apply: (text, put) => text.replace(WAMID, (_, lead: string, id: string) => lead + put(messageIds, id)),
};

const JID = /(?<![\w.+])\+?(\d{7,15})(?:[-.:]\d{1,12})?(?=(?:@|%40)(?:s\.whatsapp\.net|c\.us|g\.us|lid|broadcast|newsletter|call|whatsapp)\b)/gi;

/** Ids of persons and groups: a phone number before `@s.whatsapp.net`, `@c.us`, `@g.us`. */
export const jids: Rule = {
  id: 'personal.jid',
  tier: 'personal',
  kind: 'phone',
  triggers: ['[0-9](?:@|%40)'.replace('(?:@|%40)', '@'), '[0-9]%40'],
  apply: (text, put) => text.replace(JID, (_, digits: string) => put(PHONE, digits)),
};

const MAIL = /(?<![A-Za-z0-9._%+\x80-\xff-])([A-Za-z0-9._+\x80-\xff-]{1,64})(@|%40)([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})(?![\w-])/g;
const NO_MAIL =
  /\.(?:service|socket|timer|target|slice|scope|mount|device|swap|path|net\.pn|js|ts|py|so|json|png|jpg|\d+)$|^s\.whatsapp\.net$|^[cg]\.us$|^\d+(?:\.\d+)*$/i;

/** E-mail addresses, also with `%40`. */
export const emails: Rule = {
  id: 'personal.email',
  tier: 'personal',
  kind: 'email',
  triggers: ['[a-z0-9._+\\x80-\\xff-]@[a-z0-9]'.replace('\\x80-\\xff', ''), '%40[a-z0-9]', '[^ ]@[a-z0-9-]{1,63}\\.'],
  apply: (text, put) =>
    text.includes('@') || text.includes('%40')
      ? text.replace(MAIL, (whole, user: string, at: string, host: string) => {
          const name = at === '@' ? user : user.replace(/^.*%[0-9A-F]{2}/i, '');
          if (NO_MAIL.test(host) || name === '' ) return whole;
          return user.slice(0, user.length - name.length) + put(EMAIL, `${name}@${host}`);
        })
      : text,
};

// A line of a conversation: "Name says text", an export of the app, "message from 66...: text".
const WORDS = "[A-Z\\x80-\\xff][\\w\\x80-\\xff'.-]{0,30}(?: [A-Z\\x80-\\xff][\\w\\x80-\\xff'.-]{0,30}){0,4}";
const SAYS = new RegExp(`^([^\\S\\n]{0,8}(?:\\[[^\\]\\n]{4,40}\\][ ]?)?)(${WORDS})((?: \\([^)\\n]{1,40}\\))? (?:says|said|wrote|writes|asked|asks|replied|replies|texted|schrieb|escreveu|dice|dijo)(?: to [^:\\n]{1,60})?[:,]? ?["']?)([^\\n]{2,20000})`, 'gm');
const EXPORT = /^((?:\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ \x80-\xff]{0,4}[AaPp]\.?[Mm]\.?)?\]?)(?: - | )(?:~ ?)?)([^:\n[\]{}=/"]{2,60})(: )([^\n]{1,20000})/gm;
const FROM_TO = /((?:\bmessage|\bmsg|\btext|\bsms|\breply|\bchat)\b[^\n:"']{0,60}?\b(?:from|to|by|body|text|content|said)\b[^\n:"']{0,60}?(?:: |[:=] ?(?=["'])|, text |, body ))(["']?)([^\n]{2,20000})/gi;
const LEVEL = /^(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRIT(?:ICAL)?|SEVERE|LOG|HINT|DETAIL|STATEMENT|CONTEXT|PANIC|Note|System|Server|InnoDB)\b/i;

const spoken = (lead: string, name: string, verb: string, said: string, put: Put): string => {
  const closing = /["']\s*$/.exec(said)?.[0] ?? '';
  return lead + (isHeld(name) ? name : put(PERSON, name)) + verb + put(bodyRule(), said.slice(0, said.length - closing.length)) + closing;
};

/** Lines of conversations: who speaks, and what. */
export const conversations: Rule = {
  id: 'personal.conversation',
  tier: 'personal',
  kind: 'body: text',
  triggers: [' says', ' said', ' wrote', ' writes', ' ask[es]', ' repli', ' texted', ' schrieb', ' escreveu', ' dice ', ' dijo ', '[0-9][./-][0-9]{1,2}[./-][0-9]{2,4},? [0-9]{1,2}[:.][0-9]{2}[^\\n]{0,24} ?-? ?[^\\n:]{2,60}: ', ...['message', 'msg', 'text', 'sms', 'reply', 'chat'].flatMap((word) => ['from', 'to', 'by', 'body', 'text', 'content', 'said'].map((of) => `${word}[^:"']*[^a-z0-9_:"']${of}[^a-z0-9_]`))].map((one) => one.replaceAll('[^\\n]', '[^\\t]').replace('[^\\n:]', '[^:]')),
  apply: (text, put) =>
    text
      .replace(SAYS, (_, lead: string, name: string, verb: string, said: string) => spoken(lead, name, verb, said, put))
      .replace(EXPORT, (whole, lead: string, name: string, parting: string, said: string) =>
        LEVEL.test(name) || /^[a-z_.-]+$/.test(name) || /^\d{4}-/.test(lead.replace('[', '')) ? whole : spoken(lead, name.trim(), parting, said, put),
      )
      .replace(FROM_TO, (whole, lead: string, quote: string, said: string) => {
        const end = quote === '' ? said.length : said.indexOf(quote);
        const body = end < 0 ? said : said.slice(0, end);
        if (!(/\s/.test(body.trim()) || /[\x80-\xff]{6}/.test(body)) || /^\[body|^\s*[[{(]|error|fail|timeout|exception|retry|status|code|refused|invalid/i.test(body)) return whole;
        if (quote === '' && !/\d{7}|\ue000|\+\d/.test(lead)) return whole;
        return lead + quote + put(bodyRule(), body) + said.slice(body.length);
      }),
};

const STREET =
  "(?:Street|St\\.|Road|Rd\\.?|Avenue|Ave\\.?|Marg|Lane|Ln\\.?|Drive|Dr\\.|Boulevard|Blvd\\.?|Nagar|Colony|Court|Square|Terrace|Crescent|Close|Highway|Hwy|Parkway|Strasse|Stra\\xc3\\x9fe|Weg|Platz|Gasse|Allee|Way|Place|Soi|Bagh|Chowk|Gali|Jalan)";
const LETTERS = "[A-Za-z\\x80-\\xff][\\w\\x80-\\xff'.-]{0,30}";
const POSTAL = new RegExp(
  `(?<![\\w.:/-])(?:\\d{1,5}[A-Za-z]?(?:/\\d{1,4})?,? (?:${LETTERS} ){1,4}${STREET}(?![\\w])|(?:Rua|Avenida|Av\\.|Calle|Via|Soi|Jalan|Jl\\.|Rue|Thanon) (?:${LETTERS},? ){1,4}\\d{1,5}|[A-Z]${LETTERS.slice(1)}(?:stra\\xc3\\x9fe|strasse|str\\.|weg|gasse|allee|platz) \\d{1,4}[a-z]?(?:, \\d{4,5} ${LETTERS})?)(?:, (?:${LETTERS}[ ,]{1,2}){0,4}\\d{4,6}(?:-\\d{3,4})?)?`,
  'g',
);

/** Streets with their numbers, as they are written in several countries. */
export const postalAddresses: Rule = {
  id: 'personal.address',
  tier: 'personal',
  kind: 'address',
  triggers: ['[0-9a-z,] [a-z\'. \\-]{1,40} (?:'.slice(0, 0), ' street', ' st\\.', ' road', ' rd', ' ave', ' marg', ' lane', ' ln', ' drive', ' dr\\.', ' boulevard', ' blvd', ' nagar', ' colony', ' court', ' square', ' terrace', ' crescent', ' close', ' highway', ' hwy', ' parkway', ' way', ' place', 'strasse', 'stra.{1,4}e [0-9]'.replace('.{1,4}', '[^ ]{1,4}'), 'weg', 'platz', 'gasse', 'allee', 'str\\.', 'rua ', 'av\\.', 'calle ', 'via ', ' soi', 'jalan ', 'jl\\.', 'rue ', 'thanon '].filter((one) => one !== ''),
  apply: (text, put) => text.replace(POSTAL, (address) => put(ADDRESS, address)),
};
