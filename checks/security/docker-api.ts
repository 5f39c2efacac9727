import * as z from 'zod/mini';
import { defineCheck, pass, skip, Unasked } from '../../src/check.ts';
import { deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { doorFinding, engineDoors } from '../../src/facts/engine-doors.ts';
import { atLeast, versionNumber } from '../../src/facts/version-number.ts';

/** From this release on the Engine warns of itself in `docker info`. */
const TELLS = '19.03';

const WITHOUT_ENGINE = skip('No Engine answers here: see docker.engine.', { subject: 'docker.engine' });

/** Whether the Engine takes commands over TCP without TLS: whoever reaches it there is root of the host. */
export const securityDockerApi = defineCheck({
  id: 'security.docker-api',
  title: 'Docker API',
  group: 'security',
  phase: 'after',
  touches: "Reads the Engine's own warnings, and which TCP ports of Docker something listens on; connects to none.",
  remedy: 'Let the Engine listen on its socket only, or with TLS that verifies clients.',
  requirement: z.strictObject({ tcp: z.literal('closed') }),
  limit: ({ tcp }) => ({ op: 'is', value: tcp, display: 'no TCP port without TLS' }),
  async measure(host) {
    await deploymentOf(host);
    const engine = await host.docker('engine');
    if (engine.state !== 'reachable') throw new Unasked(WITHOUT_ENGINE);
    const [{ warnings }, { version }, { listeners }] = await Promise.all([
      host.docker('info'),
      host.docker('version'),
      host.system('listeners'),
    ]);
    const number = versionNumber(version);
    const tells = engine.product === 'docker' && number !== null && atLeast(number, TELLS);
    return { endpoint: engine.endpoint, doors: [...engineDoors(warnings, engine.local ? listeners : [], tells)] };
  },
  figure: ({ doors }) => ({
    value: doors.length,
    unit: '{address}',
    display: doors.map(({ at }) => at).join(', ') || 'none',
  }),
  judge: ({ doors, endpoint }) =>
    doors.length > 0 ? doors.map(doorFinding) : pass(`The Engine (${endpoint}) listens on no TCP port that is known`),
});
