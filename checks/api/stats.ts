import * as z from 'zod/mini';
import { defineCheck, pass, skip, Unasked } from '../../src/check.ts';
import { answerOf, nodeOf } from '../../src/facts/api/answer.ts';
import { isRefusedByAll, sqlOf, statsIn, sumOf, webMetricsIn } from '../../src/facts/api/stats.ts';
import { callbackQueue, counted, sqlFindings, webFindings } from '../../src/facts/api/stats-findings.ts';
import { troubleFinding } from '../../src/facts/api/trouble.ts';
import { duration, milliseconds, ratio } from '../../src/units.ts';

const many = z.int().check(z.nonnegative());

/** What the client counts of itself: callbacks that wait, SQL that fails or is slow, workers that are short. */
export const apiStats = defineCheck({
  id: 'api.stats',
  title: 'Statistics of the client',
  group: 'api',
  phase: 'after',
  needs: ['api.login'],
  touches: 'GET /v1/stats/app and /metrics, which the client keeps in memory.',
  remedy: 'Mend what does not keep up: the webhook, the database or the Webapp.',
  requirement: z.strictObject({
    warnQueue: many,
    failQueue: many,
    warnErrorShare: ratio,
    failErrorShare: ratio,
    meanAbove: duration,
    leastRequests: many,
    warnPendingShare: ratio,
  }),
  limit: ({ warnQueue }) => ({
    op: '<=',
    value: warnQueue - 1,
    unit: '{callback}',
    display: `< ${counted(warnQueue)} callbacks waiting`,
  }),
  async measure(host) {
    const { trouble, body } = await answerOf(host, 'stats-app');
    const nodes = trouble ? [] : statsIn(body, 'app');
    if (isRefusedByAll(body, 'app'))
      throw new Unasked(skip('No node tells statistics, but errors: see api.health.', { subject: 'api.health' }));
    if (!nodes || (!trouble && nodes.length === 0)) throw new Error('/v1/stats/app answers no metrics');
    const web = await nodeOf(host, 'metrics').catch(() => null);
    return { trouble, nodes, web: web && !web.trouble ? webMetricsIn(web.body) : null };
  },
  figure({ nodes }) {
    const waiting = nodes.flatMap((node) => sumOf(node, 'callback_queue_size') ?? []);
    const most = waiting.length > 0 ? Math.max(...waiting) : null;
    return {
      value: most,
      unit: '{callback}',
      display: most === null ? 'not told' : `${counted(most)} callbacks waiting`,
    };
  },
  judge({ trouble, nodes, web }, rule) {
    if (trouble) return troubleFinding(trouble);
    const findings = [
      ...callbackQueue(nodes, { warnFrom: rule.warnQueue, failAbove: rule.failQueue }),
      ...sqlFindings(nodes, rule),
      ...webFindings(web, rule.warnPendingShare),
    ];
    if (findings.length > 0) return findings;
    const waiting = nodes.reduce((sum, node) => sum + (sumOf(node, 'callback_queue_size') ?? 0), 0);
    const slowest = Math.max(...nodes.map((node) => sqlOf(node)?.meanMs ?? 0));
    return pass(
      `${counted(waiting)} callbacks wait, and SQL statements take ${milliseconds(slowest)} in the mean at most`,
    );
  },
});
