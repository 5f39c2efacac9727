import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logBlock } from './bundle-log.ts';
import { type Row, type Run, timed } from './measure.ts';

/** MiB of log. The largest take minutes: 4 GiB only where BENCH_LARGE is set. */
const SIZES = process.env['BENCH_LARGE'] ? [64, 256, 1024, 4096] : [64, 256, 1024];
const JUDGED = 1024;
const LEAST_RATE = 100;
const MOST_MEMORY = 256;
const MOST_LINE_MS = 2000;
/** Different blocks; further apart than any of the packers looks back. */
const DIFFERENT = 64;

const PACK = fileURLToPath(new URL('./bundle-pack.ts', import.meta.url));

const ours = (path: string): Promise<Run> => timed(process.execPath, [PACK, path], {}, true);
const rateOf = (mib: number, { ms }: Run): number => mib / (ms / 1000);

const written = (path: string, blocks: Iterable<Buffer>): void => {
  const file = openSync(path, 'wx', 0o600);
  for (const block of blocks) writeSync(file, block);
  closeSync(file);
};

const logOf = function* (mib: number): Generator<Buffer> {
  const blocks = Array.from({ length: DIFFERENT }, (_, at) => logBlock(at + 1));
  for (let at = 0; at < mib; at += 1) yield blocks[at % DIFFERENT] as Buffer;
};

const LINES: Record<string, string> = {
  'one letter': 'a',
  'equals signs': '=',
  'open quotes': '"a',
  digits: '7',
  words: 'the quick brown fox, jumps over; ',
  'nested objects': '{"a":',
  'e-mail beginnings': 'a@',
};

const sizedRow = (mib: number, packed: Run, others: readonly (readonly [string, Run])[]): readonly Row[] => {
  const rate = rateOf(mib, packed);
  const judged = mib === JUDGED;
  const reference = others.map(([name, run]) => `${name} ${rateOf(mib, run).toFixed(0)} MiB/s`).join(', ');
  const gzip = others.find(([name]) => name === 'gzip -1')?.[1];
  return [
    {
      name: `${mib} MiB of log, redacted and packed`,
      ours: `${rate.toFixed(0)} MiB/s`,
      reference,
      ratio: gzip ? rate / rateOf(mib, gzip) : null,
      target: judged ? `>= ${LEAST_RATE} MiB/s` : '',
      met: judged ? rate >= LEAST_RATE : null,
    },
    {
      name: 'the same: peak resident memory',
      ours: `${(packed.peak / 2 ** 20).toFixed(0)} MiB`,
      reference: '',
      ratio: null,
      target: `<= ${MOST_MEMORY} MiB`,
      met: packed.peak <= MOST_MEMORY * 2 ** 20,
    },
  ];
};

/** A log redacted, scanned and packed with two workers, beside gzip and tar of the same file in turn; and lines of 20 MB. */
export const benchBundle = async (): Promise<readonly Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'wa-preflight-bench-'));
  const path = join(folder, 'container.log');
  const rows: Row[] = [];
  try {
    for (const mib of SIZES) {
      written(path, logOf(mib));
      const packed = await ours(path);
      const others = [
        ['gzip -1', await timed('gzip', ['-1', '-c', path])],
        ['tar --zstd', await timed('tar', ['--zstd', '-cf', join(folder, 'packed'), '-C', folder, 'container.log'])],
      ] as const;
      rows.push(...sizedRow(mib, packed, others));
      rmSync(path);
    }
    for (const [name, unit] of Object.entries(LINES)) {
      written(path, [Buffer.from(`${unit.repeat(20_000_000 / unit.length)}\n`, 'latin1')]);
      const { ms, peak } = await ours(path);
      const said = `${ms.toFixed(0)} ms, ${(peak / 2 ** 20).toFixed(0)} MiB`;
      rows.push({
        ...{ name: `a line of 20 MB: ${name}`, ours: said, reference: '', ratio: null },
        ...{ target: `<= ${MOST_LINE_MS} ms`, met: ms <= MOST_LINE_MS },
      });
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
};
