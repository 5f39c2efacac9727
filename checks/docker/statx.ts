import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown, warn } from '../../src/check.ts';
import { libseccompOf } from '../../src/facts/libseccomp.ts';
import {
  blockingLayer,
  type Floors,
  howBlocked,
  inferred,
  isBlocked,
  type Surroundings,
  seccompProfile,
} from '../../src/facts/statx-verdict.ts';
import type { DockerAnswers } from '../../src/host/answers/docker.ts';
import type { Host } from '../../src/host/host.ts';
import type { Finding } from '../../src/model.ts';
import { versionLimit } from '../../src/units.ts';

type Probe = DockerAnswers['statx'];
type Seen = { readonly probe: Probe; readonly host: number | null; readonly versions: Surroundings | null };

const allowed = (probe: Probe): boolean => probe.ran && probe.own.errno === 0;

const surroundings = async (host: Host): Promise<Surroundings> => {
  const [info, { version, product }, { version: libseccomp }] = await Promise.all([
    host.docker('info'),
    Promise.all([host.docker('version'), host.docker('engine')]).then(([one, two]) => ({ ...one, ...two })),
    libseccompOf(host),
  ]);
  const engine = product === 'docker' ? version : null;
  return { kernel: info.kernel, engine, libseccomp, profile: seccompProfile(info.securityOptions) };
};

const judgeRun = ({ probe, host, versions }: Seen, floors: Floors): Finding => {
  if (allowed(probe)) return pass("statx works in a container under the Engine's own seccomp profile");
  if (!versions) return unknown('The versions were not asked', { remedy: 'Run the check again.' });
  if (!probe.ran) return inferred(probe.reason, versions, floors);
  const { own, unconfined } = probe;
  // A start that fails only under the Engine's profile is seccomp's doing, whatever the runtime says of it.
  if (!isBlocked(own) && unconfined?.errno !== 0) return inferred(howBlocked(own), versions, floors);
  const { words, remedy } = blockingLayer({ host, unconfined }, versions, floors);
  const how = howBlocked(own);
  return fail(`${how[0]?.toUpperCase()}${how.slice(1)}; ${words}; it must be allowed`, { remedy });
};

/** Whether a program in a container may call statx, tried under the Engine's own seccomp profile. */
export const dockerStatx = defineCheck({
  id: 'docker.statx',
  title: 'statx in containers',
  group: 'docker',
  phase: 'before',
  needs: ['docker.engine'],
  touches:
    'Loads an image of 2 KiB from memory, runs it in a container without network and removes both; with --quick it only compares versions.',
  remedy: 'Update what the finding names: the kernel, Docker with its seccomp profile, or libseccomp and runc.',
  requirement: z.strictObject({ kernel: versionLimit, engine: versionLimit, libseccomp: versionLimit }),
  limit: () => ({ op: 'is', value: 'allowed', display: 'statx allowed' }),
  measure: async (host) => {
    const probe = await host.docker('statx');
    if (allowed(probe)) return { probe, host: null, versions: null };
    const { local } = await host.docker('engine');
    // The control on the host says something of the Engine's kernel only where both are one machine.
    const control = local && probe.ran ? (await host.system('statx')).errno : null;
    return { probe, host: control, versions: await surroundings(host) };
  },
  figure: ({ probe }) => {
    if (!probe.ran) return { value: null, display: 'not tried' };
    return { value: allowed(probe), display: allowed(probe) ? 'allowed' : howBlocked(probe.own) };
  },
  judge(seen, floors) {
    const left = seen.probe.leftOver.map((what) => {
      const [kind = '', name = ''] = what.split(' ');
      const remedy = `Remove it by hand: docker ${kind === 'image' ? 'rmi' : 'rm'} -f ${name}`;
      return warn(`The probe could not remove its ${what}`, { subject: `${kind} ${name}`, remedy });
    });
    return [judgeRun(seen, floors), ...left];
  },
});
