import type { Put, Rule } from '../rule.ts';
import { credentialRule } from '../structure/names.ts';

const BEGIN =
  /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d: |Private-Lines: \d{1,4}/g;
const END = /-----END (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY|Private-MAC: /;
/** Longest key that is looked for, characters: one of 16,384 bits takes 13,000. */
const MOST = 40_000;
// A line of a key's body at the end of a line of a log, or its pieces where a line's end is written `\n`.
const BODY =
  /\\{1,4}[rn]|[A-Za-z0-9+/=]{16,}|[A-Za-z0-9+/]{1,15}={0,2}(?=[ \t"',]{0,4}(?:\r?\n|$)|(?:\\{1,4}[rn])|-----)/g;
// A key that is cut off ends where a line holds no base64 any more.
const CUT = /\n(?![^\n]{0,120}[A-Za-z0-9+/]{16})/;

const cutOf = (held: string): number | undefined => {
  const at = held.slice(1).search(CUT);
  return at < 0 ? undefined : at + 1;
};

const bodyLabel = (body: string, put: Put): string => {
  const label = put(credentialRule('private-key'), body.replace(/[^A-Za-z0-9+/=]/g, ''));
  return body.replace(BODY, (piece) => (/^\\+[rn]$/.test(piece) ? piece : label));
};

/** Private keys, over lines or in one line: the lines that say what begins and ends stay. */
export const privateKeys: Rule = {
  id: 'credential.private-key',
  tier: 'credential',
  kind: 'private-key',
  triggers: ['-----BEGIN', 'Private-Lines: ', '-----END', '[A-Za-z0-9+/]{60}'],
  apply: (text, put) => {
    let [out, done] = ['', 0];
    BEGIN.lastIndex = 0;
    for (let found = BEGIN.exec(text); found; found = BEGIN.exec(text)) {
      const start = found.index + found[0].length;
      const held = text.slice(start, start + MOST);
      const close = END.exec(held)?.index ?? cutOf(held);
      const end = close === undefined ? Math.min(text.length, start + MOST) : start + close;
      out += text.slice(done, start) + bodyLabel(text.slice(start, end), put);
      done = end;
      BEGIN.lastIndex = end;
    }
    return out + text.slice(done);
  },
};
