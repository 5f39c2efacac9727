import * as z from 'zod/mini';
import { defineCheck, pass, warn } from '../../src/check.ts';
import { clientsIn, deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { inUse, needsClients } from '../../src/facts/deployment/in-use.ts';
import { composeFileOf } from '../../src/facts/deployment/name-findings.ts';

const ASKED = new Set(['coreapp', 'master', 'webapp', 'database']);

/** Agents of Kubernetes and Amazon ECS name their containers so, and start them again themselves. */
const BY_AN_AGENT = /^\/?(k8s_|ecs-)/;

/** Whether the containers come back after a crash and a restart of the host. */
export const containersRestartPolicy = defineCheck({
  id: 'containers.restart-policy',
  title: 'Restart policy',
  group: 'containers',
  phase: 'after',
  touches: 'Looks at the restart policy of the containers.',
  remedy: 'Set restart: unless-stopped for each service.',
  requirement: z.strictObject({ policies: z.array(z.string()).check(z.minLength(1)) }),
  limit: ({ policies }) => ({ op: 'in', value: policies, display: policies.join(' or ') }),
  async measure(host) {
    const deployment = await deploymentOf(host);
    const { containers } = inUse(deployment);
    needsClients(clientsIn({ containers }), deployment);
    return {
      containers: containers
        .filter(({ role }) => ASKED.has(role))
        .map(({ name, restartPolicy, compose }) => ({
          name,
          policy: restartPolicy || 'no',
          byAgent: BY_AN_AGENT.test(name),
          file: composeFileOf(deployment, compose?.files),
        })),
    };
  },
  figure({ containers }) {
    const policies = [...new Set(containers.map(({ policy }) => policy))];
    return { value: policies.length === 1 ? (policies[0] ?? null) : null, display: policies.join(', ') };
  },
  judge({ containers }, { policies }) {
    return containers.map(({ name, policy, byAgent, file }) => {
      const subject = name;
      if (policies.includes(policy)) return pass(`${name}: ${policy}`, { subject });
      if (byAgent) return pass(`${name}: ${policy}, and an agent starts it again`, { subject });
      const remedy = file
        ? `Set restart: unless-stopped for it in ${file}, and run docker compose up -d.`
        : `Give it one (docker update --restart unless-stopped ${name}).`;
      const lacks =
        policy === 'on-failure'
          ? 'it stays down after a restart of the host or the Engine'
          : 'it stays down after a crash and after a restart of the host';
      return warn(`${name} has the restart policy ${policy}: ${lacks}`, { subject, remedy });
    });
  },
});
