import * as z from 'zod/mini';
import { defineCheck, pass, skip } from '../../src/check.ts';
import { answerOf, nodeOf } from '../../src/facts/api/answer.ts';
import { aboutIn, profileFields } from '../../src/facts/api/profile.ts';
import { troubleFinding } from '../../src/facts/api/trouble.ts';

const listed = (names: readonly string[]): string => names.join(', ') || 'none';

/** Which fields of the business profile are filled: to be known, not to be judged. */
export const apiProfile = defineCheck({
  id: 'api.profile',
  title: 'Business profile',
  group: 'api',
  phase: 'after',
  needs: ['api.login'],
  touches: 'GET /v1/settings/business/profile and /v1/settings/profile/about; only which fields are filled is kept.',
  remedy: 'Fill the business profile, if customers are to see it.',
  requirement: z.strictObject({ readable: z.literal(true) }),
  limit: () => ({ op: 'is', value: 'readable', display: 'readable' }),
  async measure(host) {
    const [profile, about] = await Promise.all([
      answerOf(host, 'business-profile'),
      nodeOf(host, 'profile-about').catch(() => null),
    ]);
    const fields = profile.trouble ? null : profileFields(profile.body);
    if (!profile.trouble && !fields)
      throw new Error('/v1/settings/business/profile answers nothing that is known as a profile');
    return { trouble: profile.trouble, fields, about: about && !about.trouble ? aboutIn(about.body) : null };
  },
  figure: ({ fields }) => ({
    value: fields?.filled.length ?? null,
    unit: '{field}',
    display: fields ? `${fields.filled.length} fields filled` : 'not told',
  }),
  judge({ trouble, fields, about }) {
    // Before the registration is complete there is no profile.
    if (trouble?.status === 404)
      return skip('There is no business profile yet, as before the registration is complete.', {
        remedy: 'Register the number first.',
      });
    if (trouble) return troubleFinding(trouble);
    const { filled = [], empty = [] } = fields ?? {};
    const text = about === null ? '' : `; the about text is ${about ? 'filled' : 'empty'}`;
    return pass(`Business profile: filled ${listed(filled)}; empty ${listed(empty)}${text}`);
  },
});
