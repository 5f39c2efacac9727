import os from 'node:os';
import type { SystemAnswers } from '../answers/system.ts';
import { kernelLine, kernelNames, kernelText } from './kernel-files.ts';
import { mountLines } from './mounts.ts';
import { virtualization } from './virtualization.ts';

type Identity = SystemAnswers['identity'];
type Environment = Readonly<Record<string, string | undefined>>;

/** An engine mounts these files into its containers from its own folders. */
const GIVEN_FILES = new Set(['/etc/hosts', '/etc/hostname', '/etc/resolv.conf']);
/** Where the kernel's handlers of foreign programs stand: of whatever type, as containers mount copies there. */
const HANDLERS = '/proc/sys/fs/binfmt_misc';
const ENGINE_FOLDERS = /\/(containers|overlay-containers|sandboxes|pods)\//;

/** What the mount table and the kernel's command line tell of the kind of host (see answers/system.ts). */
const traces = (root: string): readonly string[] => {
  const mounts = mountLines(root);
  const some = (test: (mount: (typeof mounts)[number]) => boolean) => mounts.some(test);
  const hints: readonly (readonly [string, boolean])[] = [
    ['binfmt_misc', some(({ type, point }) => point === HANDLERS && type !== 'autofs')],
    ['drvfs', some(({ type, options }) => type === 'drvfs' || (type === '9p' && options.includes('aname=drvfs')))],
    ['wslfs', some(({ type }) => type === 'lxfs' || type === 'wslfs')],
    ['overlay-root', mounts.findLast(({ point }) => point === '/')?.type === 'overlay'],
    ['engine-files', some(({ point, root: inner }) => GIVEN_FILES.has(point) && ENGINE_FOLDERS.test(inner))],
    ['wsl-command-line', /\bWSL_[A-Z_]+=/.test(kernelText(`${root}/proc/cmdline`) ?? '')],
  ];
  return hints.flatMap(([name, there]) => (there ? [name] : []));
};

/** The kind of container that process 1, systemd or our own environment names. */
const container = (root: string, env: Environment): string | null => {
  const first = (kernelText(`${root}/proc/1/environ`) ?? '').split('\0');
  const told =
    env['container'] ||
    first.find((one) => one.startsWith('container='))?.slice('container='.length) ||
    kernelLine(`${root}/run/systemd/container`);
  if (told) return told;
  // OpenVZ shows /proc/vz everywhere, and /proc/bc on its hosts alone.
  const names = kernelNames(`${root}/proc`);
  return names.includes('vz') && !names.includes('bc') ? 'openvz' : null;
};

/** uname, who asks, and the kind of machine. `root` and `env` are for made-up trees. */
export const identity = (root = '', env: Environment = process.env): Identity => {
  // uname can be told to lie (personality UNAME26, setarch); these files cannot.
  const told = (name: string) => (process.platform === 'linux' ? kernelLine(`${root}/proc/sys/kernel/${name}`) : null);
  const linux = process.platform === 'linux';
  return {
    name: os.hostname(),
    platform: process.platform,
    release: told('osrelease') ?? os.release(),
    version: told('version') ?? os.version(),
    machine: told('arch') ?? os.machine(),
    uid: process.getuid?.() ?? null,
    virtualization: linux ? virtualization(root) : null,
    container: linux ? container(root, env) : null,
    kubernetes: env['KUBERNETES_SERVICE_HOST'] !== undefined,
    traces: linux ? [...traces(root)] : [],
  };
};
