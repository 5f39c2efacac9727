import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './command.ts';

const COMPILERS = ['cc', 'gcc', 'clang'];

const compiler = (): string | undefined => COMPILERS.find((name) => spawnSync(name, ['--version']).status === 0);

/** Why no delay can be made here, null where it can: for the titles of skipped tests. */
export const noDelay = (): string | null => {
  if (process.platform !== 'linux') return 'not Linux';
  return compiler() ? null : 'no C compiler (apt: gcc libc6-dev)';
};

/** A TCP proxy on the loopback device through which every exchange takes longer by `delayMs`, there and back together. */
export type Delay = {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Another delay from now on; a very long one is a server that stalls. */
  readonly set: (delayMs: number) => void;
  readonly stop: () => Promise<void>;
};

/** Starts a proxy before the server on this port. It ends with this process at the latest. */
export const startDelay = async (to: { readonly port: number; readonly delayMs: number }): Promise<Delay> => {
  const name = compiler();
  if (!name) throw new Error('there is no C compiler here');
  const folder = mkdtempSync(join(tmpdir(), 'delay-'));
  try {
    const program = join(folder, 'delay');
    execFileSync(name, ['-O2', '-pthread', '-o', program, join(ROOT, 'test/support/delay.c')]);
    const micro = (ms: number): string => String(Math.round(ms * 1000));
    const child = spawn(program, [String(to.port), micro(to.delayMs)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return {
      host: '127.0.0.1',
      port: Number(line),
      set: (delayMs) => void child.stdin.write(`${micro(delayMs)}\n`),
      stop: async () => {
        child.stdin.end();
        await ended;
      },
    };
  } finally {
    // What runs already needs its file no more.
    rmSync(folder, { recursive: true });
  }
};
