import * as z from 'zod/mini';
import { defineCheck } from '../../src/check.ts';
import { coreTargets, portFindings } from '../../src/facts/deployment/core-ports.ts';
import { deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { inUse, needsContainers } from '../../src/facts/deployment/in-use.ts';

/** Whether the Coreapp's ports take connections from the network of each container that needs them. */
export const containersPorts = defineCheck({
  id: 'containers.ports',
  title: "Coreapp's ports",
  group: 'containers',
  phase: 'after',
  touches: "Connects to the Coreapp's ports from the network of each container that is to use them, and says nothing.",
  remedy: "Open the Coreapp's ports to the Webapp: one network for both, and no firewall in between.",
  requirement: z.strictObject({ ports: z.array(z.int().check(z.gte(1), z.lte(65535))).check(z.minLength(1)) }),
  limit: ({ ports }) => ({
    op: 'is',
    value: 'open',
    display: `${ports[0]}-${ports.at(-1)} open from the Webapp`,
  }),
  async measure(host) {
    const deployment = await deploymentOf(host);
    needsContainers(deployment);
    return coreTargets(await host.docker('links'), inUse(deployment).containers);
  },
  figure({ targets }) {
    const open = targets.filter(({ failed }) => failed === null).length;
    return { value: open, unit: '{port}', display: `${open} of ${targets.length} open` };
  },
  judge: portFindings,
});
