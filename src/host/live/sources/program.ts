import { spawn } from 'node:child_process';
import { type Lack, SourceError } from '../../source.ts';
import { childEnvironment, find } from '../exec.ts';
import type { Patience } from './patience.ts';

/** How a program is run, and how much of what it prints is held, bytes: the newest of it. */
export type Program = {
  readonly name: string;
  readonly args: readonly string[];
  readonly withinMs: number;
  readonly most: number;
  /** Lines that are kept; all where it is not given. */
  readonly keep?: RegExp;
  /** An environment in place of the common one, which holds no secrets either. */
  readonly env?: Readonly<Record<string, string>>;
};

export type Printed = {
  readonly text: Buffer;
  readonly exitCode: number;
  readonly lack: Lack | null;
  readonly said: string;
};

const LONGEST = 1 << 20;

/** Whole lines as they come, those alone that are wanted, the newest of them within so many bytes. */
const newestLines = (most: number, keep: RegExp | undefined) => {
  let rest = Buffer.alloc(0);
  let lines: Buffer[] = [];
  let length = 0;
  let cut = false;
  const take = (piece: Buffer) => {
    const kept = keep
      ? Buffer.from(
          piece
            .toString('latin1')
            .split(/(?<=\n)/)
            .filter((line) => keep.test(line))
            .join(''),
          'latin1',
        )
      : piece;
    if (kept.length === 0) return;
    lines.push(kept);
    length += kept.length;
    while (length > most && lines.length > 1) {
      length -= lines.shift()?.length ?? 0;
      cut = true;
    }
  };
  return {
    add: (chunk: Buffer) => {
      const all = Buffer.concat([rest, chunk]);
      const end = all.lastIndexOf(0x0a) + 1;
      if (end > 0) take(all.subarray(0, end));
      // A line without an end is given up: half of it may be half of a secret.
      rest = all.length - end > LONGEST ? Buffer.alloc(0) : Buffer.from(all.subarray(end));
    },
    end: () => {
      if (rest.length > 0) take(Buffer.concat([rest, Buffer.from('\n')]));
      const held = Buffer.concat(lines);
      const over = held.length > most;
      const text = over ? held.subarray(held.indexOf(0x0a, held.length - most) + 1) : held;
      lines = [];
      return { text, cut: cut || over };
    },
  };
};

const endGroup = (leader: number | undefined): void => {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // All of them are gone already.
  }
};

/**
 * Runs a program without a shell, in an environment without secrets, and keeps the newest of what it prints; what it printed until
 * its time was up is kept too. Rejects with a SourceError where there is no such program, or it printed nothing in time.
 */
export const runProgram = async (
  { name, args, withinMs, most, keep, env = childEnvironment() }: Program,
  patience: Patience,
  signal: AbortSignal,
): Promise<Printed> => {
  const file = find(name, env['PATH']);
  if (!file) throw new SourceError('absent', `there is no program ${name} here`);
  return patience.wait(
    withinMs,
    (ms) =>
      new Promise((answered, failed) => {
        signal.throwIfAborted();
        const child = spawn(file, args, { env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], detached: true });
        const printed = newestLines(most, keep);
        let said = '';
        const settle = (exitCode: number | null, why: string | null) => {
          clearTimeout(timer);
          signal.removeEventListener('abort', cancelled);
          endGroup(child.pid);
          for (const pipe of [child.stdout, child.stderr]) pipe?.destroy();
          child.unref();
          const { text, cut } = printed.end();
          if (why !== null && text.length === 0) return failed(new SourceError('timed-out', why));
          const reason = why ?? `there is more of it: the newest ${Math.ceil(text.length / 1024)} KiB are here`;
          const lack: Lack | null = why !== null || cut ? { state: 'cut', reason } : null;
          answered({ text, exitCode: exitCode ?? -1, lack, said: said.trim() });
        };
        const cancelled = () => {
          clearTimeout(timer);
          endGroup(child.pid);
          failed(signal.reason);
        };
        const timer = setTimeout(() => settle(null, `${name} did not end within ${ms / 1000} s`), ms);
        signal.addEventListener('abort', cancelled, { once: true });
        child.on('error', (error) => {
          clearTimeout(timer);
          failed(error);
        });
        child.stdout?.on('data', (chunk: Buffer) => printed.add(chunk));
        child.stderr?.on('data', (chunk: Buffer) => {
          said = (said + chunk.toString('utf8')).slice(-600);
        });
        child.on('close', (code) => settle(code, null));
      }),
  );
};
