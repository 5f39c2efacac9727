import * as z from 'zod/mini';
import { defineCheck, pass, unknown, warn } from '../../src/check.ts';
import { versionNumber } from '../../src/facts/version-number.ts';

const versionIn = (printed: string): string | null =>
  /(?:^|version )v?(\d+\.\d+\.\d+\S*?),?(?:\s|$)/m.exec(printed)?.[1] ?? null;

/** Docker Compose, as a plugin of the client (v2) or as a program of its own (v1): the vendor's files are made for it. */
export const dockerCompose = defineCheck({
  id: 'docker.compose',
  title: 'Docker Compose',
  group: 'docker',
  phase: 'before',
  touches: 'Runs docker compose version and docker-compose version.',
  remedy: 'Install the Compose plugin.',
  requirement: z.strictObject({ command: z.string() }),
  limit: ({ command }) => ({ op: 'is', value: command, display: command }),
  measure: async (host) => {
    const [plugin, program] = await Promise.all([
      host.exec('docker', 'compose', 'version'),
      host.exec('docker-compose', 'version'),
    ]);
    return {
      client: plugin !== null,
      plugin: plugin?.exitCode === 0 ? versionIn(plugin.stdout) : null,
      program: program?.exitCode === 0 ? versionIn(program.stdout) : null,
      // Something ran and ended well, yet named no version that we know.
      unread:
        [plugin, program].find((ran) => ran?.exitCode === 0 && versionIn(ran.stdout) === null)?.stdout.slice(0, 200) ??
        null,
    };
  },
  figure: ({ plugin, program }) => ({ value: plugin ?? program, display: plugin ?? program ?? 'none' }),
  judge({ client, plugin, program, unread }, { command }) {
    if (plugin)
      return pass(`Docker Compose ${plugin} (docker compose)${program ? `, and docker-compose ${program}` : ''}`);
    if (program) {
      const old = versionNumber(program)?.numbers.startsWith('1.');
      return pass(`Docker Compose ${program} (docker-compose${old ? ', the first generation' : ''})`);
    }
    if (unread)
      return unknown(`Docker Compose is there, but its version could not be read: "${unread}"`, {
        remedy: `Run: ${command} version`,
      });
    return warn(`Neither docker compose nor docker-compose is there; the vendor's installation files need one`, {
      remedy: client
        ? 'Install the Compose plugin: the package docker-compose-plugin or docker-compose.'
        : "Install Docker's client with its Compose plugin.",
    });
  },
});
