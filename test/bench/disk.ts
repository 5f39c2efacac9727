import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLatency, writeLatency } from '../../src/host/live/disk/benchmark.ts';
import { median, type Row, ratioOf } from './measure.ts';

type Figures = { readonly p50: number; readonly p99: number };

const TURNS = 5;
const NOT_MEASURED = { ratio: null, target: '', met: null };
const asking = { signal: new AbortController().signal, progress: () => {} };

/** Another run of the tool on this machine has its turn first. */
const patiently = async <T>(measure: () => Promise<T>, tries = 20): Promise<T> => {
  try {
    return await measure();
  } catch (error) {
    if (tries === 0 || !String(error).includes('busy')) throw error;
    return patiently(measure, tries - 1);
  }
};

const installed = (): boolean => {
  try {
    execFileSync('fio', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const fio = (folder: string, kind: 'sync' | 'read', options: readonly string[]): Figures => {
  // Its file must be new each time: to write over an old one is another, cheaper, thing.
  const common = ['--name=e', `--directory=${folder}`, '--output-format=json', '--percentile_list=50:99', '--unlink=1'];
  const said = execFileSync('fio', [...common, ...options], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [job] = JSON.parse(said.slice(said.indexOf('{'))).jobs;
  const { percentile } = kind === 'sync' ? job.sync.lat_ns : job.read.clat_ns;
  return { p50: percentile['50.000000'] / 1e6, p99: percentile['99.000000'] / 1e6 };
};

const WRITES = ['--rw=write', '--ioengine=sync', '--fdatasync=1', '--size=22m', '--bs=2300', '--fallocate=none'];
const READS = [
  '--rw=randread',
  '--ioengine=psync',
  '--direct=1',
  '--size=32m',
  '--bs=4k',
  '--time_based',
  '--runtime=2',
];

const rowsOf = (name: string, ours: readonly Figures[], reference: readonly Figures[]): readonly Row[] =>
  (['p50', 'p99'] as const).map((stat) => {
    const [own, other] = [ours, reference].map((figures) => figures.map((one) => one[stat]));
    if (!own || !other) throw new Error('nothing was measured');
    const [low, high] = [Math.min(...other), Math.max(...other)];
    const ratio = ratioOf(own, other);
    return {
      name: `${name}, ${stat}`,
      ours: `${median(own).toFixed(3)} ms`,
      reference: `fio ${median(other).toFixed(3)} ms (${low.toFixed(3)} to ${high.toFixed(3)})`,
      ratio,
      target: stat === 'p50' ? '0.90 to 1.10' : "within fio's own spread",
      met: stat === 'p50' ? Math.abs(ratio - 1) <= 0.1 : median(own) >= low && median(own) <= high,
    };
  });

/** Our disk figures beside fio's in the same folder, alternating, median of 5; a row that says so where fio is not installed. */
export const benchDisk = async (): Promise<readonly Row[]> => {
  if (!installed())
    return [
      { name: 'disk figures: SKIPPED', ours: '', reference: 'no fio here (apt-get install fio)', ...NOT_MEASURED },
    ];
  const folder = mkdtempSync(join(tmpdir(), 'wa-preflight-bench-'));
  const ours = { write: [] as Figures[], read: [] as Figures[] };
  const reference = { write: [] as Figures[], read: [] as Figures[] };
  try {
    for (let turn = 0; turn < TURNS; turn += 1) {
      reference.write.push(fio(folder, 'sync', WRITES));
      ours.write.push((await patiently(() => writeLatency(asking, folder, false))).latency.all);
      reference.read.push(fio(folder, 'read', READS));
      ours.read.push((await patiently(() => readLatency(asking, folder, false))).latency.all);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return [
    ...rowsOf('append + fdatasync', ours.write, reference.write),
    ...rowsOf('random 4 KiB read', ours.read, reference.read),
  ];
};

if (import.meta.main)
  for (const { name, ours, reference, ratio, target, met } of await benchDisk())
    console.log(`${name}: ${ours}, ${reference}, x${ratio?.toFixed(2)} (${target}: ${met ? 'met' : 'not met'})`);
