import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Terms } from '../redact/rule.ts';
import { Uncleanable } from '../redact/uncleanable.ts';
import type { Answer } from './clean-worker.ts';
import type { CleanBlock } from './cleaner.ts';
import { SecretLeft } from './secret-left.ts';
import { AT_ONCE } from './slabs.ts';
import type { Job } from './work.ts';

/** The program of a worker: the source itself, or its bundle beside this one. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './clean-worker.ts' : './clean-worker.js', import.meta.url);

/** Longest time for one block, ms. Its rules are linear; this is for what nobody thought of. */
const MOST_TIME = 30_000;
/** Memory of a worker's own heap, MiB. */
const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 12 };

type Waiting = {
  readonly job: Job;
  readonly done: (block: CleanBlock) => void;
  readonly failed: (error: Error) => void;
};

/** Worker threads that clean blocks. One that dies, or takes too long, costs the blocks that it had, and is replaced. */
export type Pool = {
  readonly run: (job: Job) => Promise<CleanBlock>;
  /** How many blocks it takes before it lets them wait. */
  readonly width: number;
  /** What is under way, or comes after, fails. */
  readonly close: () => Promise<void>;
};

type Place = { worker: Worker | null; readonly has: Waiting[]; timer: NodeJS.Timeout | null };

const stopped = (): Error => new Uncleanable('the cleaning of it was stopped');

const faultOf = (answer: Extract<Answer, { fault: string }>): Error =>
  answer.fault === 'left' ? new SecretLeft(answer.message) : new Uncleanable(answer.message);

export const poolOf = (terms: Terms, size: number, program = WORKER, mostTime = MOST_TIME): Pool => {
  // No thread's part for what lives short grows, for it never shrinks again; those that begin now have enough from the beginning.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--min-semi-space-size=4');
  const places: Place[] = Array.from({ length: size }, () => ({ worker: null, has: [], timer: null }));
  const queue: Waiting[] = [];
  let closed = false;

  const timed = (place: Place): void => {
    if (place.timer) clearTimeout(place.timer);
    place.timer =
      place.has.length === 0
        ? null
        : setTimeout(() => broken(place, `a block of it was not cleaned within ${mostTime / 1000} s`), mostTime);
  };
  const broken = (place: Place, why: string): void => {
    const { worker } = place;
    place.worker = null;
    const lost = place.has.splice(0);
    timed(place);
    void worker?.terminate();
    for (const { failed } of lost) failed(new Uncleanable(why));
    next();
  };
  const started = (place: Place): Worker => {
    // Nothing of our environment, and nothing of our own arguments, is its business.
    const worker = new Worker(program, { workerData: terms, resourceLimits: LIMITS, env: {}, stdin: false });
    const ours = () => place.worker === worker;
    worker.on('message', (answer: Answer) => {
      if (!ours()) return;
      const waiting = place.has.shift();
      timed(place);
      if ('fault' in answer) waiting?.failed(faultOf(answer));
      else waiting?.done(answer);
      next();
    });
    worker.on('error', () => ours() && broken(place, 'the thread that cleaned it broke down'));
    worker.on('exit', () => ours() && broken(place, 'the thread that cleaned it ended'));
    worker.unref();
    place.worker = worker;
    return worker;
  };
  const next = (): void => {
    for (;;) {
      const place = places.toSorted((a, b) => a.has.length - b.has.length)[0];
      if (!place || place.has.length >= AT_ONCE) return;
      const waiting = queue.shift();
      if (!waiting) return;
      const worker = place.worker ?? started(place);
      place.has.push(waiting);
      const { buffer } = waiting.job.bytes;
      worker.postMessage(waiting.job, buffer instanceof ArrayBuffer ? [buffer] : []);
      if (place.has.length === 1) timed(place);
    }
  };

  return {
    width: size * AT_ONCE,
    run: (job) =>
      new Promise((done, failed) => {
        if (closed) return failed(stopped());
        queue.push({ job, done, failed });
        next();
      }),
    close: async () => {
      closed = true;
      for (const { failed } of [...queue.splice(0), ...places.flatMap(({ has }) => has.splice(0))]) failed(stopped());
      await Promise.all(
        places.map(async (place) => {
          const { worker } = place;
          place.worker = null;
          timed(place);
          await worker?.terminate();
        }),
      );
    },
  };
};
