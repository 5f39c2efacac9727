import * as z from 'zod/mini';
import { defineCheck } from '../../src/check.ts';
import { DAEMON_JSON, maxSizeIn } from '../../src/facts/daemon-json.ts';
import { clientsIn, deploymentOf } from '../../src/facts/deployment/deployment.ts';
import { inUse, needsClients } from '../../src/facts/deployment/in-use.ts';
import { type EngineLogs, logFinding, logOf } from '../../src/facts/deployment/log-limits.ts';
import type { Host } from '../../src/host/host.ts';

/** What the Engine of this host gives new containers; a rootless one has a file of its own, in its user's home. */
const engineLogs = async (host: Host): Promise<EngineLogs | null> => {
  const engine = await host.docker('engine');
  if (engine.state !== 'reachable') return null;
  const { loggingDriver, securityOptions } = await host.docker('info');
  const readable = engine.local && engine.from !== 'rootless' && !securityOptions.includes('name=rootless');
  const text = readable ? await host.readFile(DAEMON_JSON) : null;
  return { driver: loggingDriver, maxSize: text === null ? null : maxSizeIn(text), readable };
};

/** Whether the log of each container of the deployment has a limit, and how much one without holds by now. */
export const containersLogRotation = defineCheck({
  id: 'containers.log-rotation',
  title: "Containers' logs",
  group: 'containers',
  phase: 'after',
  touches: `Looks at the log settings of the containers and at the size of their logs, and reads ${DAEMON_JSON}.`,
  remedy: 'Set max-size and max-file for the logs, and make the containers anew.',
  requirement: z.strictObject({ rotating: z.array(z.string()) }),
  limit: () => ({ op: 'is', value: 'limited', display: 'limited in size' }),
  async measure(host, { rotating }) {
    const deployment = await deploymentOf(host);
    const { containers } = inUse(deployment);
    needsClients(clientsIn({ containers }), deployment);
    const where = deployment.from === 'compose-file' ? deployment.where : null;
    const kept = containers
      .filter(({ role }) => role !== 'monitoring' && role !== 'upgrade')
      .map((one) => ({ id: one.id, ...logOf(one, where) }));
    const open = kept.filter(({ driver, maxSize }) => maxSize === null && !rotating.includes(driver));
    const engine = open.length > 0 ? await engineLogs(host) : null;
    const sizes = open.some(({ made }) => made) ? (await host.docker('logs')).containers : [];
    return {
      engine,
      logs: kept.map((one) => ({ ...one, size: sizes.find(({ id }) => id === one.id)?.size ?? null })),
    };
  },
  figure({ logs, engine }) {
    const held = logs.filter(({ maxSize, driver }) => maxSize !== null || (driver !== '' && driver !== 'json-file'));
    const all = engine?.maxSize ? logs.filter((one) => held.includes(one) || !one.made) : held;
    return { value: all.length, unit: '{container}', display: `${all.length} of ${logs.length} limited` };
  },
  judge: ({ logs, engine }, { rotating }) => logs.map((one) => logFinding(one, engine, one.size, rotating)),
});
