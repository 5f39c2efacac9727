import * as z from 'zod/mini';
import { defineCheck } from '../../src/check.ts';
import { deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { byDeployment, configured } from '../../src/facts/deployment/in-use.ts';
import { loginVariables, variableFindings } from '../../src/facts/deployment/login-variables.ts';
import { composeFileOf } from '../../src/facts/deployment/name-findings.ts';

/** Whether each of the client's containers is told its database, and all the same one. Names and harmless values only. */
export const containersEnvironment = defineCheck({
  id: 'containers.environment',
  title: 'Environment',
  group: 'containers',
  phase: 'after',
  touches: "Looks at the names of variables in the client's containers, and at values that are no secrets.",
  remedy: 'Set the five WA_DB_* variables alike in all containers.',
  requirement: z.strictObject({ variables: z.array(z.string()).check(z.minLength(1)) }),
  limit: ({ variables }) => ({ op: 'is', value: variables, display: `${variables.join(', ')} set, the same in all` }),
  async measure(host, { variables }) {
    const deployment = await deploymentOf(host);
    return {
      deployments: byDeployment(configured(deployment)).map((group) =>
        group.map((one) => loginVariables(one, variables, composeFileOf(deployment, one.compose?.files))),
      ),
    };
  },
  figure({ deployments }) {
    const lacking = deployments.flat().filter(({ missing }) => missing.length > 0).length;
    const all = deployments.flat().length;
    return { value: all - lacking, unit: '{container}', display: `${all - lacking} of ${all} have all` };
  },
  judge: ({ deployments }, { variables }) => deployments.flatMap((group) => variableFindings(group, variables)),
});
