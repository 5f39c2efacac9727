import * as z from 'zod/mini';
import { defineCheck, fail, pass, skip, Unasked, warn } from '../../src/check.ts';

const NOT_GIVEN = skip('No phone number was given: --phone-number +66812345678 has it judged.', {
  remedy: 'Give the business number with "+" and its country code: --phone-number NUMBER',
});

const KINDS: Readonly<Record<string, string>> = {
  FIXED_LINE: 'a fixed line',
  MOBILE: 'a mobile number',
  FIXED_LINE_OR_MOBILE: 'a fixed line or mobile number',
  TOLL_FREE: 'a toll-free number',
  PREMIUM_RATE: 'a premium-rate number',
  SHARED_COST: 'a shared-cost number',
  VOIP: 'a VOIP number',
  PERSONAL_NUMBER: 'a personal number',
  PAGER: 'a pager',
  UAN: "a company's universal number",
  VOICEMAIL: 'a voice mail number',
};

const CODE = 'The code of the registration comes by SMS or by a voice call';

/** Whether a number can be registered: with its country code, of a length and range that its country has, and one that a person answers. */
export const accountPhoneNumber = defineCheck({
  id: 'account.phone-number',
  title: 'Phone number',
  group: 'account',
  phase: 'before',
  touches:
    'Looks at the number of --phone-number by the number plans of all countries. Calls nobody; the report has its last two digits.',
  remedy: 'Take a fixed line or mobile number that you own, and write it with "+" and its country code.',
  requirement: z.strictObject({ unfit: z.array(z.string()) }),
  limit: () => ({ op: 'is', value: 'valid', display: 'E.164, of a line that takes calls or SMS' }),
  async measure(host) {
    const given = await host.given('phone-number');
    if (!given) throw new Unasked(NOT_GIVEN);
    return given;
  },
  figure: ({ masked, country, kind }) => ({
    value: kind ?? 'unknown',
    display: [masked, country].filter(Boolean).join(', '),
  }),
  judge({ masked, wrong, valid, country, kind }, { unfit }) {
    const extra = { subject: masked };
    if (wrong !== null)
      return fail(`This is no number in international form: ${wrong}`, {
        ...extra,
        remedy: 'Write it with "+", the country code, and the number without its leading zero.',
      });
    const place = country ? ` of ${country}` : '';
    if (!valid)
      return warn(`The number has the form of one${place}, but is in no range that is known to be given out`, {
        ...extra,
        remedy: 'Compare it, digit by digit, with what the operator gave you.',
      });
    const what = KINDS[kind ?? ''] ?? 'of a kind that cannot be told';
    const is = `The number is ${what}${place}`;
    if (kind !== null && unfit.includes(kind))
      return warn(`${is}: ${CODE}, which such lines as a rule cannot take`, {
        ...extra,
        remedy: 'Take a fixed line or mobile number, or have calls from abroad led past its menu to a person.',
      });
    return pass(kind === 'VOIP' ? `${is}. ${CODE}: make sure that it takes one of both from abroad` : is, extra);
  },
});
