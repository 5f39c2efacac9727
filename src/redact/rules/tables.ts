import type { Put, Rule } from '../rule.ts';
import { cleanNamed } from '../structure/cleaned.ts';
import { bodyRule, PERSON } from '../structure/names.ts';
import { type Cell, cellsOf, type Header, headerOf, isPersonal, isRowOf, isRuled } from '../structure/tables.ts';
import { meaningOf } from '../structure/words.ts';

const SPOKEN = /^(?:message|msg|note|notes|remark|remarks|subject)$/i;

// A name or a text alone says little; in rows with a phone number it is a person's.
const ofPerson = (name: string, value: string, put: Put): string | null => {
  if (/^(?:name|user|customer|contact|recipient|sender)$/i.test(name))
    return /^[A-Z\x80-\xff][^\d_/@=\ue000]{1,80}$/.test(value) ? put(PERSON, value) : null;
  const text = /\s/.test(value) || /[\x80-\xff]{6}/.test(value);
  return SPOKEN.test(name) && text ? put(bodyRule(), value) : null;
};

const cellCleaned = (name: string, value: string, around: string, personal: boolean, put: Put): string | null => {
  if (value === '' || /^(?:null|\\N|-)$/i.test(value)) return null;
  const named = cleanNamed({ name, parent: '', place: 'quoted', around }, value, put);
  if (named) return named.text + value.slice(value.length - (named.rest ?? 0));
  return personal ? ofPerson(name, value, put) : null;
};

const rowCleaned = (line: string, header: Header, personal: boolean, put: Put): string => {
  const cells = cellsOf(line, header.parting);
  const around = `${header.names.join(' ')} ${line.slice(0, 400)}`;
  let [out, done] = ['', 0];
  const swap = ({ start, end, text }: Cell, became: string | null): void => {
    if (became === null || became === text) return;
    out += line.slice(done, start) + became;
    done = end;
  };
  if (header.pairs) {
    const [key, value] = cells;
    if (key && value && meaningOf(key.text)?.is === 'credential')
      swap(value, cellCleaned(key.text, value.text, '', false, put));
  } else
    for (const [at, name] of header.names.entries()) {
      const cell = cells[at];
      if (cell) swap(cell, cellCleaned(name, cell.text, around, personal, put));
    }
  return out + line.slice(done);
};

const certain =
  'passw pwd pass secret token phone msisdn wa_?id mobile tel telephone whatsapp body customer_?name full_?name first_?name api_?key';
const plain = 'name message text email to from address contact recipient sender customer';

const isLike = (one: Header, other: Header): boolean =>
  one.parting === other.parting && one.names.length === other.names.length;

/** Tables of database clients and files of rows, by the line that names their columns. */
export const tables: Rule = {
  id: 'credential.table',
  tier: 'credential',
  kind: 'secret',
  triggers: [
    ...certain
      .split(' ')
      .flatMap((word) => [
        `[|,;\\t]"? {0,2}${word}`,
        `${word}[a-z0-9_ ]{0,20}"? {0,8}[|,;\\t]`,
        `${word}[a-z_]{0,12} {2}`,
      ]),
    ...plain.split(' ').map((word) => `[|,;\\t]"? {0,2}${word}"? {0,8}[|,;\\t]`),
    'variable_?name"? {0,40}[|,;\\t]',
    'from stdin',
    ...['parameter', 'name', 'key', 'property', 'to', 'from', 'email'].map(
      (word) => `^[|" ]{0,3}${word}"? {0,40}[|,;\\t]`,
    ),
  ],
  apply: (text, put) => {
    if (!/[|,;\t]| {2}/.test(text) || !text.includes('\n')) return text;
    let header: Header | null = null;
    let personal = false;
    return text
      .split('\n')
      .map((line) => {
        const named = headerOf(line.replace(/\r$/, ''));
        // Two tables may stand one below the other; a row may look as if it named columns.
        const next = named && header && isLike(named, header) ? null : named;
        if (!next && header && isRowOf(header, line))
          return isRuled(line) ? line : rowCleaned(line, header, personal, put);
        header = next;
        personal = header?.names.some(isPersonal) ?? false;
        return line;
      })
      .join('\n');
  },
};
