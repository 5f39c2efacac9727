import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown } from '../../src/check.ts';
import { atLeast, sameVersion, versionNumber } from '../../src/facts/version-number.ts';
import { versionLimit } from '../../src/units.ts';

/** The Engine's version, never the client's; vendor suffixes take no part. */
export const dockerVersion = defineCheck({
  id: 'docker.version',
  title: 'Docker version',
  group: 'docker',
  phase: 'before',
  needs: ['docker.engine'],
  touches: 'Asks the Docker Engine for its version.',
  remedy: 'Update Docker Engine.',
  requirement: z.strictObject({ min: versionLimit, excluded: z.array(versionLimit) }),
  limit: ({ min, excluded }) => ({
    op: '>=',
    value: min,
    display: `>= ${min}${excluded.length ? `, not ${excluded.join(', ')}` : ''}`,
  }),
  measure: async (host) => {
    const { product } = await host.docker('engine');
    const { version, platform } = await host.docker('version');
    return { version, platform, product };
  },
  figure: ({ version }) => ({ value: version, display: version }),
  judge({ version, product }, { min, excluded }) {
    const needed = `Docker ${min} or later needed${excluded.length ? `, and not ${excluded.join(', ')}` : ''}`;
    const remedy = `Compare the Engine's release with Docker ${min} yourself: docker version`;
    if (product === 'podman')
      return unknown(`Podman ${version} has no Docker version; ${needed}`, { remedy: 'Install Docker Engine.' });
    const number = versionNumber(version);
    // Builds from moby's own tree name themselves 0.0.0-dev or by a date: no release.
    if (!number || number.numbers === '0.0.0' || /^\d{5,}/.test(number.numbers))
      return unknown(`The Engine calls its version "${version}", which is no release; ${needed}`, { remedy });
    if (excluded.some((one) => sameVersion(number, one)))
      return fail(`Docker ${version}, which the vendor excludes; ${needed}`, {
        remedy: 'Update Docker Engine to the next release of its series or a later one.',
      });
    if (!atLeast(number, min))
      return fail(`Docker ${version}, ${needed}`, { remedy: `Update Docker Engine to ${min} or later.` });
    return pass(`Docker ${version}`);
  },
});
