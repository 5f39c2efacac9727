import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clean, noDockerd, noDockerNetworks, startDockerd } from '../support/dockerd.ts';
import { type Engine, engineAt, NoLab } from './engine.ts';

// Where no Engine answers: one of the lab's own, in a folder and in a network namespace of its own, as a machine without an uplink.

export type OwnEngine = Engine & {
  /** Its process: `nsenter --net=/proc/PID/ns/net` leads to where its containers can be reached. */
  readonly pid: number;
};

const hasOverlay = (): boolean => {
  const known = existsSync('/proc/filesystems') ? readFileSync('/proc/filesystems', 'utf8') : '';
  return /\boverlay\b/.test(known);
};

/** Where the Engine of a lab's folder is: its last name is that of its cgroups, of which the machine has one set. */
export const engineFolderIn = (folder: string): string =>
  join(folder, `engine-${createHash('sha256').update(folder).digest('hex').slice(0, 8)}`);

/** Starts one in a folder that has none yet. It goes on when this process ends. */
export const startOwnEngine = async (within: string): Promise<OwnEngine> => {
  const folder = engineFolderIn(within);
  const reason = noDockerd() ?? noDockerNetworks();
  if (reason) throw new NoLab(`No Docker Engine answers here, and the lab can start none of its own: ${reason}.`);
  const started = async (storage: 'vfs' | 'overlay2') => {
    mkdirSync(folder, { mode: 0o711 });
    // No name server is within reach: what is no container's name fails soon.
    const flags = { dns: '127.0.0.1', 'dns-opt': 'timeout:1 attempts:1' };
    return startDockerd(null, { networks: true, folder, storage, flags });
  };
  const { host, pid } = await (hasOverlay() ? started('overlay2').catch(() => started('vfs')) : started('vfs'));
  return { ...engineAt(host), pid };
};

const PROGRAMS = ['dockerd', 'containerd-shim', 'containerd'] as const;
type OwnProcess = { readonly pid: number; readonly program: (typeof PROGRAMS)[number] };

/** Programs of an Engine that were started with something in this folder on their command line, those that others need last. */
const processesOf = (folder: string): readonly OwnProcess[] => {
  const all = readdirSync('/proc').flatMap((name): OwnProcess[] => {
    if (!/^\d+$/.test(name)) return [];
    const line = textOf(`/proc/${name}/cmdline`);
    const [first = ''] = line.split('\0');
    const program = PROGRAMS.find((each) => basename(first).startsWith(each));
    return program && line.includes(`${folder}/`) ? [{ pid: Number(name), program }] : [];
  });
  return all.sort((one, other) => PROGRAMS.indexOf(one.program) - PROGRAMS.indexOf(other.program));
};

/** A file that may be gone at any moment. */
const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

const alive = (pid: number): boolean => /^State:\s*[^ZX\s]/m.test(textOf(`/proc/${pid}/status`));

/** The Engine of a folder; null where it does not run. */
export const ownEngineIn = (within: string): OwnEngine | null => {
  const folder = engineFolderIn(within);
  const file = join(folder, 'pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return pid > 0 && processesOf(folder).some((one) => one.pid === pid)
    ? { ...engineAt(`unix://${folder}/d.sock`), pid }
    : null;
};

const CGROUPS = '/sys/fs/cgroup';
const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [join(folder, one.name)] : []));

/** Ends what still runs in the cgroups of this name, as containers do whose Engine was killed, and removes them. */
const removeCgroups = (name: string): void => {
  const remove = (group: string): void => {
    for (const inner of foldersIn(group)) remove(inner);
    const pids = readFileSync(join(group, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean);
    for (const pid of pids) process.kill(Number(pid), 'SIGKILL');
    rmdirSync(group);
  };
  for (const root of [CGROUPS, ...foldersIn(CGROUPS)]) if (existsSync(join(root, name))) remove(join(root, name));
};

/** Ends all that belongs to the Engine of a folder, in whatever state it is, and removes what is its own. */
export const removeOwnEngine = async (within: string): Promise<void> => {
  const folder = engineFolderIn(within);
  for (const { pid, program } of processesOf(folder)) {
    if (!alive(pid)) continue;
    process.kill(pid, program === 'containerd-shim' ? 'SIGKILL' : 'SIGTERM');
    for (let waited = 0; waited < 15_000 && alive(pid); waited += 20) await pause(20);
    if (alive(pid)) process.kill(pid, 'SIGKILL');
  }
  if (!existsSync(CGROUPS)) return;
  // A cgroup is busy for as long as the kernel buries the last process in it.
  for (let tries = 0; ; tries += 1) {
    try {
      removeCgroups(basename(folder));
      return clean(folder);
    } catch (error) {
      if (tries > 100) throw error;
      await pause(50);
    }
  }
};
