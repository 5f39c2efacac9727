import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Ended, ran } from './command.ts';

const entering = (pid: number): readonly string[] => [`--net=/proc/${pid}/ns/net`, '--'];

/** Runs a program to its end in the network of a process. */
export const ranIn = (
  pid: number,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> =>
  ran('nsenter', [...entering(pid), program, ...args], { env: { PATH: process.env['PATH'] ?? '', ...env } });

const PROGRAMS = {
  listener: new URL('./network/listener.ts', import.meta.url),
  'name-server': new URL('./network/name-server.ts', import.meta.url),
  'stand-ins': new URL('./network/stand-ins.ts', import.meta.url),
};

/** Starts one of our own programs in the network of a process, and waits until it says that it is ready. */
export const runIn = async (pid: number, program: keyof typeof PROGRAMS, ...args: readonly string[]) => {
  const child = spawn('nsenter', [...entering(pid), process.execPath, fileURLToPath(PROGRAMS[program]), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const ready = await Promise.race([once(child.stdout, 'data'), exit.then(() => null)]);
  if (!ready) throw new Error(`${program} ended before it was ready`);
  return {
    /** The end of its standard input is its end. */
    stop: async () => {
      child.stdin.end();
      await exit;
    },
  };
};
