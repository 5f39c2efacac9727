import * as z from 'zod/mini';
import { defineCheck, pass } from '../../src/check.ts';
import { apiLoginFor } from '../../src/facts/api/answer.ts';
import { healthNodes, shardCount, supportNodes } from '../../src/facts/api/nodes.ts';
import { readinessOf } from '../../src/facts/api/readiness.ts';
import { newestStart, notStarting, signsOf, startingFinding } from '../../src/facts/api/starting.ts';
import { startsOf, timeWords } from '../../src/facts/api/starts.ts';
import { troubleOf } from '../../src/facts/api/trouble.ts';
import type { ApiCall, ApiNode } from '../../src/host/answers/api.ts';
import type { Host } from '../../src/host/host.ts';
import { duration } from '../../src/units.ts';

/** Beside health, what a user may ask; a call that got no answer tells nothing. */
const alsoAsked = async (host: Host, node: ApiNode): Promise<ApiCall | null> => {
  const call = await host.api(node).catch(() => null);
  return call === null || call.failed || call.status === null ? null : call;
};

/** Whether the client is ready, or initializes no longer than it may after a start. */
export const apiReady = defineCheck({
  id: 'api.ready',
  title: 'Readiness',
  group: 'api',
  phase: 'after',
  needs: ['api.login'],
  touches: 'GET /v1/health, /v1/support and /v1/settings/application; asks the Engine when the containers started.',
  remedy: 'Wait for the initialization; where it does not end, look into the log of Coreapp.',
  requirement: z.strictObject({ normal: duration, failAfter: duration }),
  limit: ({ normal }) => ({
    op: '<=',
    value: normal,
    unit: 'ms',
    display: `ready within ${timeWords(normal)} of a start`,
  }),
  async measure(host) {
    const { state } = await apiLoginFor(host, 'health');
    const byUser = state === 'token';
    const [health, support, settings, starts] = await Promise.all([
      host.api('health'),
      byUser ? alsoAsked(host, 'support') : null,
      byUser ? alsoAsked(host, 'settings-application') : null,
      startsOf(host),
    ]);
    const trouble = troubleOf(health);
    const nodes = healthNodes(health.body) ?? [];
    const supported = supportNodes(support?.body ?? null) ?? [];
    const isCluster = nodes.some(({ name }) => name !== null);
    const shards = byUser && isCluster ? shardCount((await alsoAsked(host, 'shards'))?.body) : null;
    const at = Date.parse(health.startedAt);
    const now = Number.isNaN(at) ? null : at;
    const further = settings ? [settings] : [];
    const { phase, message, never } = readinessOf({ health, support, further, shards }, now ?? 0);
    const troubles = [trouble, ...[support, settings].map((call) => call && troubleOf(call))];
    const signs = signsOf(nodes, supported, troubles);
    return { phase, message, never: never?.code ?? null, signs, start: newestStart(signs, starts), now };
  },
  figure: ({ phase, signs }) => ({
    value: phase,
    display: signs.length > 0 && phase !== 'ready' ? `initializing (${phase})` : phase,
  }),
  judge({ phase, message, never, signs, start, now }, limits) {
    if (phase === 'ready') return pass(`Ready: ${message}`);
    if (never !== null || signs.length === 0) return notStarting(message, never);
    return startingFinding(signs, start, now, limits);
  },
});
