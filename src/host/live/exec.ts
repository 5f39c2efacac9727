import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecAnswer } from '../answers/answers.ts';

const SYSTEM_FOLDERS = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What programs are given: where to find each other and to speak plainly. No secret of our environment is passed on. */
export const childEnvironment = (): Record<string, string> => {
  const kept = ['HOME', 'USER', 'TMPDIR', 'XDG_RUNTIME_DIR', 'DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG'];
  const passed = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  const path = [process.env['PATH'], SYSTEM_FOLDERS].filter(Boolean).join(':');
  return { ...Object.fromEntries(passed), PATH: path, LC_ALL: 'C' };
};

const runnable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** Where a program stands. Looking is much cheaper than a start that fails, and most programs asked for are not there. */
export const find = (program: string, path = childEnvironment()['PATH'] ?? ''): string | undefined =>
  program.includes('/')
    ? [program].find(runnable)
    : path
        .split(':')
        .filter((folder) => folder.startsWith('/'))
        .map((folder) => join(folder, program))
        .find(runnable);

const MOST_OUTPUT = 1 << 18;

/** Ends a program and all that it started: a script that waits for another program is not the only one to stop. */
const endGroup = (leader: number | undefined): void => {
  if (leader === undefined) return;
  try {
    // A program has no time to end well: it only reads, and what hangs may not listen either.
    process.kill(-leader, 'SIGKILL');
  } catch {
    // All of them are gone already.
  }
};

/** What a program is given beside its arguments: its standard input, and variables on top of the clean environment. */
type Given = { readonly input?: string; readonly variables?: Readonly<Record<string, string>> };

/** Runs a program without a shell and tells what it printed; null when there is no such program that we may run. */
export const exec = (
  program: string,
  args: readonly string[],
  signal: AbortSignal,
  { input, variables }: Given = {},
): Promise<ExecAnswer> => {
  const env = { ...variables, ...childEnvironment() };
  const file = find(program, env['PATH']);
  if (!file) return Promise.resolve(null);
  return new Promise((answered, failed) => {
    if (signal.aborted) return failed(new Error('cancelled'));
    const child = spawn(file, args, { env, cwd: '/', stdio: 'pipe', detached: true });
    const printed = { stdout: '', stderr: '' };
    const stop = (why: string) => {
      signal.removeEventListener('abort', cancelled);
      failed(new Error(why));
      endGroup(child.pid);
      for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe?.destroy();
    };
    const cancelled = () => stop(`${program} could not be run to its end: cancelled`);
    signal.addEventListener('abort', cancelled, { once: true });
    child.on('error', ({ message }) => stop(`${program} could not be run to its end: ${message}`));
    // Out of file descriptors it has no pipes, and that error is on its way.
    if (!child.stdin) return;
    // A program that reads none of it, or only a part, is no failure.
    child.stdin.on('error', () => {}).end(input ?? '');
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        printed[name] += text;
        if (printed[name].length > MOST_OUTPUT) stop(`${program} printed more than ${MOST_OUTPUT / 1024} KiB`);
      });
    child.on('close', (exitCode, killed) => {
      if (exitCode === null) return stop(`${program} could not be run to its end: ${killed}`);
      signal.removeEventListener('abort', cancelled);
      answered({ exitCode, stdout: printed.stdout.trimEnd(), stderr: printed.stderr.trimEnd() });
    });
  });
};
