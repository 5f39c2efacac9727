import type { Json } from '../../../model.ts';
import type { FileBytes, FileBytesOrder } from '../../child/file-bytes.ts';
import type { Progress } from '../../host.ts';
import { type Lack, type Source, SourceError } from '../../source.ts';
import { askChild } from '../child.ts';
import type { Patience } from './patience.ts';
import { type Planned, readingOf, sourceOf } from './source-of.ts';

/** How long a file system may take, ms. */
const PATIENCE = 3000;
/** What a child gives of one file, bytes. */
export const MOST_OF_FILE = 700 * 1024;

/** Asks the measuring child, which may be given up: rejects with a SourceError (timed-out) where it hangs. */
export const askPatiently = async (
  patience: Patience,
  question: { readonly ask: string; readonly about: Json },
  signal: AbortSignal,
  heard: (progress: Progress) => void = () => {},
): Promise<Json> => {
  let late = false;
  const lateWords = (ms: number) => () => {
    late = true;
    return `it does not answer within ${Math.round(ms / 100) / 10} s: its file system hangs`;
  };
  try {
    return await patience.wait(PATIENCE, (ms) => askChild(question, { signal, progress: heard }, ms, lateWords(ms)));
  } catch (error) {
    signal.throwIfAborted();
    throw late && error instanceof Error ? new SourceError('timed-out', error.message) : error;
  }
};

/** The newest bytes of a foreign file, or of one inside a container that runs here, and its size; null where there is none. */
export const foreignBytes = async (
  patience: Patience,
  path: string,
  signal: AbortSignal,
  inside: FileBytesOrder['inside'] = undefined,
): Promise<{ readonly bytes: Buffer; readonly size: number } | null> => {
  const about = { path, most: MOST_OF_FILE, ...(inside && { inside }) };
  const found = (await askPatiently(patience, { ask: 'file-bytes', about }, signal)) as FileBytes | null;
  return found && { bytes: Buffer.from(found.base64, 'base64'), size: found.size };
};

/** A file of this host as a source, read by the measuring child: the newest 700 KiB of it. */
export const fileSource = (
  planned: Omit<Planned, 'collector' | 'origin'> & { readonly file: string },
  patience: Patience,
): Source => {
  const { file, ...rest } = planned;
  let kept: { readonly bytes: Buffer; readonly lack: Lack | null } | null = null;
  return sourceOf({ collector: 'file', origin: file, ...rest }, async (signal) => {
    if (kept) return readingOf(kept.bytes, kept.lack);
    const found = await foreignBytes(patience, file, signal);
    if (!found) throw new SourceError('absent', `there is no ${file} (ENOENT)`);
    const { bytes, size } = found;
    const short = bytes.length < Math.min(size, MOST_OF_FILE);
    const why = short ? 'it shrank while it was read' : `the newest ${bytes.length} bytes of ${size} are here`;
    const lack: Lack | null = bytes.length < size ? { state: 'cut', reason: why } : null;
    if (planned.teaches) kept = { bytes, lack };
    return readingOf(bytes, lack);
  });
};
