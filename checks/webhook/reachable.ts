import * as z from 'zod/mini';
import { defineCheck } from '../../src/check.ts';
import { deciding, type Reach } from '../../src/facts/network/views.ts';
import { reachWebhook, webhookOf } from '../../src/facts/network/webhook.ts';
import { answeredFindings, connectedFinding, unknownAnswer } from '../../src/facts/network/webhook-answer.ts';
import type { Host } from '../../src/host/host.ts';
import { duration, milliseconds } from '../../src/units.ts';

/** Asked for by an option: what becomes of it must not hide the connection. */
const postedTo = async (host: Host) => {
  try {
    return { posted: await host.network('webhook-post'), refused: null };
  } catch (error) {
    return { posted: null, refused: error instanceof Error ? error.message : String(error) };
  }
};

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
    const [views, { posted, refused }] = await Promise.all([reachWebhook(host, place), postedTo(host)]);
    return { place, views, posted, refused };
  },
  figure({ views, posted }) {
    const failed = (views[deciding(views)].seen as Reach).ports[0]?.failed;
    const status = posted?.status ?? null;
    if (failed) return { value: failed.step, display: `not reached (${failed.step})` };
    return { value: status ?? 'reached', display: status === null ? 'reached' : `reached, answered ${status}` };
  },
  judge({ place, views, posted, refused }, rule) {
    const connection = connectedFinding(place, views);
    const reached = connection.outcome === 'pass';
    if (!posted) return [connection, unknownAnswer(place, refused ?? '')];
    return [connection, ...answeredFindings(place, reached, posted, rule)];
  },
});
