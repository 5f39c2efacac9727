import * as z from 'zod/mini';
import { defineCheck, skip, Unasked } from '../../src/check.ts';
import { deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { clientsInUse, isUp } from '../../src/facts/deployment/in-use.ts';
import { doorFindings, doorOf, reachedDoor } from '../../src/facts/deployment/webapp-door.ts';

/** Whether the Webapp's port is published where others reach it, and really answers. */
export const containersWebappPort = defineCheck({
  id: 'containers.webapp-port',
  title: "Webapp's port",
  group: 'containers',
  phase: 'after',
  touches:
    'Looks at the ports that the Webapps publish, and opens one TLS connection to the API, without a word of HTTP.',
  remedy: "Publish the Webapp's port 443 on this host: ports: 9090:443.",
  requirement: z.strictObject({ port: z.int().check(z.gte(1), z.lte(65535)) }),
  limit: ({ port }) => ({ op: 'is', value: 'published', display: `${port} published, and answering` }),
  async measure(host, { port }) {
    const deployment = await deploymentOf(host);
    const webapps = clientsInUse(deployment).filter(({ role }) => role === 'webapp');
    const doors = webapps.filter(isUp).map((one) => doorOf(one, port));
    if (doors.length === 0) {
      const why = webapps.length > 0 ? 'No Webapp runs: see containers.running.' : 'No Webapp is here.';
      throw new Unasked(skip(why, { subject: 'containers.running' }));
    }
    const endpoint = deployment.from === 'engine' ? await host.api('endpoint') : null;
    return { from: deployment.from, port, doors, reached: endpoint && reachedDoor(endpoint) };
  },
  figure({ doors }) {
    const open = doors.filter(({ published, hostNetwork }) => hostNetwork || published.length > 0).length;
    return { value: open, unit: '{container}', display: `${open} of ${doors.length} published` };
  },
  judge: (measured) => doorFindings(measured),
});
