import * as z from 'zod/mini';
import { defineCheck } from '../../src/check.ts';
import { nodeOf } from '../../src/facts/api/answer.ts';
import { clusterFindings } from '../../src/facts/api/cluster-health.ts';
import { healthNodes, shardCount, supportNodes } from '../../src/facts/api/nodes.ts';
import { singleFinding, UNREGISTERED, uninitializedFinding } from '../../src/facts/api/single-health.ts';
import { startOf, startsOf } from '../../src/facts/api/starts.ts';
import { layoutOf } from '../../src/facts/api/topology.ts';
import { troubleFinding } from '../../src/facts/api/trouble.ts';
import type { Host } from '../../src/host/host.ts';
import { duration } from '../../src/units.ts';

/** What other nodes add to a cluster's health; nothing where the login may not ask them or they do not answer. */
const besides = async (host: Host) => {
  const [support, shards] = await Promise.all(
    (['support', 'shards'] as const).map((node) => nodeOf(host, node).catch(() => null)),
  );
  return { supported: supportNodes(support?.body) ?? [], count: shardCount(shards?.body) };
};

/** Whether the client is connected: one instance, exactly one Coreapp, or one for each shard with the primary master. */
export const apiHealth = defineCheck({
  id: 'api.health',
  title: 'Health of the client',
  group: 'api',
  phase: 'after',
  needs: ['api.login'],
  touches:
    'GET /v1/health, and of a cluster /v1/support and /v1/account/shards; asks the Engine when containers started.',
  remedy: 'Start or mend the node that the finding names.',
  requirement: z.strictObject({ uninitialized: duration }),
  limit: () => ({ op: 'is', value: 'connected', display: 'connected, as many Coreapps as the topology needs' }),
  async measure(host) {
    const [{ trouble, body, askedAt }, starts] = await Promise.all([nodeOf(host, 'health'), startsOf(host)]);
    const nodes = trouble ? [] : healthNodes(body);
    if (!nodes) throw new Error('/v1/health answers nothing that is known as health of the client');
    const isCluster = nodes.some(({ name }) => name !== null);
    const { supported, count } = isCluster ? await besides(host) : { supported: [], count: null };
    const since = nodes.map(({ name }) => {
      const start = startOf(name, starts);
      return start && askedAt !== null ? Math.max(0, askedAt - start.at) : null;
    });
    return { trouble, nodes, supported, layout: layoutOf({ nodes, count, supported }), since };
  },
  figure({ trouble, nodes }) {
    if (trouble) return { value: trouble.code ?? trouble.status, display: `error ${trouble.code ?? trouble.status}` };
    const states = Object.entries(Object.groupBy(nodes, ({ status }) => status ?? 'no state'));
    const [[only = ''] = []] = states;
    const display = nodes.length === 1 ? only : states.map(([state, of]) => `${of?.length ?? 0} ${state}`).join(', ');
    return { value: nodes.filter(({ status }) => status === 'connected').length, display };
  },
  judge({ trouble, nodes, supported, layout, since }, { uninitialized }) {
    if (trouble) return troubleFinding(trouble);
    const made = nodes.findIndex(({ status }) => status === 'uninitialized');
    if (made >= 0) return uninitializedFinding(since[made] ?? null, uninitialized);
    const some = nodes.some(({ status }) => status === 'connected' || status === 'connecting');
    if (!some && nodes.some(({ status }) => status === 'unregistered')) return UNREGISTERED;
    if (layout.topology !== 'single') return clusterFindings({ nodes, supported, layout });
    const [node] = nodes;
    if (!node) throw new Error('/v1/health names no node');
    return singleFinding(node, since[0] ?? null);
  },
});
