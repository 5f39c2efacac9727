import * as z from 'zod/mini';
import { defineCheck, fail, pass, skip, Unasked, warn } from '../../src/check.ts';
import { answerOf } from '../../src/facts/api/answer.ts';
import { callbacksOf, statsIn } from '../../src/facts/api/stats.ts';
import { counted } from '../../src/facts/api/stats-findings.ts';
import { ratio } from '../../src/units.ts';

const percent = (share: number): string => `${Math.floor(share * 1000) / 10} %`;

/** What share of the callbacks the webhook took, by the client's own count since its start. */
export const webhookDelivery = defineCheck({
  id: 'webhook.delivery',
  title: 'Webhook deliveries',
  group: 'webhook',
  phase: 'after',
  needs: ['api.login'],
  touches: 'GET /v1/stats/app: the counters of callbacks by their result.',
  remedy: 'Let the webhook answer every callback with 200 at once, and do its work afterwards.',
  requirement: z.strictObject({ passShare: ratio, failShare: ratio, leastCallbacks: z.int().check(z.positive()) }),
  limit: ({ passShare }) => ({ op: '>=', value: passShare, display: `>= ${percent(passShare)} taken` }),
  async measure(host) {
    const { trouble, body } = await answerOf(host, 'stats-app');
    if (trouble)
      throw new Unasked(skip('The statistics, which hold it, are not told: see api.stats.', { subject: 'api.stats' }));
    const nodes = statsIn(body, 'app');
    if (!nodes) throw new Error('/v1/stats/app answers no metrics');
    const { all, good, others } = callbacksOf(nodes) ?? { all: 0, good: 0, others: [] };
    return { all, good, others, share: all === 0 ? null : good / all };
  },
  figure: ({ share, all }) => ({
    value: share,
    display: share === null ? 'no callbacks yet' : `${percent(share)} of ${counted(all)} taken`,
  }),
  judge({ all, good, others, share }, { passShare, failShare, leastCallbacks }) {
    if (share === null || all < leastCallbacks)
      return skip(
        `${counted(all)} callbacks since the start of the client are too few to judge; ${counted(leastCallbacks)} needed.`,
      );
    const is = `The webhook took ${counted(good)} of ${counted(all)} callbacks since the start of the client (${percent(share)})`;
    if (share >= passShare) return pass(is);
    const why = others.map(([result, count]) => `${result}: ${counted(count)}`).join(', ');
    const bad = share < failShare;
    return (bad ? fail : warn)(
      `${is}; at least ${percent(bad ? failShare : passShare)} needed; the others by their result: ${why}`,
      {
        remedy:
          'Let the webhook answer every callback with 200 at once, without a redirect, and do its work afterwards.',
      },
    );
  },
});
