import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { PROBE } from './entry.ts';
import type { ReaderOrder } from './reader.ts';

const WINDOWS = 3;
const WINDOW_MS = 300;
const START_MS = 2000;

const ready = async (state: Int32Array, depth: number): Promise<boolean> => {
  const until = performance.now() + START_MS;
  while (performance.now() < until && Atomics.load(state, 1) < depth) await pause(5);
  return Atomics.load(state, 1) >= depth;
};

/** Random reads a second with so many at a time, each from a thread of its own: the median of three windows. */
export const readsAtDepth = async (
  file: number,
  blocks: number,
  block: number,
  depth: number,
): Promise<number | null> => {
  const state = new Int32Array(new SharedArrayBuffer(4 * (2 + depth)));
  let broken = false;
  const workers = Array.from({ length: depth }, (_, index) => {
    const workerData: ReaderOrder = { file, blocks, block, index, state };
    const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 };
    const worker = new Worker(PROBE, { workerData, resourceLimits, env: {}, stdin: false });
    return worker.on('error', () => {
      broken = true;
    });
  });
  const reads = () => state.subarray(2).reduce((sum, count) => sum + count, 0);
  try {
    if (!(await ready(state, depth))) return null;
    Atomics.store(state, 0, 1);
    Atomics.notify(state, 0);
    const rates: number[] = [];
    for (let window = 0; window < WINDOWS; window += 1) {
      const [before, since] = [reads(), performance.now()];
      await pause(WINDOW_MS);
      rates.push(((reads() - before) / (performance.now() - since)) * 1000);
    }
    return broken ? null : (rates.sort((a, b) => a - b)[1] ?? null);
  } finally {
    Atomics.store(state, 0, 2);
    Atomics.notify(state, 0);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
};
