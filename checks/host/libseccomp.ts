import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown, warn } from '../../src/check.ts';
import { libseccompOf } from '../../src/facts/libseccomp.ts';
import { atLeast, sameVersion, versionNumber } from '../../src/facts/version-number.ts';
import { versionLimit } from '../../src/units.ts';

/** The libseccomp that the container runtime uses: before 2.3.3 it does not know statx and drops it from every profile. */
export const hostLibseccomp = defineCheck({
  id: 'host.libseccomp',
  title: 'libseccomp',
  group: 'host',
  phase: 'before',
  touches:
    "Asks the Docker Engine for its runtime's features, else runs runc --version, readlink and the package manager.",
  remedy: 'Update libseccomp and runc by the package manager, and restart Docker.',
  requirement: z.strictObject({ min: versionLimit, named: versionLimit }),
  limit: ({ min }) => ({ op: '>=', value: min, display: `>= ${min}` }),
  measure: (host) => libseccompOf(host),
  figure: ({ version }) => ({ value: version, display: version ?? 'not told' }),
  judge({ version, source, sure }, { min, named }) {
    if (version === null)
      return warn(`Nothing tells which libseccomp the container runtime uses; ${min} or later is needed`, {
        remedy: "Run docker.statx, which proves what matters, or run 'runc --version' on the Engine's machine.",
      });
    const number = versionNumber(version);
    if (!number)
      return unknown(
        `${source} names the libseccomp version "${version}", which is no version; ${min} or later is needed`,
        {
          remedy: "Run 'runc --version' and compare its libseccomp line yourself.",
        },
      );
    const doubt = sure ? '' : '; a runtime that was built with its own may use another';
    if (!atLeast(number, min))
      return fail(`libseccomp ${version} (${source}${doubt}), at least ${min} needed`, {
        remedy: `Update libseccomp to ${min} or later together with runc, by the system's package manager, and restart Docker.`,
      });
    const note = sameVersion(number, named)
      ? ''
      : `; the vendor's table names ${named} only, read as the floor because statx came with it`;
    return pass(`libseccomp ${version} (${source}${doubt})${note}`);
  },
});
