import * as z from 'zod/mini';
import { defineCheck, fail, pass, skip, Unasked } from '../../src/check.ts';
import { answerOf } from '../../src/facts/api/answer.ts';
import { fieldsOf, textOf } from '../../src/facts/api/nodes.ts';
import { applicationIn } from '../../src/facts/api/settings.ts';

/** A URL's scheme and origin: what is behind them may hold secrets. */
const originOf = (url: string): { readonly scheme: string; readonly origin: string } | null => {
  try {
    const { protocol, host } = new URL(url);
    return { scheme: protocol.replace(':', ''), origin: `${protocol}//${host}` };
  } catch {
    return null;
  }
};

const REMEDY = 'Set webhooks.url to the https address of the webhook (PATCH /v1/settings/application).';

/** Whether the client knows where to send what comes in. */
export const webhookConfigured = defineCheck({
  id: 'webhook.configured',
  title: 'Webhook address',
  group: 'webhook',
  phase: 'after',
  needs: ['api.login'],
  touches: 'GET /v1/settings/application; of the address only scheme, host and port are kept.',
  remedy: REMEDY,
  requirement: z.strictObject({ scheme: z.literal('https') }),
  limit: ({ scheme }) => ({ op: 'is', value: scheme, display: 'set, with https' }),
  async measure(host) {
    const { trouble, body } = await answerOf(host, 'settings-application');
    if (trouble)
      throw new Unasked(
        skip('The settings, which hold it, are not told: see api.settings.', { subject: 'api.settings' }),
      );
    const application = applicationIn(body);
    if (!application) throw new Error('/v1/settings/application answers nothing that is known as settings');
    const url = textOf(fieldsOf(application['webhooks'])?.['url'])?.trim() ?? '';
    return { isSet: url !== '', ...(originOf(url) ?? { scheme: null, origin: null }) };
  },
  figure: ({ isSet, origin }) => ({ value: origin, display: origin ?? (isSet ? 'no URL' : 'not set') }),
  judge({ isSet, scheme, origin }, { scheme: wanted }) {
    if (!isSet)
      return fail(
        'No webhook is set: what comes in waits, and requests may be refused with error 1022 (Webhooks URL not configured)',
        {
          remedy: REMEDY,
        },
      );
    if (origin === null)
      return fail('What is set as webhooks.url is no URL; an https address is needed', { remedy: REMEDY });
    if (scheme !== wanted)
      return fail(`The webhook at ${origin} is not https; an https address is needed`, { remedy: REMEDY });
    return pass(`The webhook is at ${origin}`);
  },
});
