import * as z from 'zod/mini';
import { defineCheck, fail, pass, skip, Unasked, warn } from '../../src/check.ts';

const NOT_GIVEN = skip('No certificate was given: --account-certificate FILE has it judged.', {
  remedy: 'Save the text that Business Manager shows for the number: --account-certificate FILE',
});
const COPY = 'Copy the text that Business Manager shows for the number anew, as one line, whole and alone.';

/** Whether the certificate of the display name, as it was copied, is base64 that decodes. What it says is the vendor's business. */
export const accountCertificate = defineCheck({
  id: 'account.certificate',
  title: 'Display name certificate',
  group: 'account',
  phase: 'before',
  touches: 'Reads the file of --account-certificate and decodes it. Nothing of it is kept.',
  remedy: COPY,
  requirement: z.strictObject({ minBytes: z.int().check(z.positive()) }),
  limit: () => ({ op: 'is', value: 'base64', display: 'base64 on one line' }),
  async measure(host) {
    const given = await host.given('account-certificate');
    if (!given) throw new Unasked(NOT_GIVEN);
    return given;
  },
  figure: ({ wrong, decoded }) => ({
    value: wrong === null ? decoded : null,
    unit: 'By',
    display: wrong === null ? `${decoded} bytes` : 'does not decode',
  }),
  judge({ path, wrong, characters, decoded, oddities }, { minBytes }) {
    const extra = { subject: path, remedy: COPY };
    if (wrong !== null) return fail(`The text is not the certificate: ${wrong}`, extra);
    const is = `${characters} characters that decode to ${decoded} bytes`;
    if (decoded < minBytes) return warn(`${is}: it seems to be cut off, ${minBytes} bytes and more are usual`, extra);
    if (oddities.length > 0)
      return warn(`${is}, but with ${oddities.join(', ')}: the API takes the bare text on one line`, extra);
    return pass(is, { subject: path });
  },
});
