import { ArchiveError } from './archive.ts';

/** A stream that is read by length, forward only. */
export type Pull = {
  /** So many bytes; fewer where it ends. */
  readonly take: (length: number) => Promise<Buffer>;
  /** The next bytes, at most so many; none where it ends. */
  readonly some: (most: number) => Promise<Buffer>;
  readonly close: () => Promise<void>;
};

/** Reads a stream by length. Keeps one piece of it. */
export const pull = (stream: AsyncIterable<Uint8Array>): Pull => {
  const pieces = stream[Symbol.asyncIterator]();
  let kept: Uint8Array = Buffer.alloc(0);
  const some = async (most: number): Promise<Buffer> => {
    while (kept.length === 0) {
      const next = await pieces.next();
      if (next.done) return Buffer.alloc(0);
      kept = next.value;
    }
    const given = kept.subarray(0, most);
    kept = kept.subarray(given.length);
    return Buffer.from(given.buffer, given.byteOffset, given.length);
  };
  return {
    some,
    take: async (length) => {
      const first = await some(length);
      if (first.length === length || first.length === 0) return first;
      const taken = [first];
      for (let got = first.length; got < length; ) {
        const more = await some(length - got);
        if (more.length === 0) break;
        got += more.length;
        taken.push(more);
      }
      return Buffer.concat(taken);
    },
    close: async () => {
      await pieces.return?.();
    },
  };
};

/** So many bytes, or the sentence for an end in the middle. */
export const whole = async ({ take }: Pull, length: number, cut: string): Promise<Buffer> => {
  const bytes = await take(length);
  if (bytes.length < length) throw new ArchiveError(cut);
  return bytes;
};
