/** Blocks that one worker has at once: one that it cleans, one that waits for it. */
export const AT_ONCE = 2;
/** Size of memory that is handed on and used again, bytes: a block, what came with it, and room to pack it. */
export const SLAB = 3 * 2 ** 19;
/** More than these are given back to the system. */
const MOST = 4;

/** Memory for blocks, handed between threads instead of copied, and used again: fresh memory costs more than what is done in it. */
export type Slabs = {
  /** Memory of its own for so many bytes; it may be larger, and what stands in it is left over from before. */
  readonly take: (bytes: number) => Buffer;
  /** Whoever gives it back has no use for what is in it. Other memory than that of `take` is left alone. */
  readonly give: (bytes: Uint8Array) => void;
};

export const slabsOf = (most = MOST): Slabs => {
  const free: ArrayBuffer[] = [];
  return {
    take: (bytes) => (bytes > SLAB ? Buffer.allocUnsafeSlow(bytes) : Buffer.from(free.pop() ?? new ArrayBuffer(SLAB))),
    give: ({ buffer }) => {
      if (buffer instanceof ArrayBuffer && buffer.byteLength === SLAB && free.length < most && !free.includes(buffer))
        free.push(buffer);
    },
  };
};
