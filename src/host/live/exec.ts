import { execa } from 'execa';
import type { ExecAnswer } from '../answers.ts';

/** What programs are given: where to find each other and to speak plainly. No secret of our environment is passed on. */
export const childEnvironment = (): Record<string, string> => {
  const kept = ['HOME', 'USER', 'TMPDIR', 'XDG_RUNTIME_DIR', 'DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG'];
  const passed = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  const path = [process.env['PATH'], '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin']
    .filter(Boolean)
    .join(':');
  return { ...Object.fromEntries(passed), PATH: path, LC_ALL: 'C' };
};

const MOST_OUTPUT = 1 << 18;

/** Runs a program without a shell and tells what it printed; null when there is no such program. */
export const exec = async (program: string, args: readonly string[], signal: AbortSignal): Promise<ExecAnswer> => {
  const ran = await execa(program, args, {
    env: childEnvironment(),
    extendEnv: false,
    cwd: '/',
    stdin: 'ignore',
    reject: false,
    maxBuffer: MOST_OUTPUT,
    cancelSignal: signal,
    forceKillAfterDelay: 500,
    stripFinalNewline: true,
  });
  // A program in a folder that we may not read is, to us, not there.
  if (ran.code === 'ENOENT' || ran.code === 'EACCES') return null;
  if (ran.isMaxBuffer) throw new Error(`${program} printed more than ${MOST_OUTPUT / 1024} KiB`);
  if (ran.exitCode === undefined)
    throw new Error(`${program} could not be run: ${ran.shortMessage ?? 'no reason given'}`);
  return { exitCode: ran.exitCode, stdout: ran.stdout, stderr: ran.stderr };
};
