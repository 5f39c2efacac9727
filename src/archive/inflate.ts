import { createInflateRaw } from 'node:zlib';
import { ArchiveError, type Limits } from './archive.ts';
import type { RandomAccess } from './random-access.ts';

const PIECE = 64 * 1024;
/** So much may come out of anything. */
const FREE = 1 << 20;

/** What went through an inflation so far, bytes. */
export type Through = { packed: number; bytes: number };

/** Throws where a stream unpacks to more than is believed. `what` begins the sentence. */
export const refuseBomb = ({ packed, bytes }: Through, { ratio }: Pick<Limits, 'ratio'>, what: string): void => {
  if (bytes > FREE && bytes > ratio * packed)
    throw new ArchiveError(`${what} unpacks to more than ${ratio} times its size: it is taken for a bomb`);
};

/**
 * Unpacks one raw deflate stream that stands in `[at, end)`, in pieces, with back-pressure. `ended` hears where it ended. Fails
 * with `broken` as its sentence, or `cut` where the stream goes on at the end.
 */
export async function* inflated(
  source: RandomAccess,
  {
    at,
    end,
    broken,
    cut,
  }: { readonly at: number; readonly end: number; readonly broken: string; readonly cut: string },
  through: (packed: number, bytes: number) => void,
  ended: (at: number) => void,
): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: PIECE });
  const feed = async (): Promise<void> => {
    for (let next = at; next < end && !inflate.destroyed; ) {
      const piece = await source.read(next, Math.min(PIECE, end - next));
      next += piece.length;
      // Never called once the stream has ended, and nobody waits for this then.
      await new Promise<void>((taken) => inflate.write(piece, () => taken()));
    }
    if (!inflate.destroyed) inflate.end();
  };
  const fed = feed().catch((error: unknown) => inflate.destroy(error as Error));
  let told = 0;
  try {
    for await (const piece of inflate as AsyncIterable<Buffer>) {
      through(Math.max(inflate.bytesWritten - told, 0), piece.length);
      told = inflate.bytesWritten;
      yield piece;
    }
    ended(at + inflate.bytesWritten);
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    const isCut = error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR';
    throw new ArchiveError(isCut ? cut : broken);
  } finally {
    inflate.destroy();
    void fed;
  }
}
