import type { Json } from '../../../src/model.ts';
import type { Answers } from '../../support/judged.ts';

/** A boring Linux server's uname and kind. */
export const identity = {
  name: 'core-1',
  platform: 'linux',
  release: '6.1.0-28-amd64',
  version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)',
  machine: 'x86_64',
  uid: 0,
  virtualization: 'kvm',
  container: null,
  kubernetes: false,
  traces: ['binfmt_misc'],
} satisfies Json;

export const engine = {
  endpoint: 'unix:///var/run/docker.sock',
  from: 'default',
  local: true,
  state: 'reachable',
  detail: null,
  product: 'docker',
} satisfies Json;

export const info = {
  name: 'core-1',
  operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  osType: 'linux',
  architecture: 'x86_64',
  kernel: '6.1.0-28-amd64',
  dataRoot: '/var/lib/docker',
  storageDriver: 'overlay2',
  driverStatus: [],
  loggingDriver: 'json-file',
  cgroupVersion: '2',
  securityOptions: [],
  defaultRuntime: 'runc',
  libseccomp: null,
  runc: null,
  warnings: [],
} satisfies Json;

/** Nothing that speaks of a container. */
export const NO_CONTAINER: Answers = {
  'readFile "/.dockerenv"': null,
  'readFile "/run/.containerenv"': null,
  'readFile "/proc/self/cgroup"': '0::/user.slice/user-0.slice/session-1.scope\n',
  'readFile "/proc/2/comm"': 'kthreadd\n',
};

/** Nothing that speaks of WSL. */
export const NO_WSL: Answers = {
  'readFile "/proc/version"':
    'Linux version 6.1.0-28-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14))',
  'list "/run/WSL"': null,
  'readFile "/sys/class/dmi/id/sys_vendor"': 'QEMU\n',
  'readFile "/sys/class/dmi/id/product_name"': 'Standard PC (Q35 + ICH9, 2009)\n',
  'readFile "/proc/sys/fs/binfmt_misc/WSLInterop"': null,
  'readFile "/proc/sys/fs/binfmt_misc/WSLInterop-late"': null,
};

/** os-release of a distribution. */
export const osRelease = (id: string, version: string, pretty = `${id} ${version}`): Answers => ({
  'readFile "/etc/os-release"': `NAME="x"\nID=${id}\nVERSION_ID="${version}"\nPRETTY_NAME="${pretty}"\n`,
});

export const NO_OS_RELEASE: Answers = Object.fromEntries(
  [
    '/etc/os-release',
    '/usr/lib/os-release',
    '/etc/centos-release',
    '/etc/redhat-release',
    '/etc/SuSE-release',
    '/etc/alpine-release',
    '/etc/debian_version',
  ].map((file) => [`readFile "${file}"`, null]),
);

export const now = (day: string): Answers => ({ 'system "now"': { epochMs: Date.parse(`${day}T12:00:00Z`) } });
