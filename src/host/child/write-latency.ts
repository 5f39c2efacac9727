import { randomBytes } from 'node:crypto';
import { fdatasyncSync, writeSync } from 'node:fs';
import { latencyOf } from '../../latency.ts';
import type { DiskAnswers } from '../answers/disk.ts';
import type { Progress } from '../host.ts';
import { onDisk } from './on-disk.ts';
import { sampled, sparingly, TOO_SLOW } from './sampling.ts';

/** The size of a small commit, as etcd's fio recipe has it, bytes. */
const APPEND = 2300;
/** 5 x 2100 appends are 24 MB: with the read benchmark's 32 MiB they stay below 64 MiB. */
const SAMPLING = { rounds: 5, roundMs: 800, most: 2100, budgetMs: 4500 };
const WARM_UP = 20;
/** A faster write only copies to memory, and fio leaves it out too; a slower one waits for the disk as well, ms. */
const MEMORY_COPY = 0.1;

/** Latency of an append that is confirmed by the disk. Writes: for the measuring child alone. */
export const writeLatency = async (
  path: string,
  tell: (progress: Progress) => void,
): Promise<DiskAnswers['write-latency']> =>
  onDisk(path, async ({ file, how, existing }) => {
    const block = randomBytes(APPEND);
    let bytes = 0;
    const append = (): number => {
      const start = performance.now();
      const written = writeSync(file, block, 0, APPEND, bytes);
      const middle = performance.now();
      fdatasyncSync(file);
      const sync = performance.now() - middle;
      const write = middle - start;
      bytes += written;
      if (written < APPEND) throw new Error(`no space is left in ${existing}`);
      return write > MEMORY_COPY ? write + sync : sync;
    };
    const warm = performance.now();
    // The first of all also makes the file; one that takes seconds is not paid for twice: it counts.
    const first = append();
    for (let turn = 1; turn < WARM_UP && performance.now() - warm < 200; turn += 1) append();
    const say = sparingly(tell);
    let kept = first > 2 * TOO_SLOW ? first : null;
    const sample = (): number => {
      const took = kept ?? append();
      kept = null;
      return took;
    };
    const { rounds, stoppedEarly } = await sampled(sample, SAMPLING, (round, done) =>
      say({ done: Math.min(done, 1), note: `round ${round + 1} of ${SAMPLING.rounds}` }),
    );
    const method = `append of ${APPEND} bytes and fdatasync, ${how} in ${existing}`;
    return { method, bytes, stoppedEarly, latency: latencyOf(rounds) };
  });
