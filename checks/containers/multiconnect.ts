import * as z from 'zod/mini';
import { defineCheck, skip, Unasked } from '../../src/check.ts';
import { isMulticonnect, isSpread } from '../../src/facts/deployment/cluster.ts';
import { clusterFindings } from '../../src/facts/deployment/cluster-findings.ts';
import { deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { memberOf } from '../../src/facts/deployment/external-ports.ts';
import { byDeployment, clientsInUse, needsClients } from '../../src/facts/deployment/in-use.ts';

const atLeast = z.int().check(z.positive());

/** Whether a cluster's members say of themselves what is published, and are enough to lose one. */
export const containersMulticonnect = defineCheck({
  id: 'containers.multiconnect',
  title: 'Multiconnect',
  group: 'containers',
  phase: 'after',
  touches: 'Compares the names and ports that masters, Coreapps and Webapps state for themselves with those published.',
  remedy: 'Set *_HOSTNAME and *_EXTERNAL_PORTS to the name and the published ports of each container.',
  requirement: z.strictObject({ masters: atLeast, coreapps: atLeast }),
  limit: ({ masters, coreapps }) => ({
    op: 'is',
    value: 'consistent',
    display: `at least ${masters} masters and ${coreapps} Coreapps, names and ports as published`,
  }),
  async measure(host) {
    const deployment = await deploymentOf(host);
    const clusters = byDeployment(needsClients(clientsInUse(deployment), deployment)).filter(isMulticonnect);
    if (clusters.length === 0)
      throw new Unasked(
        skip('A single instance, as WA_APP_MULTICONNECT is set nowhere: there is no cluster to judge.'),
      );
    return {
      clusters: clusters.map((clients) => ({ members: clients.map(memberOf), spread: isSpread(clients) })),
    };
  },
  figure({ clusters }) {
    const members = clusters.flatMap((one) => one.members);
    const roles = (['master', 'coreapp', 'webapp'] as const).map((role) => members.filter((one) => one.role === role));
    const [masters = [], coreapps = [], webapps = []] = roles;
    return {
      value: members.length,
      unit: '{container}',
      display: `masters ${masters.length}, Coreapps ${coreapps.length}, Webapps ${webapps.length}`,
    };
  },
  judge: ({ clusters }, limits) => clusters.flatMap((cluster) => clusterFindings(cluster, limits)),
});
