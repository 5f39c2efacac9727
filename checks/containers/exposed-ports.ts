import * as z from 'zod/mini';
import { defineCheck, pass } from '../../src/check.ts';
import { isMulticonnect } from '../../src/facts/deployment/cluster.ts';
import { clientsIn, deploymentOf } from '../../src/facts/deployment/deployment.ts';
import {
  exposedBy,
  exposureFinding,
  type Listener,
  type Reach,
  withListeners,
} from '../../src/facts/deployment/exposure.ts';
import { inUse, isUp } from '../../src/facts/deployment/in-use.ts';
import type { DeployedContainer, Deployment } from '../../src/host/answers/deployment.ts';
import type { Host } from '../../src/host/host.ts';

const FARTHEST: readonly Reach[] = ['host', 'private', 'all', 'public'];

/** The Engine's host, where that is this one; a Compose file may be meant for another. */
const surroundings = async (
  host: Host,
  { from }: Deployment,
  containers: readonly DeployedContainer[],
): Promise<{ readonly addresses: readonly string[]; readonly listeners: readonly Listener[] }> => {
  if (from !== 'engine' || !(await host.docker('engine')).local) return { addresses: [], listeners: [] };
  const { addresses } = await host.system('addresses');
  const sharing = containers.some(({ networkMode }) => networkMode === 'host');
  return { addresses, listeners: sharing ? (await host.system('listeners')).listeners : [] };
};

/** Whether what only containers need of each other is open to more than them: the database, the Coreapp, the monitoring. */
export const containersExposedPorts = defineCheck({
  id: 'containers.exposed-ports',
  title: 'Exposed ports',
  group: 'containers',
  phase: 'after',
  touches: "Looks at the ports that the containers publish and at this host's own addresses; connects to nothing.",
  remedy: 'Do not publish what only containers need, or bind it to 127.0.0.1 or a private address.',
  requirement: z.strictObject({ open: z.array(z.string()) }),
  limit: ({ open }) => ({ op: 'in', value: open, display: `database and Coreapp to ${open.join(' or ')} only` }),
  async measure(host) {
    const deployment = await deploymentOf(host);
    const containers = inUse(deployment).containers.filter(isUp);
    const cluster = isMulticonnect(clientsIn({ containers }));
    const { addresses, listeners } = await surroundings(host, deployment, containers);
    const open = containers.map((one) => withListeners(one, containers, listeners));
    return { exposed: open.flatMap((one) => exposedBy(one, cluster, addresses)) };
  },
  figure({ exposed }) {
    const farthest = FARTHEST.findLast((reach) => exposed.some((one) => one.reach === reach));
    const ports = exposed.flatMap((one) => one.ports).length;
    return { value: ports, unit: '{port}', display: farthest ? `${ports} published, farthest: ${farthest}` : 'none' };
  },
  judge: ({ exposed }) =>
    exposed.length > 0
      ? exposed.map(exposureFinding)
      : [pass('Neither the database nor a Coreapp nor the monitoring publishes a port')],
});
