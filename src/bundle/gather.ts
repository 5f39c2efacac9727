import type { Source } from '../host/source.ts';
import type { Literal } from '../redact/rule.ts';
import type { BundleProgress } from './bundle.ts';
import { type Collected, type Collecting, collect, sizesOf } from './collect.ts';
import { type Guard, guarded, patiently } from './guarded.ts';

/** Of a source that teaches, read at most, and of all of them together, bytes. */
const MOST_TAUGHT = 4 * 2 ** 20;
const MOST_TAUGHT_IN_ALL = 32 * 2 ** 20;

/** What is learnt from a file; throws where it cannot be read, and then nothing is. */
export type Learn = (bytes: Uint8Array, form: Source['form'], path: string) => readonly Literal[];

const read = async (source: Source, most: number, guard: Guard): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of guarded(await patiently(source.open(guard.signal), guard), guard).chunks) {
    pieces.push(piece);
    size += piece.byteLength;
    if (size >= most) break;
  }
  return Buffer.concat(pieces);
};

/**
 * The secrets of this host, before anything is written: also from sources that were left out, since their secrets may stand in
 * others. What cannot be read teaches nothing; it is told when it is collected.
 */
export const learnt = async (sources: readonly Source[], learn: Learn, guard: Guard): Promise<readonly Literal[]> => {
  const literals: Literal[] = [];
  let left = MOST_TAUGHT_IN_ALL;
  for (const source of sources.filter(({ teaches }) => teaches)) {
    if (left <= 0) break;
    try {
      const bytes = await read(source, Math.min(left, MOST_TAUGHT), guard);
      left -= bytes.byteLength;
      literals.push(...learn(bytes, source.form, source.path));
    } catch {
      guard.signal.throwIfAborted();
    }
  }
  return literals;
};

/** So many facts are asked for at once; logs one after the other, for each takes its part of the room. */
const AT_ONCE = 4;
const isFact = ({ form, priority }: Source): boolean => priority <= 1 && form !== 'log';

/** Collects what goes in, by priority; what is left out by choice is told without being touched. */
export const gather = async (
  sources: readonly Source[],
  isWanted: (source: Source) => boolean,
  all: Collecting,
  progress: (told: Omit<BundleProgress, 'step'>) => void,
): Promise<readonly Collected[]> => {
  const wanted = sources.filter(isWanted).toSorted((a, b) => a.priority - b.priority);
  const done: Collected[] = [];
  let packed = 0;
  const one = async (source: Source): Promise<void> => {
    progress({ file: source.path, done: done.length, of: wanted.length, packed });
    const collected = await collect(source, all);
    packed += collected.packed ? sizesOf(collected.packed).packed : 0;
    done.push(collected);
  };
  const facts = wanted.filter(isFact);
  const worker = async (): Promise<void> => {
    for (let next = facts.shift(); next; next = facts.shift()) await one(next);
  };
  const workers = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  for (const ended of workers) if (ended.status === 'rejected') throw ended.reason;
  for (const source of wanted.filter((each) => !isFact(each))) await one(source);
  const leftOut = sources.filter((source) => !isWanted(source));
  const why = { state: 'left-out', reason: 'left out by choice' } as const;
  return [...done, ...leftOut.map((source) => ({ source, packed: null, lack: why, at: Date.now(), ms: 0 }))];
};
