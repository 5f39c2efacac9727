import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from '../../src/host/live/docker/request.ts';

const DOCKERD = ['/usr/sbin/dockerd', '/usr/bin/dockerd'].find((path) => existsSync(path));
const CONTAINERD = ['/usr/bin/containerd', '/usr/local/bin/containerd'].find((path) => existsSync(path));

/** Why no real Engine can be started here, null when one can: for the titles of skipped tests. */
export const noDockerd = (): string | null => {
  if (process.platform !== 'linux') return 'not Linux';
  if (process.getuid?.() !== 0) return 'not root';
  return DOCKERD && CONTAINERD ? null : 'no dockerd (apt: docker.io)';
};

/** The same for one that makes networks, in a network namespace of its own. */
export const noDockerNetworks = (): string | null => {
  const missing = noDockerd();
  if (missing) return missing;
  const made = spawnSync('unshare', ['--net', '--', 'iptables', '-t', 'nat', '-L', '-n'], { stdio: 'ignore' });
  return made.status === 0 ? null : 'no network namespace with iptables (apt: iptables, iproute2)';
};

/** A real Engine of our own: its socket as DOCKER_HOST, a question to it, and its end. */
export type Dockerd = {
  readonly host: string;
  readonly folder: string;
  /** Its process, whose network is the host's as its containers see it. */
  readonly pid: number;
  readonly get: (path: string) => Promise<unknown>;
  /** How many containers and images it has, left-overs of every state included. */
  readonly counts: () => Promise<{ readonly containers: number; readonly images: number }>;
  readonly stop: () => Promise<void>;
};

/** Removes the mounts and cgroups of the Engine of this folder alone, then the folder. */
export const clean = (folder: string): void => {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  const own = mounts.map((line) => line.split(' ')[4] ?? '').filter((point) => point.startsWith(`${folder}/`));
  for (const point of own.reverse()) execFileSync('umount', ['-l', point], { stdio: 'ignore' });
  rmSync(folder, { recursive: true, force: true });
  for (const root of ['/sys/fs/cgroup', ...readdirSync('/sys/fs/cgroup').map((name) => join('/sys/fs/cgroup', name))]) {
    const group = join(root, basename(folder));
    if (existsSync(group)) rmdirSync(group);
  }
};

const ended = async (child: ChildProcess, within: number): Promise<void> => {
  const gone = () => child.exitCode !== null || child.signalCode !== null;
  for (let waited = 0; waited < within && !gone(); waited += 20) await pause(20);
  if (!gone()) child.kill('SIGKILL');
};

/** Loopback alone, as a machine without an uplink has it; it goes with the last process in it. */
const OWN_NETWORK = ['unshare', '--net', '--', 'sh', '-c', 'ip link set lo up && exec "$0" "$@"'];

type Options = {
  readonly networks?: boolean;
  /** An empty folder in place of a temporary one; then it goes on after the end of this process. */
  readonly folder?: string;
  readonly storage?: 'vfs' | 'overlay2';
  /** Further flags of dockerd, such as "dns" for the name server of containers: this machine's is beyond reach from a network of one's own. */
  readonly flags?: Readonly<Record<string, string>>;
};

/**
 * Starts Debian's dockerd with everything of its own in a temporary folder, and waits until it answers. It makes no network;
 * with `networks` it stands in a network namespace of its own, where it makes what it likes: bridges, addresses, filter rules.
 */
export const startDockerd = async (profile: object | null, options: Options = {}): Promise<Dockerd> => {
  if (!DOCKERD || !CONTAINERD) throw new Error('there is no dockerd here');
  const { networks = false, storage = 'vfs' } = options;
  const detached = options.folder !== undefined;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'dockerd-'));
  const at = (name: string) => join(folder, name);
  const log = openSync(at('log'), 'a');
  const stdio = ['ignore', log, log] as const;
  const env = { PATH: process.env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin' };
  writeFileSync(
    at('containerd.toml'),
    `version = 2\nroot = "${at('croot')}"\nstate = "${at('cstate')}"\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n[grpc]\n  address = "${at('c.sock')}"\n[ttrpc]\n  address = "${at('c.sock.ttrpc')}"\n`,
  );
  // What uses the host's network is started by containerd: it stands in the same one.
  const [shell = CONTAINERD, ...own] = networks ? [...OWN_NETWORK, CONTAINERD] : [CONTAINERD];
  const containerd = spawn(shell, [...own, '-c', at('containerd.toml')], { stdio: [...stdio], env, detached });
  for (let waited = 0; waited < 10_000 && !existsSync(at('c.sock')); waited += 20) await pause(20);
  if (profile) writeFileSync(at('seccomp.json'), JSON.stringify(profile));
  const flags = {
    host: `unix://${at('d.sock')}`,
    'data-root': at('root'),
    'exec-root': at('exec'),
    pidfile: at('pid'),
    containerd: at('c.sock'),
    'config-file': at('none.json'),
    ...(!networks && { bridge: 'none', iptables: 'false' }),
    ...options.flags,
    ip6tables: 'false',
    'storage-driver': storage,
    'cgroup-parent': `/${basename(folder)}`,
    ...(profile && { 'seccomp-profile': at('seccomp.json') }),
  };
  writeFileSync(at('none.json'), '{}');
  const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  const beside = networks ? ['nsenter', `--net=/proc/${containerd.pid}/ns/net`, '--', DOCKERD] : [DOCKERD];
  const [program = DOCKERD, ...before] = beside;
  const dockerd = spawn(program, [...before, ...args], { stdio: [...stdio], env, detached });

  const way = { kind: 'socket', path: at('d.sock') } as const;
  const get = async (path: string): Promise<unknown> => {
    const answer = await request(way, { path }, new AbortController().signal, 10_000);
    return JSON.parse(answer.body);
  };
  const counts = async () => {
    const [containers, images] = await Promise.all([get('/containers/json?all=1'), get('/images/json?all=1')]);
    return { containers: (containers as unknown[]).length, images: (images as unknown[]).length };
  };
  const stop = async () => {
    dockerd.kill('SIGTERM');
    await ended(dockerd, 10_000);
    containerd.kill('SIGTERM');
    await ended(containerd, 5_000);
    clean(folder);
  };
  for (let waited = 0; waited < 30_000; waited += 50) {
    if (dockerd.exitCode !== null) break;
    if (await get('/version').then(Boolean, () => false)) {
      const pid = dockerd.pid ?? 0;
      if (detached) for (const child of [dockerd, containerd]) child.unref();
      return { host: flags.host, folder, pid, get, counts, stop };
    }
    await pause(50);
  }
  const said = readFileSync(at('log'), 'utf8').slice(-2000);
  await stop();
  throw new Error(`dockerd did not start: ${said}`);
};
