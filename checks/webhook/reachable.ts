import * as z from 'zod/mini';
import { defineCheck } from '../../src/check.ts';
import { deciding, type Reach } from '../../src/facts/network/views.ts';
import { reachWebhook, webhookOf } from '../../src/facts/network/webhook.ts';
import { answeredFindings, connectedFinding } from '../../src/facts/network/webhook-answer.ts';
import { duration, milliseconds } from '../../src/units.ts';

/** Whether the webhook's server can be reached, from Coreapp's network where it may be entered; with an option, how it answers. */
export const webhookReachable = defineCheck({
  id: 'webhook.reachable',
  title: 'Webhook connection',
  group: 'webhook',
  phase: 'after',
  needs: ['webhook.configured'],
  outbound: true,
  touches:
    "Connects to the webhook's server with a TLS handshake and no more; with --test-webhook it also sends one POST of an empty notification.",
  remedy: 'Mend the step that failed: name, port, TLS, answer, in this order.',
  requirement: z.strictObject({ status: z.int(), max: duration }),
  limit: ({ status, max }) => ({
    op: 'is',
    value: 'reached',
    display: `reached; ${status} within ${milliseconds(max)} where a POST is sent`,
  }),
  async measure(host) {
    const place = await webhookOf(host);
    const [views, posted] = await Promise.all([
      reachWebhook(host, place),
      // Asked for by an option: what becomes of it must not hide the connection.
      host.network('webhook-post').catch(() => null),
    ]);
    return { place, views, posted };
  },
  figure({ views, posted }) {
    const failed = (views[deciding(views)].seen as Reach).ports[0]?.failed;
    const status = posted?.status ?? null;
    if (failed) return { value: failed.step, display: `not reached (${failed.step})` };
    return { value: status ?? 'reached', display: status === null ? 'reached' : `reached, answered ${status}` };
  },
  judge({ place, views, posted }, rule) {
    const connection = connectedFinding(place, views);
    return [connection, ...answeredFindings(place, connection.outcome === 'pass', posted, rule)];
  },
});
