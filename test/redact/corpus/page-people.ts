import { ALNUM, DIGITS, type Draw, LOWER } from './draw.ts';
import type { Ledger, Way } from './planted.ts';
import { BODIES, GIVEN, STREETS, word } from './words.ts';

const CODES = [
  ...['1', '7', '20', '27', '33', '34', '39', '44', '49', '52', '55', '57', '60', '62', '63', '65', '66', '81', '82'],
  ...['84', '86', '90', '91', '92', '94', '212', '234', '254', '351', '880', '966', '971', '972'],
] as const;

type Number = { readonly code: string; readonly rest: string };

const SPELLINGS: readonly ((number: Number) => string)[] = [
  ({ code, rest }) => `+${code} ${rest.slice(0, 3)} ${rest.slice(3, 6)} ${rest.slice(6)}`,
  ({ code, rest }) => `+${code}-${rest.slice(0, 3)}-${rest.slice(3)}`,
  ({ code, rest }) => `+${code} (${rest.slice(0, 3)}) ${rest.slice(3, 6)}-${rest.slice(6)}`,
  ({ code, rest }) => `00${code} ${rest.slice(0, 2)} ${rest.slice(2, 6)} ${rest.slice(6)}`,
  ({ code, rest }) => `(${code}) ${rest.slice(0, 4)}-${rest.slice(4)}`,
  ({ code, rest }) => `+${code}.${rest.slice(0, 3)}.${rest.slice(3, 6)}.${rest.slice(6)}`,
  ({ code, rest }) => `+${code} ${rest.slice(0, 5)} ${rest.slice(5)}`,
  ({ code, rest }) => `+${code} ${rest.slice(0, 2)} ${rest.slice(2, 4)} ${rest.slice(4, 6)} ${rest.slice(6)}`,
  ({ code, rest }) => `${code}-${rest.slice(0, 3)}-${rest.slice(3, 6)}-${rest.slice(6)}`,
];

/** Makers of what tells of a person. */
export const peopleOf = (draw: Draw, book: Ledger, file: string) => {
  const plant = (name: string, canary: string, way?: Way) => book.secret(file, name, canary, way);
  const number = (): Number => {
    const code = draw.pick(CODES);
    const digits = book.fresh(
      () => `${code}${draw.between(2, 9)}${draw.chars(draw.between(9, 10) - (code.length > 2 ? 1 : 0), DIGITS)}`,
    );
    return { code, rest: digits.slice(code.length) };
  };
  const digits = (name: string, way?: Way) => {
    const { code, rest } = number();
    return plant(name, `${code}${rest}`, { match: 'digits', ...way });
  };
  const made = () => book.fresh(() => word(draw));
  const capital = (text: string) => `${text[0]?.toUpperCase()}${text.slice(1)}`;
  return {
    /** With its plus. */
    phone(way?: Way) {
      const { code, rest } = number();
      return plant('phone_e164', `+${code}${rest}`, { needles: [`${code}${rest}`], match: 'digits', ...way });
    },
    plainPhone: (way?: Way) => digits('phone_plain', way),
    waId: (way?: Way) => digits('wa_id', way),
    fileNumber: () => digits('phone_in_filename', { encoding: 'filename' }),
    /** Digits of a number in a URL, where its plus is `%2B`. */
    urlPhone: () => `%2B${digits('url_encoded_secret')}`,
    spelled(way?: Way) {
      const one = number();
      const text = draw.pick(SPELLINGS)(one);
      return plant('phone_formatted', text, { needles: [text, `${one.code}${one.rest}`], ...way });
    },
    /** A message id of WhatsApp that holds the number in base64. */
    wamid() {
      const { code, rest } = number();
      const bytes = Buffer.from(`\x1c\x19\x0b${code}${rest}\x15\x02\x00`, 'latin1')
        .toString('base64')
        .replaceAll('=', '');
      plant('wamid_phone', `${code}${rest}`, { needles: [`${code}${rest}`, bytes], encoding: 'base64', hard: true });
      return `wamid.${bytes}`;
    },
    given: () => draw.pick(GIVEN),
    name(way?: Way) {
      const last = capital(made());
      return plant('person_name', `${draw.pick(GIVEN)} ${last}`, { needles: [last], match: 'ci', ...way });
    },
    email(way?: Way) {
      const user = book.fresh(
        () => `${draw.pick(['m', 'jo', 'priya', 'k.lee', 'r_das', 'sales'])}.${draw.chars(6, LOWER)}`,
      );
      const at = draw.pick([
        'example.com',
        'mail.example.net',
        'shop.example.org',
        'corp.example.co',
        'post.example.de',
      ]);
      return plant('email', `${user}@${at}`, { needles: [user], match: 'ci', ...way });
    },
    address(way?: Way) {
      const text = `${draw.between(2, 190)} ${capital(made())} ${draw.pick(STREETS)}`;
      return plant('postal_address', text, { match: 'ci', ...way });
    },
    /** A message body; not JSON-escaped. */
    body(way?: Way) {
      const [first, second] = [made(), made()];
      const text = draw.pick(BODIES).replace('1', first).replace('2', second);
      return plant('message_body', text, { needles: [first, second], match: 'ci', ...way });
    },
    /** A message body of one line that needs no escapes. */
    said(way?: Way) {
      const [first, second] = [made(), made()];
      const plain = BODIES.filter((text) => !/["\n']/.test(text));
      const text = draw.pick(plain).replace('1', first).replace('2', second);
      return plant('message_body', text, { needles: [first, second], match: 'ci', ...way });
    },
    /** Words of a body wherever it stands in parts. */
    somewhat: (way?: Way) => {
      const one = made();
      return plant('message_body', one, { match: 'ci', ...way });
    },
    any: (count: number) => book.fresh(() => draw.chars(count, ALNUM)),
  };
};
