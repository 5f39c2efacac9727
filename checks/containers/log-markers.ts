import * as z from 'zod/mini';
import { defineCheck } from '../../src/check.ts';
import { deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { clientsInUse, needsClients, needsContainers } from '../../src/facts/deployment/in-use.ts';
import { markerFindings, readingFindings } from '../../src/facts/log-findings.ts';
import { duration } from '../../src/units.ts';

/** What the newest part of the logs says of known troubles. Left-over containers are read too: an old one may say why it ended. */
export const containersLogMarkers = defineCheck({
  id: 'containers.log-markers',
  title: 'Signs in the logs',
  group: 'containers',
  phase: 'after',
  touches:
    "Reads the newest part of the client's logs, three hours at most, and searches it for known signs of trouble.",
  remedy: 'Do what the sign asks for: each names its likely cause.',
  requirement: z.strictObject({ recent: duration, settle: duration }),
  limit: () => ({ op: 'is', value: 0, unit: '{line}', display: 'no known sign of trouble' }),
  async measure(host) {
    const deployment = await deploymentOf(host);
    needsContainers(deployment);
    needsClients(clientsInUse(deployment), deployment);
    const [{ window, notAsked, containers }, { epochMs }] = await Promise.all([
      host.docker('logs'),
      host.system('now'),
    ]);
    return { epochMs, window, notAsked, containers: containers.map(({ size: _, ...one }) => one) };
  },
  figure({ containers }) {
    const lines = containers.flatMap(({ markers }) => markers).reduce((sum, { count }) => sum + count, 0);
    const all = containers.reduce((sum, one) => sum + one.lines, 0);
    return { value: lines, unit: '{line}', display: `${lines} of ${all} lines` };
  },
  judge({ epochMs, window, notAsked, containers }, limits) {
    const marked = markerFindings(containers, epochMs, limits);
    return [...marked, ...readingFindings({ containers, window, notAsked }, marked.length > 0)];
  },
});
