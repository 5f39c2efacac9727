import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { type Lack, type Reading, SourceError } from '../../source.ts';
import { markerOf, sizeWords } from './container-log.ts';
import { type EngineWay, engineStream } from './engine-stream.ts';
import { lackOf } from './source-of.ts';

const KINDS: Readonly<Record<string, string>> = {
  directory: 'a folder',
  symlink: 'a link',
  link: 'a hard link',
  fifo: 'a FIFO',
  'character-device': 'a device',
  'block-device': 'a device',
};
const NEWLINE = 10;
/** How long the newest bytes are sought behind what is not wanted, ms. */
const SEEKING = 10_000;

type Member = { readonly size: number; readonly pieces: AsyncIterator<Buffer> };

/** The first member of a tar, which must be a regular file. */
async function* bytesOf(tar: AsyncIterable<Buffer>, begun: (size: number) => void): AsyncGenerator<Buffer> {
  const reader = extract();
  const fed = pipeline(Readable.from(tar), reader);
  // Whoever reads hears of it by the entry.
  fed.catch(() => {});
  for await (const entry of reader) {
    const { type, size = 0 } = entry.header;
    if (type !== 'file' && type !== 'contiguous-file')
      throw new SourceError('absent', `it is ${KINDS[type ?? ''] ?? 'no regular file'}: regular files alone are read`);
    begun(size);
    for await (const piece of entry) yield piece as Buffer;
    return;
  }
  await fed;
  throw new SourceError('failed', 'what the Docker Engine sent is no tar with a file in it');
}

const opened = async (tar: AsyncIterable<Buffer>): Promise<Member & { readonly first: IteratorResult<Buffer> }> => {
  let size = 0;
  const pieces = bytesOf(tar, (told) => {
    size = told;
  });
  const first = await pieces.next();
  return { size, pieces, first };
};

/**
 * The newest `most` bytes of a regular file inside a container, by the Engine's archive of it, which also one that is stopped has; in
 * whole lines where it is cut. No link is followed. Opens when the first of these bytes are there.
 */
export const openInsideFile = async (
  engine: EngineWay,
  { id, path, most }: { readonly id: string; readonly path: string; readonly most: number },
  signal: AbortSignal,
): Promise<Reading> => {
  const asked = `/containers/${encodeURIComponent(id)}/archive?path=${encodeURIComponent(path)}`;
  const { size, pieces, first } = await opened(await engineStream(engine, asked, signal));
  const excess = Math.max(size - most, 0);
  let next = first;
  let seen = 0;
  const end = performance.now() + SEEKING;
  try {
    for (; !next.done && seen + next.value.length <= excess; next = await pieces.next()) {
      seen += next.value.length;
      if (performance.now() > end) throw new SourceError('timed-out', `that takes longer than ${SEEKING / 1000} s`);
    }
  } catch (error) {
    await pieces.return?.(undefined);
    signal.throwIfAborted();
    const { state, message } = lackOf(error);
    throw new SourceError(state, `its newest bytes were not reached, it holds ${sizeWords(size)}: ${message}`);
  }
  const reason = `there is more of it: the newest ${sizeWords(most)} of ${sizeWords(size)} are here`;
  let lack: Lack | null = excess > 0 ? { state: 'cut', reason } : null;
  const chunks = async function* (): AsyncGenerator<Buffer> {
    let skipping = excess > 0;
    if (lack) yield markerOf(lack);
    try {
      for (; !next.done; next = await pieces.next()) {
        const piece = seen < excess ? next.value.subarray(excess - seen) : next.value;
        seen += next.value.length;
        const from = skipping ? piece.indexOf(NEWLINE) + 1 : 0;
        if (skipping && from === 0) continue;
        skipping = false;
        if (from < piece.length) yield piece.subarray(from);
      }
      if (size === 0) lack = { state: 'empty', reason: 'there is nothing in it' };
    } catch (error) {
      signal.throwIfAborted();
      lack = { state: 'cut', reason: `it broke off after ${sizeWords(seen)}: ${lackOf(error).message}` };
    } finally {
      await pieces.return?.(undefined);
    }
  };
  return { chunks: chunks(), lacks: () => lack };
};
