import { randomFillSync } from 'node:crypto';
import { closeSync, constants, fdatasyncSync, openSync, readSync, writeSync } from 'node:fs';
import { codeOf } from '../../error-code.ts';
import { latencyOf } from '../../latency.ts';
import type { DiskAnswers } from '../answers/disk.ts';
import type { Progress } from '../host.ts';
import { readsAtDepth } from './depth.ts';
import { onDisk } from './on-disk.ts';
import { pageAligned } from './reader.ts';
import { sampled, sparingly } from './sampling.ts';

const BLOCK = 4096;
const FILE = 32 * 2 ** 20;
const SMALLEST_CHUNK = 2 ** 16;
const LARGEST_CHUNK = 2 ** 20;
const FILLING_MS = 1200;
const SAMPLING = { rounds: 5, roundMs: 400, most: 100_000, budgetMs: 2500 };
const WARM_UP_MS = 200;
const DEPTH = 16;

/** Fills a file with bytes that no disk can compress, as far as the time allows, little first; tells its size. */
const filled = (file: number): number => {
  const chunk = Buffer.alloc(LARGEST_CHUNK);
  const until = performance.now() + FILLING_MS;
  let size = 0;
  while (size < FILE && (size === 0 || performance.now() < until)) {
    const length = Math.min(Math.max(size, SMALLEST_CHUNK), LARGEST_CHUNK, FILE - size);
    size += writeSync(file, randomFillSync(chunk, 0, length), 0, length);
    fdatasyncSync(file);
  }
  return size;
};

/** The same file for reads past the page cache; null where its file system has no such reads. */
const openedDirect = (file: number): number | null => {
  const name = `/proc/self/fd/${file}`;
  let direct: number | null = null;
  try {
    direct = openSync(name, constants.O_RDONLY | constants.O_DIRECT);
    readSync(direct, pageAligned(BLOCK), 0, BLOCK, 0);
    return direct;
  } catch (error) {
    if (direct !== null) closeSync(direct);
    if (['EINVAL', 'ENOENT', 'EOPNOTSUPP', 'ENOTSUP'].includes(codeOf(error) ?? '')) return null;
    throw error;
  }
};

/** Latency of random reads of one block, and how many a second. Writes the file first: for the measuring child alone. */
export const readLatency = async (
  path: string,
  tell: (progress: Progress) => void,
): Promise<DiskAnswers['read-latency']> =>
  onDisk(path, async ({ file, how, existing }) => {
    let direct: number | null = null;
    try {
      tell({ done: 0, note: 'writing a file to read' });
      const bytes = filled(file);
      direct = openedDirect(file);
      const from = direct ?? file;
      const blocks = Math.floor(bytes / BLOCK);
      const buffer = pageAligned(BLOCK);
      const readOne = (): number => {
        const at = Math.floor(Math.random() * blocks) * BLOCK;
        const start = performance.now();
        readSync(from, buffer, 0, BLOCK, at);
        return performance.now() - start;
      };
      // The disk still settles what was written, and the code is not yet compiled: these reads do not count.
      for (const warm = performance.now(); performance.now() - warm < WARM_UP_MS; ) readOne();
      const say = sparingly(tell);
      const { rounds, stoppedEarly } = await sampled(readOne, SAMPLING, (round, done) =>
        say({ done: 0.2 + 0.5 * Math.min(done, 1), note: `round ${round + 1} of ${SAMPLING.rounds}` }),
      );
      const latency = latencyOf(rounds);
      say({ done: 0.75, note: `${DEPTH} reads at a time` });
      const iops16 = stoppedEarly ? null : await readsAtDepth(from, blocks, BLOCK, DEPTH);
      return {
        method: `random reads of ${BLOCK} bytes, ${direct === null ? 'through the page cache' : 'O_DIRECT'}, ${how} of ${Math.round(bytes / 2 ** 20)} MiB in ${existing}`,
        bytes,
        direct: direct !== null,
        stoppedEarly: stoppedEarly || bytes < FILE,
        latency,
        iops1: latency.all.samples / latency.seconds,
        iops16,
      };
    } finally {
      if (direct !== null) closeSync(direct);
    }
  });
