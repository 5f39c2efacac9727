import { parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js/max';
import type { GivenAnswers } from '../../answers/given.ts';

type Read = NonNullable<GivenAnswers['phone-number']>;

/** Signs that people put between digits. */
const BETWEEN = /[ \u00a0()./-]/g;
const LONGEST = 40;

const LENGTHS: Readonly<Record<string, string>> = {
  TOO_SHORT: 'it is too short for a number with its country code: short codes are none',
  TOO_LONG: 'it is too long',
  INVALID_LENGTH: 'no number of its country has that length',
  INVALID_COUNTRY: 'no country has that code',
  NOT_A_NUMBER: 'it is no number',
};

/** The country code and the last two digits; nothing but these two where there is no country code. */
const maskedOf = (digits: string, code: string): string => {
  const rest = digits.slice(code.length);
  const seen = rest.length > 4 ? rest.slice(-2) : '';
  return `${code && `+${code} `}${'*'.repeat(rest.length - seen.length)}${seen}`;
};

/** What a number is by the number plans of its country, as the library knows them; never the number itself. */
export const readNumber = (given: string): Read => {
  const plain = given.trim().replace(BETWEEN, '');
  const digits = plain.replace(/\D/g, '').slice(0, LONGEST);
  const no = (wrong: string, international = false): Read => ({
    ...{ masked: maskedOf(digits, ''), wrong, international, possible: false, valid: false, country: null, kind: null },
  });
  if (!/^\+?\d+$/.test(plain)) return no('it holds more than digits with a "+" before them');
  if (!plain.startsWith('+')) return no('it does not begin with "+" and the country code');
  if (plain.length > LONGEST) return no('it is too long', true);
  const length = validatePhoneNumberLength(plain);
  const number = parsePhoneNumberFromString(plain, { extract: false });
  if (!number) return no(LENGTHS[length ?? ''] ?? 'it is no number', true);
  const possible = number.isPossible();
  return {
    masked: maskedOf(digits, number.countryCallingCode),
    wrong: possible ? null : (LENGTHS[length ?? ''] ?? 'no number of its country has that length'),
    international: true,
    possible,
    valid: number.isValid(),
    country: number.country ?? null,
    kind: number.getType() ?? null,
  };
};
