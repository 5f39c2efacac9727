import { fail, unknown, warn } from '../check.ts';
import type { ContainerRun } from '../host/answers/docker.ts';
import type { Finding } from '../model.ts';
import { atLeast, versionNumber } from './version-number.ts';

/** What a blocked statx is explained by; versions are null where they were not told. */
export type Surroundings = {
  readonly kernel: string | null;
  readonly engine: string | null;
  readonly libseccomp: string | null;
  /** The seccomp profile by the Engine's own words: "default", "builtin", "unconfined", or the path of a custom one. */
  readonly profile: string | null;
};
export type Floors = { readonly kernel: string; readonly engine: string; readonly libseccomp: string };

const NAMES: Record<number, string> = { 1: 'EPERM', 13: 'EACCES', 14: 'EFAULT', 38: 'ENOSYS' };

/** An errno by its name where it says something. */
const errnoName = (errno: number): string => NAMES[errno] ?? `errno ${errno}`;

const refusedAtStart = ({ startError }: ContainerRun): boolean => /\bstatx\b/i.test(startError ?? '');

/** Whether a run shows that statx is not allowed, rather than that the probe could not run. */
export const isBlocked = (run: ContainerRun): boolean =>
  (run.errno !== null && run.errno !== 0) || run.signal !== null || refusedAtStart(run);

/** How statx failed, as a sentence without its full stop. */
export const howBlocked = (run: ContainerRun): string => {
  if (run.errno === 38) return 'statx is answered with ENOSYS in a container, as if the kernel did not know it';
  if (run.errno !== null) return `statx is refused with ${errnoName(run.errno)} in a container`;
  if (run.signal === 'SIGSYS') return 'a program that calls statx in a container is killed (SIGSYS)';
  if (run.signal) return `the probe was killed in its container (${run.signal})`;
  if (refusedAtStart(run))
    return `the runtime cannot even start a container, because statx is refused: ${run.startError}`;
  return `the probe's container did not start: ${run.startError ?? 'no reason was given'}`;
};

const NAMED = new Set(['default', 'builtin', 'unconfined']);

/**
 * The profile of `name=seccomp,profile=…` among an Engine's security options. Engines before 1.13 say "seccomp" alone and mean
 * their default; null where seccomp is off.
 */
export const seccompProfile = (securityOptions: readonly string[]): string | null => {
  const option = securityOptions.find((one) => /^(name=)?seccomp(,|$)/.test(one));
  return option === undefined ? null : (/,profile=(.+)$/.exec(option)?.[1] ?? 'default');
};

const below = (version: string | null, floor: string): boolean => {
  const number = version === null ? null : versionNumber(version);
  return number !== null && number.numbers !== '0.0.0' && !atLeast(number, floor);
};

/** Whose filter is in force: Docker's own profile, one of this Engine, or none. */
const filterOf = (profile: string | null): 'docker' | 'own' | 'none' => {
  if (profile === null || profile === 'unconfined') return 'none';
  return NAMED.has(profile) ? 'docker' : 'own';
};

/** The known versions that are below their floors and matter here, each as words: no filter asks nothing of seccomp. */
const belowFloors = (seen: Surroundings, floors: Floors): string[] => {
  const filter = filterOf(seen.profile);
  const low: readonly (readonly [boolean, string])[] = [
    [below(seen.kernel, floors.kernel), `kernel ${seen.kernel} (${floors.kernel} needed)`],
    [filter === 'docker' && below(seen.engine, floors.engine), `Docker ${seen.engine} (${floors.engine} needed)`],
    [
      filter !== 'none' && below(seen.libseccomp, floors.libseccomp),
      `libseccomp ${seen.libseccomp} (${floors.libseccomp} needed)`,
    ],
  ];
  return low.flatMap(([is, words]) => (is ? [words] : []));
};

/** Which of the layers between a container and the kernel refuses statx, and the one step that mends it. */
export const blockingLayer = (
  controls: { readonly host: number | null; readonly unconfined: ContainerRun | null },
  seen: Surroundings,
  floors: Floors,
): { readonly layer: string; readonly words: string; readonly remedy: string } => {
  const { host, unconfined } = controls;
  if (host === 38)
    return {
      layer: 'kernel',
      words: 'it is missing on the host itself too, so the kernel lacks it',
      remedy: `Update the kernel to ${floors.kernel} or later and reboot.`,
    };
  if (host !== null && host !== 0)
    return {
      layer: 'host',
      words: `it is refused on the host itself too (${errnoName(host)}), so something around this whole system filters it`,
      remedy:
        'Allow statx in whatever this machine itself runs in (a container, a sandbox or a service with a filter).',
    };
  if (unconfined && isBlocked(unconfined))
    return host === null
      ? {
          layer: 'unconfined',
          words: 'it fails without a seccomp profile too, so the profile is not the reason',
          remedy: `Update the kernel of the Engine's machine to ${floors.kernel} or later, or allow statx in what the Engine runs in.`,
        }
      : {
          layer: 'runtime',
          words:
            'it works on the host and fails in a container even without a profile, so what the Engine runs in filters it',
          remedy:
            'Allow statx in the service or container that the Engine runs in (for systemd: SystemCallFilter of docker.service).',
        };
  const control = unconfined?.errno === 0 ? 'it works without seccomp' : 'the control without seccomp could not be run';
  if (seen.profile !== null && !NAMED.has(seen.profile))
    return {
      layer: 'profile',
      words: `${control}; the Engine's own profile ${seen.profile} is the one in force`,
      remedy: `Add "statx" to the allowed system calls in ${seen.profile}, and restart Docker.`,
    };
  if (below(seen.engine, floors.engine))
    return {
      layer: 'profile',
      words: `${control}; the default profile of Docker ${seen.engine} does not hold it yet`,
      remedy: `Update Docker Engine to ${floors.engine} or later.`,
    };
  if (below(seen.libseccomp, floors.libseccomp))
    return {
      layer: 'libseccomp',
      words: `${control}; libseccomp ${seen.libseccomp} does not know it and drops it from the profile`,
      remedy: `Update libseccomp to ${floors.libseccomp} or later together with runc, and restart Docker.`,
    };
  return {
    layer: 'seccomp',
    words: `${control}; the default profile, libseccomp or runc blocks it`,
    remedy: 'Update Docker Engine, runc and libseccomp together, and restart Docker.',
  };
};

/** A finding from versions alone: never a pass, because a profile of the Engine's own may still refuse the call. */
export const inferred = (why: string, versions: Surroundings, floors: Floors): Finding => {
  const low = belowFloors(versions, floors);
  const { kernel, engine, libseccomp } = versions;
  if (low.length > 0)
    return fail(`Not tried (${why}), and statx cannot work in a container by the versions: ${low.join(', ')}`, {
      remedy: `Update what is too old: ${low.join(', ')}.`,
    });
  const remedy = why.includes('--quick')
    ? 'Run the check without --quick, so that statx is tried.'
    : 'Mend what kept the probe from running, then run the check again.';
  if (kernel === null || engine === null || libseccomp === null)
    return unknown(`Not tried (${why}), and not every version that decides is known`, { remedy });
  const names: Readonly<Record<string, string>> = {
    none: `kernel ${kernel} is new enough, and no seccomp profile filters calls,`,
    own: `kernel ${kernel} and libseccomp ${libseccomp} are new enough, and the Engine's own profile ${versions.profile} decides,`,
    docker: `kernel ${kernel}, Docker ${engine} and libseccomp ${libseccomp} are new enough`,
  };
  const words = names[filterOf(versions.profile)];
  return warn(`Only inferred from versions, not tried (${why}): ${words} for statx in a container`, { remedy });
};
