import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One run of a whole process: wall time in ms, and the largest resident set of the process itself in bytes. */
export type Run = { readonly ms: number; readonly peak: number; readonly exitCode: number | null };

const peakOf = (pid: number): number => {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
};

/** Runs a program to its end, its output thrown away. */
export const timed = (command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Run> =>
  new Promise((done, failed) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, WA_PREFLIGHT_OFFLINE: '1', ...env } });
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, peakOf(child.pid ?? 0));
    }, 5);
    child.on('error', failed);
    child.on('exit', (exitCode) => {
      clearInterval(watch);
      done({ ms: performance.now() - started, peak, exitCode });
    });
  });

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/** Runs two commands in turn, a b a b ..., and gives the runs of each: drift of the machine meets both alike. */
export const alternating = async (times: number, a: () => Promise<Run>, b: () => Promise<Run>) => {
  const runs: { a: Run[]; b: Run[] } = { a: [], b: [] };
  await a();
  await b();
  for (let at = 0; at < times; at += 1) {
    runs.a.push(await a());
    runs.b.push(await b());
  }
  return runs;
};

/** One line of the benchmark's table. `ratio` is ours over the reference, pair by pair, the median of them. */
export type Row = {
  readonly name: string;
  readonly ours: string;
  readonly reference: string;
  readonly ratio: number | null;
  readonly target: string;
  readonly met: boolean | null;
};

export const ratioOf = (ours: readonly number[], reference: readonly number[]): number =>
  median(ours.map((value, at) => value / (reference[at] ?? Number.NaN)));
