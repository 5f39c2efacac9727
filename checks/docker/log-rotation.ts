import * as z from 'zod/mini';
import { defineCheck, pass, unknown, warn } from '../../src/check.ts';
import { BOUND_LOGS, DAEMON_JSON, maxSizeIn } from '../../src/facts/daemon-json.ts';

/** Whether the Engine bounds the logs of containers that set no limit of their own, as those of the vendor's files. */
export const dockerLogRotation = defineCheck({
  id: 'docker.log-rotation',
  title: 'Log limits',
  group: 'docker',
  phase: 'before',
  needs: ['docker.engine'],
  touches: `Asks the Docker Engine for its log driver and reads ${DAEMON_JSON}.`,
  remedy: 'Set max-size and max-file for the log driver in /etc/docker/daemon.json, and restart Docker.',
  requirement: z.strictObject({ rotating: z.array(z.string()) }),
  limit: () => ({ op: 'is', value: 'limited', display: 'limited in size' }),
  measure: async (host) => {
    const [{ loggingDriver, securityOptions }, { local, from }] = await Promise.all([
      host.docker('info'),
      host.docker('engine'),
    ]);
    // A rootless Engine has a file of its own, in the home of its user, however its address was chosen.
    const readable = local && from !== 'rootless' && !securityOptions.includes('name=rootless');
    const text = loggingDriver === 'json-file' && readable ? await host.readFile(DAEMON_JSON) : null;
    return { driver: loggingDriver, readable, maxSize: text === null ? null : maxSizeIn(text) };
  },
  figure: ({ driver, maxSize }) => ({
    value: driver,
    display: `${driver ?? 'not told'}${maxSize ? `, max-size ${maxSize}` : ''}`,
  }),
  judge({ driver, maxSize, readable }, { rotating }) {
    if (driver === null) return unknown('The Engine does not tell its log driver', { remedy: 'Run: docker info' });
    if (rotating.includes(driver)) return pass(`Log driver ${driver}, whose logs do not grow without end here`);
    if (driver !== 'json-file')
      return unknown(`Log driver ${driver}, of which no limit is known`, {
        remedy: 'Make sure that it limits its logs.',
      });
    if (maxSize) return pass(`Log driver json-file, at most ${maxSize} a file by ${DAEMON_JSON}`);
    if (!readable)
      return unknown('Log driver json-file; the daemon.json of this Engine cannot be read from here', {
        remedy:
          'Set "log-opts": {"max-size": "100m", "max-file": "5"} in the daemon.json of that Engine, and restart it.',
      });
    return warn(`Log driver json-file without a max-size in ${DAEMON_JSON}: logs grow until the disk is full`, {
      remedy: BOUND_LOGS,
    });
  },
});
