import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One run of a command: wall time in ms, the most memory of all its processes together in bytes (PSS: what they share counts once), what it said. */
export type Run = {
  readonly ms: number;
  readonly peak: number;
  readonly exitCode: number | null;
  readonly stdout: string;
};

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

const residentOf = (pid: number | string): number =>
  Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024 +
  read(`/proc/${pid}/task/${pid}/children`)
    .split(' ')
    .filter((child) => child.trim() !== '')
    .reduce((sum, child) => sum + residentOf(child.trim()), 0);

/** Runs a program to its end; what it said is kept only where that is wanted. */
export const timed = (
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
  kept = false,
): Promise<Run> =>
  new Promise((done, failed) => {
    const started = performance.now();
    const child = spawn(command, args, {
      stdio: ['ignore', kept ? 'pipe' : 'ignore', 'ignore'],
      env: { ...process.env, WA_PREFLIGHT_OFFLINE: '1', ...env },
    });
    let peak = 0;
    let stdout = '';
    const watch = setInterval(() => {
      peak = Math.max(peak, residentOf(child.pid ?? 0));
    }, 20);
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      stdout += part;
    });
    child.on('error', failed);
    child.on('close', (exitCode) => {
      clearInterval(watch);
      done({ ms: performance.now() - started, peak, exitCode, stdout });
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
