import type { Json } from '../../../src/model.ts';

/** A boring Docker Engine, question by question; each test breaks one thing of it. */
export const engine = (over: Record<string, Json> = {}) => ({
  endpoint: 'unix:///var/run/docker.sock',
  from: 'default',
  local: true,
  state: 'reachable',
  detail: null,
  product: 'docker',
  ...over,
});

export const version = (over: Record<string, Json> = {}) => ({
  version: '24.0.7',
  apiVersion: '1.43',
  minApiVersion: '1.12',
  os: 'linux',
  arch: 'amd64',
  kernel: '6.1.0-13-amd64',
  platform: null,
  components: [],
  ...over,
});

export const info = (over: Record<string, Json> = {}) => ({
  name: 'core-1',
  operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  osType: 'linux',
  architecture: 'x86_64',
  kernel: '6.1.0-13-amd64',
  dataRoot: '/var/lib/docker',
  storageDriver: 'overlay2',
  driverStatus: [
    ['Backing Filesystem', 'extfs'],
    ['Supports d_type', 'true'],
  ],
  loggingDriver: 'json-file',
  cgroupVersion: '2',
  securityOptions: ['name=apparmor', 'name=seccomp,profile=builtin', 'name=cgroupns'],
  defaultRuntime: 'runc',
  libseccomp: '2.5.4',
  runc: 'v1.1.9',
  warnings: [],
  ...over,
});

/** How a container ended: an errno, a signal's name, or why it did not start. */
export const ended = (how: number | { readonly signal: string } | { readonly startError: string }) => ({
  errno: typeof how === 'number' ? how : null,
  signal: typeof how === 'object' && 'signal' in how ? how.signal : null,
  startError: typeof how === 'object' && 'startError' in how ? how.startError : null,
});

export const probed = (own: ReturnType<typeof ended>, unconfined: ReturnType<typeof ended> | null = null) => ({
  ran: true,
  arch: 'x86_64',
  own,
  unconfined,
  leftOver: [],
  sweptBefore: 0,
});

export const notProbed = (reason: string) => ({ ran: false, reason, leftOver: [], sweptBefore: 0 });
