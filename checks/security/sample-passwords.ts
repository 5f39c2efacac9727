import * as z from 'zod/mini';
import { defineCheck, pass, warn } from '../../src/check.ts';
import { clientsIn, deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { inUse, isUp, needsClients } from '../../src/facts/deployment/in-use.ts';

/** Whether any secret of the deployment is one of those that the vendor's public files hold. */
export const securitySamplePasswords = defineCheck({
  id: 'security.sample-passwords',
  title: 'Sample passwords',
  group: 'security',
  phase: 'after',
  touches: "Compares the secrets of the deployment's containers with published samples in memory; tells none of them.",
  remedy: 'Choose a password of your own at the database and in db.env, and make the containers anew.',
  requirement: z.strictObject({ samples: z.literal(0) }),
  limit: () => ({ op: '=', value: 0, unit: '{password}', display: 'none of the published samples' }),
  async measure(host) {
    const deployment = await deploymentOf(host);
    const { containers } = inUse(deployment);
    needsClients(clientsIn({ containers }).length > 0 ? containers : containers.filter(isUp), deployment);
    const secrets = containers.flatMap(({ name, variables }) =>
      variables
        // A key of the API is judged by security.api-key.
        .filter((one) => one.secret !== null && one.secret.length > 0 && one.name !== 'WA_API_KEY')
        .map((one) => ({ container: name, variable: one.name, sample: one.secret?.sample ?? false })),
    );
    return { secrets };
  },
  figure({ secrets }) {
    const samples = secrets.filter(({ sample }) => sample).length;
    return { value: samples, unit: '{password}', display: `${samples} of ${secrets.length} secrets` };
  },
  judge({ secrets }) {
    const samples = Object.entries(
      Object.groupBy(
        secrets.filter(({ sample }) => sample),
        ({ variable }) => variable,
      ),
    ).map(([variable, some = []]) =>
      warn(
        `${variable} is a sample password of the vendor's public files (${some.map((one) => one.container).join(', ')})`,
        {
          subject: variable,
          remedy: 'Choose another at the server and in the files, and make the containers anew (docker compose up -d).',
        },
      ),
    );
    return samples.length > 0 ? samples : pass(`None of ${secrets.length} secrets is a published sample`);
  },
});
