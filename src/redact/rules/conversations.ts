import type { Put, Rule } from '../rule.ts';
import { isHeld } from '../structure/held.ts';
import { bodyRule, PERSON } from '../structure/names.ts';

// A line of a conversation: "Name says text", an export of the app, "message from 66...: text".
const WORDS = "[A-Z\\x80-\\xff][\\w\\x80-\\xff'.-]{0,30}(?: [A-Z\\x80-\\xff][\\w\\x80-\\xff'.-]{0,30}){0,4}";
const SAYS = new RegExp(
  `^([^\\S\\n]{0,8}(?:\\[[^\\]\\n]{4,40}\\][ ]?)?)(${WORDS})((?: \\([^)\\n]{1,40}\\))? (?:says|said|wrote|writes|asked|asks|replied|replies|texted|schrieb|escreveu|dice|dijo)(?: to [^:\\n]{1,60})?[:,]? ?["']?)([^\\n]{2,20000})`,
  'gm',
);
// "66... wrote: text", where the number is a label by now... or not yet.
const PHONE_SAYS =
  /((?:\ue000[^\n]{2}|\b\d{10,15})(?: ?\([^)\n]{1,40}\))? (?:says|said|wrote|writes|asked|asks|replied|replies|texted|sent)(?: us)?(?: ["'(]|: ["']?))([^\n"]{2,20000})/g;
const EXPORT =
  /^((?:\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ \x80-\xff]{0,4}[AaPp]\.?[Mm]\.?)?\]?)(?: - | )(?:~ ?)?)([^:\n[\]{}=/"]{2,60})(: )([^\n]{1,20000})/gm;
const FROM_TO =
  /((?:\bmessage|\bmsg|\btext|\bsms|\breply|\bchat)\b[^\n:"']{0,60}?\b(?:from|to|by|body|text|content|said)\b[^\n:"']{0,60}?(?:: |[:=] ?(?=["'])|, text |, body ))(["']?)([^\n]{2,20000})/gi;
// Programs and things speak too: "Docker says: ...", "The server replied: ...".
const NO_PERSON =
  /\b(?:The|This|That|These|It|He|She|We|They|You|Who|Which|What|Nothing|Nobody|Docker|Engine|Compose|Daemon|Containerd|MySQL|MariaDB|Postgre\w{0,4}|Redis|Nginx|Server|Client|Coreapp|Webapp|Core|Web|Master|Kernel|Linux|Host|Node|System\w{0,2}|Support|Database|Driver|Manual|Vendor|Error|Exception|Caused|Reason|Log|Note|API|Webhook|Callback|Container|Image|Service|Proxy|Gateway|Java|Python|Report|Check|Tool|Program|Process|Script|Module|Thread|Worker|Job|Task|Peer|Remote|Upstream|Git|Curl|Vault|Whats\w{0,8})\b/;
const BY_PERSON = new RegExp(
  `(\\b(?:from|to|by) (?:(?:Dr|Mrs?|Ms)\\.? )?)((?!(?:Dr|Mrs?|Ms)\\b)${WORDS.replace('{0,4}', '{1,3}')}): ?$`,
);
const LEVEL =
  /^(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRIT(?:ICAL)?|SEVERE|LOG|HINT|DETAIL|STATEMENT|CONTEXT|PANIC|Note|System|Server|InnoDB)\b/i;

const spoken = (lead: string, name: string, verb: string, said: string, put: Put): string => {
  const closing = /["']\s*$/.exec(said)?.[0] ?? '';
  return (
    lead +
    (isHeld(name) ? name : put(PERSON, name)) +
    verb +
    put(bodyRule(), said.slice(0, said.length - closing.length)) +
    closing
  );
};

/** Lines of conversations: who speaks, and what. */
export const conversations: Rule = {
  id: 'personal.conversation',
  tier: 'personal',
  kind: 'body: text',
  triggers: [
    ' says',
    ' said',
    ' wrote',
    ' writes',
    ' ask[es]',
    ' repli',
    ' texted',
    ' schrieb',
    ' escreveu',
    ' dice ',
    ' dijo ',
    '[0-9][./-][0-9]{1,2}[./-][0-9]{2,4},? [0-9]{1,2}[:.][0-9]{2}[^\\t]{0,24} ?-? ?[^:]{2,60}: ',
    ...['message', 'msg', 'text', 'sms', 'reply', 'chat'].flatMap((word) =>
      ['from', 'to', 'by', 'body', 'text', 'content', 'said'].map((of) => `${word}[^:"']*[^a-z0-9_:"']${of}[^a-z0-9_]`),
    ),
  ],
  apply: (text, put) =>
    text
      .replace(SAYS, (whole, lead: string, name: string, verb: string, said: string) =>
        NO_PERSON.test(name) ? whole : spoken(lead, name, verb, said, put),
      )
      .replace(PHONE_SAYS, (_, lead: string, said: string) => lead + put(bodyRule(), said))
      .replace(EXPORT, (whole, lead: string, name: string, parting: string, said: string) =>
        LEVEL.test(name) || /^[a-z_.-]+$/.test(name) || /^\d{4}-/.test(lead.replace('[', ''))
          ? whole
          : spoken(lead, name.trim(), parting, said, put),
      )
      .replace(FROM_TO, (whole, lead: string, quote: string, said: string) => {
        const end = quote === '' ? said.length : said.indexOf(quote);
        const body = end < 0 ? said : said.slice(0, end);
        if (
          !(/\s/.test(body.trim()) || /[\x80-\xff]{6}/.test(body)) ||
          /^\[body|^\s*[[{(]|error|fail|timeout|exception|retry|status|code|refused|invalid/i.test(body)
        )
          return whole;
        if (quote === '' && !/\d{7}|\ue000|\+\d/.test(lead) && !(BY_PERSON.test(lead) && !NO_PERSON.test(lead)))
          return whole;
        const by =
          quote === '' ? lead.replace(BY_PERSON, (_, of: string, name: string) => `${of}${put(PERSON, name)}: `) : lead;
        return by + quote + put(bodyRule(), body) + said.slice(body.length);
      }),
};
