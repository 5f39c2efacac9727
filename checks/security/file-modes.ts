import * as z from 'zod/mini';
import { defineCheck, pass, skip, Unasked, unknown, warn } from '../../src/check.ts';
import { deploymentOf } from '../../src/facts/deployment/deployment.ts';

const OTHERS_READ = 0o004;
const OTHERS_WRITE = 0o002;

const octal = (mode: number): string => `0${(mode & 0o777).toString(8).padStart(3, '0')}`;

/** Whether files that hold the deployment's secrets are closed to other users of the host. */
export const securityFileModes = defineCheck({
  id: 'security.file-modes',
  title: 'File modes',
  group: 'security',
  phase: 'after',
  touches:
    'Looks at the modes of the Compose and env files of the deployment, and at the names of the variables in them.',
  remedy: 'Keep the file to its owner and group: chmod 640.',
  requirement: z.strictObject({ most: z.string().check(z.regex(/^0[0-7]{3}$/)) }),
  limit: ({ most }) => ({ op: '<=', value: most, display: `at most ${most} where secrets are` }),
  async measure(host) {
    await deploymentOf(host);
    const { files } = await host.docker('files');
    if (files.length === 0)
      throw new Unasked(skip('No file of this host is known from which the deployment was made.'));
    return { files };
  },
  figure({ files }) {
    const open = files.filter(({ mode, secrets }) => mode !== null && secrets.length > 0 && mode & OTHERS_READ).length;
    return { value: open, unit: '{file}', display: `${open} of ${files.length} open to all` };
  },
  judge({ files }, { most }) {
    return files.map(({ path, mode, why, secrets }) => {
      const subject = path;
      const remedy = `Keep it to its owner and group (chmod ${most.slice(1)} ${path}).`;
      if (mode === null)
        return unknown(`The mode of ${path} cannot be looked at: ${why ?? 'no reason was given'}`, {
          subject,
          remedy: 'Run the tool as root.',
        });
      const none = why === null ? 'holds no secret' : `could not be read (${why})`;
      const held = secrets.length > 0 ? `holds ${secrets.join(', ')}` : none;
      if (mode & OTHERS_WRITE)
        return warn(
          `${path} (${octal(mode)}) may be changed by every user of this host, and says what the containers are`,
          {
            subject,
            remedy,
          },
        );
      if (mode & OTHERS_READ && secrets.length > 0)
        return warn(`${path} (${octal(mode)}) may be read by every user of this host, and ${held}`, {
          subject,
          remedy,
        });
      return pass(`${path} (${octal(mode)}) ${held}`, { subject });
    });
  },
});
