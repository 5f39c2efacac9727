import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ended, LAUNCHER, ran } from './command.ts';
import type { Names } from './name-server.ts';
import type { StandIn } from './network/stand-ins.ts';

// A network without any way out, with names and addresses of its own: what a test does there reaches nobody.

/** Why no such network can be made here, null where it can: for the titles of skipped tests. */
export const noWorld = (): string | null => {
  if (process.getuid?.() !== 0) return 'not root';
  const made = spawnSync('unshare', ['--net', '--mount', '--', 'iptables', '-L', '-n'], { stdio: 'ignore' });
  return made.status === 0 ? null : 'no network namespace with iptables (apt: iptables, iproute2)';
};

type Wanted = {
  /** Text of its /etc/hosts and /etc/resolv.conf. */
  readonly hosts?: string;
  readonly resolv?: string;
  /** Addresses that are its own, beside loopback. */
  readonly addresses?: readonly string[];
  /** Of these, those at which everything that comes in is thrown away. */
  readonly dropped?: readonly string[];
  /** Certificates that its system trusts, PEM, in place of this machine's. */
  readonly trusted?: string;
};

const PROGRAMS = {
  ask: new URL('./network/ask.ts', import.meta.url),
  'name-server': new URL('./network/name-server.ts', import.meta.url),
  'stand-ins': new URL('./network/stand-ins.ts', import.meta.url),
};

type Told = { readonly answer?: unknown; readonly error?: string; readonly ms: number };

/** Makes such a network; all that runs in it ends with it. */
export const startWorld = async ({ hosts, resolv, addresses = [], dropped = [], trusted }: Wanted) => {
  const folder = mkdtempSync(join(tmpdir(), 'world-'));
  const files: Record<string, string> = {
    '/etc/hosts': hosts ?? '127.0.0.1 localhost\n',
    '/etc/resolv.conf': resolv ?? '',
    '/etc/nsswitch.conf': 'hosts: files dns\n',
    ...(trusted && { '/etc/ssl/certs/ca-certificates.crt': trusted }),
  };
  const mounts = Object.entries(files).map(([path, text], at) => {
    writeFileSync(join(folder, String(at)), text);
    return `mount --bind ${join(folder, String(at))} ${path}`;
  });
  const lines = [
    'ip link set lo up',
    ...addresses.map((address) => `ip addr add ${address}/32 dev lo`),
    ...dropped.map((address) => `iptables -A INPUT -d ${address} -j DROP`),
    ...mounts,
  ];
  const script = `${lines.join(' && ')} && echo ready && exec cat`;
  const leader = spawn('unshare', ['--net', '--mount', '--', 'sh', '-c', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const over = once(leader, 'exit');
  if (!(await Promise.race([once(leader.stdout, 'data'), over.then(() => null)]))) throw new Error('no world was made');
  const inside = (program: keyof typeof PROGRAMS, args: readonly string[]) => [
    '--target',
    String(leader.pid),
    '--net',
    '--mount',
    '--',
    process.execPath,
    fileURLToPath(PROGRAMS[program]),
    ...args,
  ];
  const ends: (() => Promise<unknown>)[] = [];
  const run = async (program: 'name-server' | 'stand-ins', ...args: readonly string[]) => {
    const child = spawn('nsenter', inside(program, args), { stdio: ['pipe', 'pipe', 'inherit'] });
    const exit = once(child, 'exit');
    if (!(await Promise.race([once(child.stdout, 'data'), exit.then(() => null)])))
      throw new Error(`${program} ended before it was ready`);
    ends.push(() => {
      child.stdin.end();
      return exit;
    });
  };
  return {
    nameServer: (address: string, names: Names) => run('name-server', address, JSON.stringify(names)),
    standIns: (...servers: readonly StandIn[]) => run('stand-ins', JSON.stringify(servers)),
    /** Asks a question about the network there, with an Engine that is not there. */
    ask: async (topic: string, ...args: readonly string[]): Promise<Told> => {
      const env = { PATH: process.env['PATH'] ?? '', DOCKER_HOST: `unix://${folder}/none`, HOME: folder };
      const { stdout, stderr } = await ran('nsenter', inside('ask', [topic, ...args]), { env });
      if (!stdout) throw new Error(`nothing was answered: ${stderr}`);
      return JSON.parse(stdout) as Told;
    },
    /** Runs the command there, with an Engine that is not there unless one is named; `before` is put before it, as a witness. */
    command: (
      before: readonly string[],
      args: readonly string[],
      variables: Readonly<Record<string, string>> = {},
    ): Promise<Ended> => {
      const env = { PATH: process.env['PATH'] ?? '', DOCKER_HOST: `unix://${folder}/none`, HOME: folder };
      const enter = ['--target', String(leader.pid), '--net', '--mount', '--', ...before, LAUNCHER, ...args];
      return ran('nsenter', enter, { env: { ...env, WA_PREFLIGHT_OFFLINE: '0', ...variables } });
    },
    stop: async () => {
      await Promise.all(ends.map((end) => end()));
      leader.stdin.end();
      await over;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
export type World = Awaited<ReturnType<typeof startWorld>>;
