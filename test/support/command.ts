import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** The launcher that users run. */
export const LAUNCHER = join(ROOT, 'bin/wa-preflight');

/** The options of setpriv that make a program run as a user without any right. */
export const NOBODY = ['--reuid=65534', '--regid=65534', '--clear-groups'] as const;

/** Why nothing can be run here as that user, null where it can: for the titles of skipped tests. */
export const noNobody = (): string | null => {
  if (process.getuid?.() !== 0) return 'needs root to become that user';
  const { status } = spawnSync('setpriv', [...NOBODY, 'test', '-r', LAUNCHER], { cwd: '/' });
  return status === 0 ? null : 'this checkout is closed to other users';
};

export type Ended = {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
};

type Settings = {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Called with the process as soon as it runs. */
  readonly started?: (pid: number) => void;
};

/** Runs a program to its end with no standard input, and keeps what it printed. */
export const ran = (command: string, args: readonly string[], settings: Settings = {}): Promise<Ended> =>
  new Promise((done, failed) => {
    const since = performance.now();
    const child = spawn(command, args, {
      cwd: settings.cwd ?? ROOT,
      // No test asks anything beyond this machine, unless it says so and what it asks is its own.
      env: { WA_PREFLIGHT_OFFLINE: '1', ...(settings.env ?? process.env) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const parts = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        parts[stream] += text;
      });
    child.on('error', failed);
    child.on('spawn', () => settings.started?.(child.pid ?? 0));
    child.on('close', (exitCode, signal) => done({ exitCode, signal, ...parts, ms: performance.now() - since }));
  });

/** Runs a shell line in which `$TOOL` is the launcher. */
export const inShell = (line: string, settings: Settings = {}): Promise<Ended> =>
  ran('/bin/bash', ['-c', line], { ...settings, env: { ...process.env, ...settings.env, TOOL: LAUNCHER } });
