import * as z from 'zod/mini';
import { defineCheck, skip, Unasked } from '../../src/check.ts';
import { faultWords } from '../../src/facts/network/fault-words.ts';
import { deciding } from '../../src/facts/network/views.ts';
import { reachWebhook, webhookOf } from '../../src/facts/network/webhook.ts';
import { webhookCertificateFindings } from '../../src/facts/network/webhook-certificate.ts';

/** Whether the client will trust the webhook's certificate: authority, name, and the time of every certificate of the chain. */
export const webhookCertificate = defineCheck({
  id: 'webhook.certificate',
  title: 'Webhook certificate',
  group: 'webhook',
  phase: 'after',
  needs: ['webhook.configured'],
  outbound: true,
  touches:
    "Looks at the certificates that the webhook's server shows in a TLS handshake, and at the CA uploaded for webhooks.",
  remedy: 'Give the webhook a certificate of a public authority for its name, or upload its CA.',
  requirement: z.strictObject({ warnDays: z.int().check(z.nonnegative()) }),
  limit: ({ warnDays }) => ({ op: 'is', value: 'trusted', display: `trusted, more than ${warnDays} days left` }),
  async measure(host) {
    const place = await webhookOf(host);
    const [views, uploaded, { epochMs }] = await Promise.all([
      reachWebhook(host, place),
      host.api('webhooks-ca-chain'),
      host.system('now'),
    ]);
    const session = views[deciding(views)].seen?.ports[0]?.tls;
    if (!session)
      throw new Unasked(
        skip('The webhook showed no certificate: see webhook.reachable.', { subject: 'webhook.reachable' }),
      );
    return { place, session, uploaded, epochMs };
  },
  figure: ({ session: { trusted, by, fault } }) => ({
    value: trusted,
    display: trusted ? `trusted by ${by}` : faultWords(fault ?? 'nobody known vouches for it'),
  }),
  judge: (shown, { warnDays }) => webhookCertificateFindings(shown, warnDays),
});
