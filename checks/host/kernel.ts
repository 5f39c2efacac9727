import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown, warn } from '../../src/check.ts';
import { operatingSystem } from '../../src/facts/os-release.ts';
import { upgradeTo } from '../../src/facts/upgrade-advice.ts';
import { atLeast, versionNumber } from '../../src/facts/version-number.ts';
import { versionLimit } from '../../src/units.ts';

// A newer kernel for the same release, by id and version as in os-release.
const NEWER_KERNELS: Readonly<Record<string, string>> = {
  'ubuntu 16.04': 'Install the package linux-generic-hwe-16.04 and reboot.',
  'amzn 2': 'Run "amazon-linux-extras install kernel-5.10" and reboot.',
};

/** The kernel's version; where it is too low, whether statx, which the floor is about, works all the same. */
export const hostKernel = defineCheck({
  id: 'host.kernel',
  title: 'Linux kernel',
  group: 'host',
  phase: 'before',
  touches: 'Reads the release of the kernel; where that is too low, tries one statx call.',
  remedy: "Boot a kernel of 4.11 or later: the distribution's newer kernel, or a later release of it.",
  requirement: z.strictObject({ min: versionLimit }),
  limit: ({ min }) => ({ op: '>=', value: min, display: `>= ${min}` }),
  measure: async (host, { min }) => {
    const { platform, release } = await host.system('identity');
    const version = versionNumber(release);
    if (!version) throw new Error(`the kernel calls itself "${release}", which holds no version`);
    const low = platform === 'linux' && !atLeast(version, min);
    const os = low ? await operatingSystem(host) : null;
    return { platform, release, statx: low ? await host.system('statx') : null, os };
  },
  figure: ({ release }) => ({ value: release, display: release }),
  judge({ platform, release, statx, os }, { min }) {
    if (platform !== 'linux')
      return unknown(`The kernel is that of ${platform}, ${release}; Linux ${min} or later is needed.`);
    const version = versionNumber(release);
    if (version && atLeast(version, min)) return pass(`Linux ${release}`);
    const needed = `${min} or later is needed`;
    if (statx?.errno === 0)
      return warn(
        `Linux ${release}, ${needed}; but statx, which that number is about, works on this host (a backport).`,
        {
          remedy: 'Ask the vendor of the kernel to confirm its statx backport, or boot a newer kernel.',
        },
      );
    const proof =
      statx?.errno == null
        ? `statx was not proven either: ${statx?.reason ?? 'not tried'}`
        : `statx fails here with errno ${statx.errno}`;
    return fail(`Linux ${release}, ${needed} (${proof}).`, {
      remedy:
        NEWER_KERNELS[`${os?.id} ${os?.version}`] ?? `Move to ${upgradeTo(os)}, or boot a kernel of ${min} or later.`,
    });
  },
});
