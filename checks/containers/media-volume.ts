import * as z from 'zod/mini';
import { defineCheck } from '../../src/check.ts';
import { isSpread } from '../../src/facts/deployment/cluster.ts';
import { deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { byDeployment, clientsInUse, needsClients } from '../../src/facts/deployment/in-use.ts';
import { mediaFindings, mediaOf } from '../../src/facts/deployment/media.ts';
import { composeFileOf } from '../../src/facts/deployment/name-findings.ts';

/** Whether all of the client's containers share one folder of media, and may write there. */
export const containersMediaVolume = defineCheck({
  id: 'containers.media-volume',
  title: 'Media volume',
  group: 'containers',
  phase: 'after',
  touches: 'Looks at what is mounted in the containers; writes nothing.',
  remedy: 'Mount one volume at /usr/local/wamedia in every Coreapp and Webapp.',
  requirement: z.strictObject({ folder: z.string().check(z.regex(/^\//)) }),
  limit: ({ folder }) => ({ op: 'is', value: 'shared', display: `${folder} shared and writable` }),
  async measure(host, { folder }) {
    const deployment = await deploymentOf(host);
    const clients = needsClients(clientsInUse(deployment), deployment);
    return {
      deployments: byDeployment(clients).map((group) => ({
        spread: isSpread(group),
        media: group.map((one) => mediaOf(one, folder, composeFileOf(deployment, one.compose?.files))),
      })),
    };
  },
  figure({ deployments }) {
    const media = deployments.flatMap((one) => one.media);
    const mounted = media.filter(({ mount }) => mount?.writable).length;
    return { value: mounted, unit: '{container}', display: `${mounted} of ${media.length} can write there` };
  },
  judge: ({ deployments }, { folder }) =>
    deployments.flatMap(({ media, spread }) => mediaFindings(media, spread, folder)),
});
