import { type ExecFileException, execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecAnswer } from '../answers.ts';

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
const find = (program: string, path: string): string | undefined =>
  program.includes('/')
    ? [program].find(runnable)
    : path
        .split(':')
        .filter((folder) => folder.startsWith('/'))
        .map((folder) => join(folder, program))
        .find(runnable);

const MOST_OUTPUT = 1 << 18;

/** How a program ended that did not exit by itself. */
const unfinished = (program: string, error: ExecFileException): Error => {
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return new Error(`${program} printed more than ${MOST_OUTPUT / 1024} KiB`);
  return new Error(`${program} could not be run to its end: ${error.signal ?? error.code ?? error.message}`);
};

/** Runs a program without a shell and tells what it printed; null when there is no such program that we may run. */
export const exec = (program: string, args: readonly string[], signal: AbortSignal): Promise<ExecAnswer> => {
  const env = childEnvironment();
  const file = find(program, env['PATH'] ?? '');
  if (!file) return Promise.resolve(null);
  // A program has no time to end well: it only reads, and what hangs may not listen either.
  const options = { env, cwd: '/', maxBuffer: MOST_OUTPUT, signal, killSignal: 'SIGKILL' } as const;
  return new Promise((answered, failed) => {
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') failed(unfinished(program, error));
      else answered({ exitCode: Number(error?.code ?? 0), stdout: stdout.trimEnd(), stderr: stderr.trimEnd() });
    });
    child.stdin?.end();
  });
};
