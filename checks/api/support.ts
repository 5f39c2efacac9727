import * as z from 'zod/mini';
import { defineCheck, pass } from '../../src/check.ts';
import { answerOf, nodeOf } from '../../src/facts/api/answer.ts';
import { healthNodes, supportNodes } from '../../src/facts/api/nodes.ts';
import {
  clockFindings,
  schemaFindings,
  silentFindings,
  socketFindings,
  spaceFindings,
  untoldPlaces,
  versionFindings,
} from '../../src/facts/api/support-findings.ts';
import { troubleFinding } from '../../src/facts/api/trouble.ts';
import { duration, gigabytes, size } from '../../src/units.ts';

/** What the client tells of itself: socket, free space, schemas, version and clock of each node. */
export const apiSupport = defineCheck({
  id: 'api.support',
  title: 'Support node',
  group: 'api',
  phase: 'after',
  needs: ['api.login'],
  touches: 'GET /v1/support and /v1/health.',
  remedy: 'Mend what the message names: socket, space, schema, version or clock.',
  requirement: z.strictObject({ warnBelow: size, failBelow: size, maxSkew: duration }),
  limit: ({ warnBelow }) => ({
    op: 'is',
    value: 'UP',
    display: `socket UP, ${gigabytes(warnBelow)} free, one version, one schema`,
  }),
  async measure(host) {
    const { trouble, body, askedAt, ms } = await answerOf(host, 'support');
    const nodes = trouble ? [] : supportNodes(body);
    if (!nodes) throw new Error('/v1/support answers nothing that is known of the client');
    const health = await nodeOf(host, 'health').catch(() => null);
    return { trouble, nodes, health: healthNodes(health?.body) ?? [], askedAt, ms };
  },
  figure({ trouble, nodes }) {
    if (trouble) return { value: trouble.code ?? trouble.status, display: `error ${trouble.code ?? trouble.status}` };
    const sockets = [...new Set(nodes.flatMap(({ socket }) => socket ?? []))].join(', ') || 'not told';
    const version = nodes.find((node) => node.version !== null)?.version;
    return { value: sockets, display: `socket ${sockets}${version ? `, version ${version}` : ''}` };
  },
  judge({ trouble, nodes, health, askedAt, ms }, { warnBelow, failBelow, maxSkew }) {
    if (trouble) return troubleFinding(trouble);
    const findings = [
      ...socketFindings(nodes, health),
      ...silentFindings(nodes, health),
      ...spaceFindings(nodes, { warnBelow, failBelow }),
      ...schemaFindings(nodes),
      ...versionFindings(nodes),
      ...clockFindings(nodes, { askedAt, ms }, maxSkew),
    ];
    if (findings.length > 0) return findings;
    const answering = nodes.filter(({ errors }) => errors.length === 0);
    const sockets = Object.entries(Object.groupBy(answering, ({ socket }) => socket ?? 'not told'));
    const is = sockets.map(([state, of]) => (answering.length > 1 ? `${of?.length ?? 0} ${state}` : state)).join(', ');
    const untold = untoldPlaces(answering);
    const but = untold.length > 0 ? ` (network file systems tell none for ${untold.join(', ')})` : '';
    return pass(`Socket ${is || 'not told'}; space${but}, schemas, version and clock are as they should be`);
  },
});
