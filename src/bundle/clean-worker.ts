import { parentPort, workerData } from 'node:worker_threads';
import type { Named, Terms } from '../redact/rule.ts';
import { SecretLeft } from './secret-left.ts';
import { AT_ONCE, SLAB, slabsOf } from './slabs.ts';
import { type Job, workOf } from './work.ts';

/** What a worker answers: a block, or the sentence of why there is none. */
export type Answer =
  | { readonly bytes: Uint8Array; readonly deflated?: Uint8Array; readonly found: Tallied; readonly named?: Named }
  | { readonly fault: 'left' | 'uncleanable'; readonly message: string };
type Tallied = Awaited<ReturnType<ReturnType<typeof workOf>>>['found'];

const slabs = slabsOf(AT_ONCE);

/** Its bytes alone, in memory of their own, so that they can be handed over instead of copied. */
const alone = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer &&
  (bytes.byteLength === bytes.buffer.byteLength || bytes.buffer.byteLength === SLAB)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);

/** The packed bytes behind the others in their memory, where there is room; else in their own. */
const behind = (out: Uint8Array<ArrayBuffer>, packed: Uint8Array): Uint8Array<ArrayBuffer> => {
  const at = out.byteOffset + out.byteLength;
  if (at + packed.byteLength > out.buffer.byteLength) return new Uint8Array(packed);
  const place = new Uint8Array(out.buffer, at, packed.byteLength);
  place.set(packed);
  return place;
};

const work = workOf(workerData as Terms, slabs.take);

const answered = async (job: Job): Promise<void> => {
  try {
    const { bytes, deflated, found, named } = await work(job);
    const out = alone(bytes);
    const packed = deflated ? behind(out, deflated) : null;
    const answer: Answer = { bytes: out, found, ...(packed && { deflated: packed }), ...(named && { named }) };
    parentPort?.postMessage(answer, [...new Set([out.buffer, packed?.buffer ?? out.buffer])]);
    // What the block came in is free, unless it is what it goes in.
    if (job.bytes.buffer.byteLength > 0) slabs.give(job.bytes);
  } catch (error) {
    const left = error instanceof SecretLeft;
    // An error of the rules may quote what they read.
    const message = left ? error.message : 'it could not be cleaned';
    parentPort?.postMessage({ fault: left ? 'left' : 'uncleanable', message } satisfies Answer);
  }
};

let before = Promise.resolve();
parentPort?.on('message', (job: Job) => {
  before = before.then(() => answered(job));
});
