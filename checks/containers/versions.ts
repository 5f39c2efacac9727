import * as z from 'zod/mini';
import { defineCheck } from '../../src/check.ts';
import { deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { byDeployment, configured } from '../../src/facts/deployment/in-use.ts';
import { tagFindings, versionOf } from '../../src/facts/deployment/tags.ts';

/** Whether the images of one deployment are of one version, named as the vendor names it. */
export const containersVersions = defineCheck({
  id: 'containers.versions',
  title: 'Versions',
  group: 'containers',
  phase: 'after',
  touches: "Looks at the image tags of the client's containers.",
  remedy: 'Set one WA_API_VERSION for all, without a leading v.',
  requirement: z.strictObject({ versions: z.literal('equal') }),
  limit: ({ versions }) => ({ op: 'is', value: versions, display: 'one version for all, as a tag v...' }),
  async measure(host) {
    const deployment = await deploymentOf(host);
    return {
      deployments: byDeployment(configured(deployment)).map((group) =>
        group.map(({ name, role, image, tag, state }) => ({ name, role, image, tag, made: state !== null })),
      ),
    };
  },
  figure({ deployments }) {
    const versions = [...new Set(deployments.flat().flatMap((one) => versionOf(one) ?? []))];
    return { value: versions.length === 1 ? (versions[0] ?? null) : null, display: versions.join(', ') || 'not told' };
  },
  judge: ({ deployments }) => deployments.flatMap((group) => tagFindings(group)),
});
