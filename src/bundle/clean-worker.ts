import { parentPort, workerData } from 'node:worker_threads';
import type { Named, Terms } from '../redact/rule.ts';
import { SecretLeft } from './secret-left.ts';
import { type Job, workOf } from './work.ts';

/** What a worker answers: a block, or the sentence of why there is none. */
export type Answer =
  | { readonly bytes: Uint8Array; readonly deflated?: Uint8Array; readonly found: Tallied; readonly named?: Named }
  | { readonly fault: 'left' | 'uncleanable'; readonly message: string };
type Tallied = Awaited<ReturnType<ReturnType<typeof workOf>>>['found'];

/** Its bytes alone, in memory of their own, so that they can be handed over instead of copied. */
const alone = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer)
    : new Uint8Array(bytes);

const work = workOf(workerData as Terms);

const answered = async (job: Job): Promise<void> => {
  try {
    const { bytes, deflated, found, named } = await work(job);
    const [out, packed] = [alone(bytes), deflated ? alone(deflated) : null];
    const answer: Answer = { bytes: out, found, ...(packed && { deflated: packed }), ...(named && { named }) };
    parentPort?.postMessage(answer, packed ? [out.buffer, packed.buffer] : [out.buffer]);
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
