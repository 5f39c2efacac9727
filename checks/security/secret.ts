import * as z from 'zod/mini';
import { defineCheck, fail, pass, warn } from '../../src/check.ts';
import { isSpread } from '../../src/facts/deployment/cluster.ts';
import { deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { byDeployment, clientsInUse, needsClients } from '../../src/facts/deployment/in-use.ts';
import { byValue, type SecretOf, secretsOf } from '../../src/facts/deployment/secrets.ts';
import type { Finding } from '../../src/model.ts';

type Group = { readonly spread: boolean; readonly secrets: readonly SecretOf[] };

const findings = ({ spread, secrets }: Group): readonly Finding[] => {
  const without = secrets.filter(({ secret }) => secret === null).map(({ name }) => name);
  const names = secrets.map(({ name }) => name).join(', ');
  if (without.length === secrets.length)
    return [
      spread
        ? warn('WA_SECRET is set nowhere, and the cluster goes beyond this host: Webapps and Coreapps talk in clear', {
            remedy: 'Set the same WA_SECRET in every Webapp and Coreapp of all hosts, and keep their clocks together.',
          })
        : pass('WA_SECRET is set nowhere: Webapp and Coreapp talk in clear, within this host'),
    ];
  if (without.length > 0)
    return [
      fail(`WA_SECRET is not set in ${without.join(', ')}, but in others it is: they cannot understand each other`, {
        subject: without[0] ?? '',
        remedy: 'Set the same WA_SECRET in every Webapp and Coreapp.',
      }),
    ];
  const values = byValue(secrets);
  if (values.length > 1)
    return [
      fail(`WA_SECRET is not the same in all: ${values.map((some) => some.join(', ')).join(' differ from ')}`, {
        remedy: 'Set the same WA_SECRET in every Webapp and Coreapp.',
      }),
    ];
  return [pass(`WA_SECRET is set and the same in ${names}`)];
};

/** Whether the secret that encrypts what Webapp and Coreapp tell each other is set on both sides, and the same. */
export const securitySecret = defineCheck({
  id: 'security.secret',
  title: 'WA_SECRET',
  group: 'security',
  phase: 'after',
  touches: "Compares WA_SECRET of the client's containers in memory; tells only whether it is set and equal.",
  remedy: 'Set the same WA_SECRET in every Webapp and Coreapp.',
  requirement: z.strictObject({ secret: z.literal('equal') }),
  limit: ({ secret }) => ({ op: 'is', value: secret, display: 'the same in Webapp and Coreapp' }),
  async measure(host) {
    const deployment = await deploymentOf(host);
    const clients = needsClients(clientsInUse(deployment), deployment);
    return {
      deployments: byDeployment(clients).map((group) => ({
        spread: isSpread(group),
        secrets: [...secretsOf(group, 'WA_SECRET')],
      })),
    };
  },
  figure({ deployments }) {
    const all = deployments.flatMap(({ secrets }) => secrets);
    const set = all.filter(({ secret }) => secret !== null).length;
    return { value: set, unit: '{container}', display: `set in ${set} of ${all.length}` };
  },
  judge: ({ deployments }) => deployments.flatMap(findings),
});
