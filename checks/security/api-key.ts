import * as z from 'zod/mini';
import { defineCheck, fail, pass, skip, Unasked, warn } from '../../src/check.ts';
import { deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { byDeployment, clientsInUse } from '../../src/facts/deployment/in-use.ts';
import { type SecretOf, secretsOf } from '../../src/facts/deployment/secrets.ts';
import type { Finding } from '../../src/model.ts';

const UNSET = skip('No Webapp has WA_API_KEY: there is no key to judge.');

type Key = NonNullable<SecretOf['secret']> & { readonly name: string };

/** What may be said of the keys of one deployment's Webapps. */
const keyFindings = (keys: readonly Key[], { min, max }: { min: number; max: number }): readonly Finding[] => {
  const remedy = `Set WA_API_KEY to a random text of ${min} to ${max} characters, and restart the Webapp.`;
  const bad = keys.flatMap(({ name, length, sample }) => {
    const subject = name;
    if (length < min || length > max)
      return [
        fail(`WA_API_KEY of ${name} has ${length} characters; the Webapp takes ${min} to ${max}`, { subject, remedy }),
      ];
    return sample ? [warn(`WA_API_KEY of ${name} is a sample that was published`, { subject, remedy })] : [];
  });
  if (bad.length > 0) return bad;
  const names = keys.map(({ name }) => name).join(', ');
  if (new Set(keys.map(({ group }) => group)).size > 1)
    return [
      warn(`WA_API_KEY is not the same in ${names}: a key is good for some of the Webapps only`, {
        remedy: 'Set the same WA_API_KEY in all Webapps.',
      }),
    ];
  return [pass(`WA_API_KEY of ${names} has ${min} to ${max} characters`)];
};

/** Whether an API key that is set has a length that the Webapp takes, and is no sample. */
export const securityApiKey = defineCheck({
  id: 'security.api-key',
  title: 'API key',
  group: 'security',
  phase: 'after',
  touches: 'Looks at the length of WA_API_KEY in memory, and whether it is one of the published samples.',
  remedy: 'Set WA_API_KEY to a random text of 12 to 128 characters, and restart the Webapp.',
  requirement: z.strictObject({ min: z.int().check(z.positive()), max: z.int().check(z.positive()) }),
  limit: ({ min, max }) => ({
    op: 'is',
    value: `${min}-${max}`,
    unit: '{char}',
    display: `${min} to ${max} characters`,
  }),
  async measure(host) {
    const deployment = await deploymentOf(host);
    const groups = byDeployment(clientsInUse(deployment)).map((group) =>
      secretsOf(
        group.filter(({ role }) => role === 'webapp'),
        'WA_API_KEY',
      ).flatMap(({ name, secret }) => (secret ? [{ name, ...secret }] : [])),
    );
    const deployments = groups.filter((keys) => keys.length > 0);
    if (deployments.length === 0) throw new Unasked(UNSET);
    return { deployments };
  },
  figure({ deployments }) {
    const lengths = deployments.flat().map(({ length }) => length);
    return { value: Math.min(...lengths), unit: '{char}', display: `${[...new Set(lengths)].join(', ')} characters` };
  },
  judge: ({ deployments }, limits) => deployments.flatMap((keys) => keyFindings(keys, limits)),
});
