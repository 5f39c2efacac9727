import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** Starts one in this folder, which must not be there yet. It goes on when this process ends. */
export const startOwnEngine = async (folder: string): Promise<OwnEngine> => {
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

/** Processes that were started with something in this folder on their command line, those that others wait for last. */
const processesOf = (folder: string): readonly number[] => {
  const all = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
    try {
      const line = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      return line.includes(`${folder}/`) ? [{ pid: Number(name), line }] : [];
    } catch {
      return [];
    }
  });
  // The node that runs the lab itself may name the folder; only programs of an Engine are ended.
  const rank = ({ line }: { readonly line: string }): number =>
    ['dockerd', 'containerd-shim', 'containerd'].findIndex((program) =>
      line.split('\0', 2).join(' ').includes(program),
    );
  return all
    .filter((one) => rank(one) >= 0)
    .sort((one, other) => rank(one) - rank(other))
    .map(({ pid }) => pid);
};

const alive = (pid: number): boolean => existsSync(`/proc/${pid}`) && !/^State:\s*Z/m.test(statusOf(pid));
const statusOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return 'State: Z';
  }
};

/** The process of the Engine of this folder; null where it does not run. */
export const ownEngineIn = (folder: string): OwnEngine | null => {
  const file = join(folder, 'pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return pid > 0 && processesOf(folder).includes(pid) ? { ...engineAt(`unix://${folder}/d.sock`), pid } : null;
};

/** Ends all that belongs to the Engine of this folder, in whatever state it is, and removes the folder. */
export const removeOwnEngine = async (folder: string): Promise<void> => {
  for (const pid of processesOf(folder)) {
    if (!alive(pid)) continue;
    process.kill(pid, 'SIGTERM');
    for (let waited = 0; waited < 15_000 && alive(pid); waited += 20) await pause(20);
    if (alive(pid)) process.kill(pid, 'SIGKILL');
  }
  if (existsSync(folder)) clean(folder);
};
