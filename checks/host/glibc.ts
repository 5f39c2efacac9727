import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown, warn } from '../../src/check.ts';
import { libcOfGetconf, libcOfLdd } from '../../src/facts/libc.ts';
import { operatingSystem } from '../../src/facts/os-release.ts';
import { upgradeTo } from '../../src/facts/upgrade-advice.ts';
import { atLeast, versionNumber } from '../../src/facts/version-number.ts';
import { versionLimit } from '../../src/units.ts';

/** The host's C library. The client's images bring their own; the vendor's table does not say which one it means. */
export const hostGlibc = defineCheck({
  id: 'host.glibc',
  title: 'glibc',
  group: 'host',
  phase: 'before',
  touches: 'Runs getconf GNU_LIBC_VERSION, then ldd --version.',
  remedy: 'Move to a distribution with glibc 2.28 or later; glibc cannot be replaced by itself.',
  requirement: z.strictObject({ min: versionLimit }),
  limit: ({ min }) => ({ op: '>=', value: min, display: `glibc >= ${min}` }),
  measure: async (host) => {
    const { platform } = await host.system('identity');
    if (platform !== 'linux') return { platform, name: null, version: null, told: null, os: null };
    const libc =
      libcOfGetconf(await host.exec('getconf', 'GNU_LIBC_VERSION')) ?? libcOfLdd(await host.exec('ldd', '--version'));
    if (!libc) throw new Error('neither getconf nor ldd tells the C library');
    return { platform, ...libc, os: await operatingSystem(host) };
  },
  figure: ({ name, version }) => ({ value: version, display: [name, version].filter(Boolean).join(' ') || 'none' }),
  judge({ platform, name, version, told, os }, { min }) {
    if (name === null) return unknown(`There is no glibc to look for on ${platform}; glibc ${min} or later is needed.`);
    if (name !== 'glibc')
      return warn(`The C library is not glibc (${told}); glibc ${min} or later is needed.`, {
        remedy: `Use a distribution with glibc, such as ${upgradeTo(null).replace(/^.* such as /, '')}.`,
      });
    const number = versionNumber(version ?? '');
    if (!number) return unknown(`The version of glibc could not be read from "${told}".`);
    if (atLeast(number, min)) return pass(`glibc ${version}`);
    return fail(`glibc ${version}, ${min} or later is needed.`, {
      remedy: `Move to ${upgradeTo(os)}; glibc cannot be replaced by itself.`,
    });
  },
});
