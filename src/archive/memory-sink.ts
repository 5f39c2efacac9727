import { createHash } from 'node:crypto';
import { OutputError } from '../output-error.ts';
import type { Sink } from './archive.ts';

/** An archive in memory, at most so many bytes of it: for standard output, where nothing can be patched. */
export const memorySink = (
  most: number,
): Sink & {
  /** All of it, in pieces. */
  readonly pieces: () => readonly Uint8Array[];
} => {
  const pieces: Buffer[] = [];
  let size = 0;
  return {
    write: async (bytes) => {
      if (size + bytes.length > most)
        throw new OutputError(`the archive is larger than the ${most} bytes that are kept in memory`);
      if (bytes.length === 0) return;
      // A copy: what a worker gave may be used again.
      pieces.push(Buffer.from(bytes));
      size += bytes.length;
    },
    patch: async (at, bytes) => {
      let start = 0;
      for (const piece of pieces) {
        const from = Math.max(at, start);
        const to = Math.min(at + bytes.length, start + piece.length);
        if (from < to) piece.set(bytes.subarray(from - at, to - at), from - start);
        start += piece.length;
        if (start >= at + bytes.length) return;
      }
    },
    size: () => size,
    digest: async () => pieces.reduce((hash, piece) => hash.update(piece), createHash('sha256')),
    pieces: () => pieces,
  };
};
