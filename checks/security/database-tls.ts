import * as z from 'zod/mini';
import { defineCheck } from '../../src/check.ts';
import { databasePlace } from '../../src/facts/deployment/database-place.ts';
import { deploymentOf, isSet } from '../../src/facts/deployment/deployment.ts';
import { byDeployment, clientsInUse, needsClients } from '../../src/facts/deployment/in-use.ts';
import { tlsFindings, tlsSide } from '../../src/facts/deployment/tls-sides.ts';

/** Whether Coreapp and Webapp both are told to encrypt the way to the database, judged by where the database is. */
export const securityDatabaseTls = defineCheck({
  id: 'security.database-tls',
  title: "Client's database TLS",
  group: 'security',
  phase: 'after',
  touches:
    'Looks at which WA_DB_SSL_* variables are set, whether their files are in the containers, and where the database is.',
  remedy: 'Set WA_DB_SSL_CA (and its file) in every Coreapp and Webapp.',
  requirement: z.strictObject({ variables: z.array(z.string()).check(z.minLength(1)) }),
  limit: () => ({ op: 'is', value: 'both sides', display: 'set in Coreapp and Webapp alike, across networks' }),
  async measure(host, { variables }) {
    const deployment = await deploymentOf(host);
    const clients = needsClients(clientsInUse(deployment), deployment);
    const any = clients.some((one) => variables.some((name) => isSet(one, name)));
    const inside = any && deployment.from === 'engine' ? await host.docker('inside-files') : null;
    const deployments = byDeployment(clients).map(async (group) => ({
      place: await databasePlace(host, deployment, group),
      sides: group.map((one) => tlsSide(one, variables, inside)),
      fromFile: deployment.from === 'compose-file',
    }));
    return { deployments: await Promise.all(deployments) };
  },
  figure({ deployments }) {
    const sides = deployments.flatMap((one) => one.sides);
    const set = sides.filter(({ variables }) => variables.length > 0).length;
    return { value: set, unit: '{container}', display: `set in ${set} of ${sides.length}` };
  },
  judge: ({ deployments }, { variables }) => deployments.flatMap((one) => tlsFindings(one, variables)),
});
