import { readSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

/** What a reading thread is given. `state`: 0 wait, 1 read, 2 end; then one counter for each thread. */
export type ReaderOrder = {
  readonly file: number;
  readonly blocks: number;
  readonly block: number;
  readonly index: number;
  readonly state: Int32Array;
};

// The types of Node name WebAssembly as a namespace alone.
type Pages = { readonly WebAssembly: { readonly Memory: new (size: { initial: number }) => { buffer: ArrayBuffer } } };
const { Memory } = (globalThis as unknown as Pages).WebAssembly;

/** Memory at a page's border, as O_DIRECT wants it: that of no Buffer is, that of WebAssembly always. */
export const pageAligned = (bytes: number): Uint8Array =>
  new Uint8Array(new Memory({ initial: Math.ceil(bytes / 65_536) }).buffer, 0, bytes);

/** Reads random blocks until told to end, and counts them: one thread of many. */
export const read = (): void => {
  const { file, blocks, block, index, state } = workerData as ReaderOrder;
  const buffer = pageAligned(block);
  Atomics.add(state, 1, 1);
  Atomics.notify(state, 1);
  Atomics.wait(state, 0, 0);
  while (Atomics.load(state, 0) === 1) {
    readSync(file, buffer, 0, block, Math.floor(Math.random() * blocks) * block);
    Atomics.add(state, 2 + index, 1);
  }
};
