import * as z from 'zod/mini';
import { defineCheck } from '../../src/check.ts';
import { deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { configured, inUse } from '../../src/facts/deployment/in-use.ts';
import { composeFileOf, nameFindings, triedIn } from '../../src/facts/deployment/name-findings.ts';
import { namedHosts } from '../../src/facts/deployment/names.ts';
import type { DeployedContainer } from '../../src/host/answers/deployment.ts';

/** A Webapp that runs has got past the variables that links give it. */
const stumblesOver = ({ role, links, state }: DeployedContainer): readonly string[] =>
  role === 'webapp' && state?.status !== 'running' ? links : [];

/** Whether each container resolves the names that it is given: by its networks, and inside it where that could be tried. */
export const containersNames = defineCheck({
  id: 'containers.names',
  title: 'Names inside containers',
  group: 'containers',
  phase: 'after',
  touches:
    'Looks at the networks, links and extra hosts of each container, and resolves the names it is given from its own network.',
  remedy: 'Put the containers on a network of their own, or correct the name.',
  requirement: z.strictObject({ names: z.literal('resolved') }),
  limit: ({ names }) => ({ op: 'is', value: names, display: 'every name resolves' }),
  async measure(host) {
    const deployment = await deploymentOf(host);
    const { containers } = inUse(deployment);
    const links = deployment.from === 'engine' ? await host.docker('links') : null;
    const asked = configured(deployment).map((container) => ({
      container: container.name,
      file: composeFileOf(deployment, container.compose?.files),
      names: namedHosts(container, containers).map((one) => ({
        ...one,
        tried: triedIn(links, container.id, one.name),
      })),
      links: [...stumblesOver(container)],
    }));
    return { from: deployment.from, asked };
  },
  figure({ asked }) {
    const all = asked.flatMap(({ names }) => names);
    const good = all.filter(({ rule, tried }) => (tried ? tried.failed === null : rule === 'given'));
    return { value: good.length, unit: '{name}', display: `${good.length} of ${all.length} known to resolve` };
  },
  judge: ({ asked }) => asked.flatMap((one) => nameFindings(one)),
});
