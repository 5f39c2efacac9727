import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Block, Sink } from './archive.ts';
import { packedBlock } from './deflate.ts';

/** How much of a member is held back until its size is known; a longer one gets its header patched afterwards. */
const HELD = 1 << 20;

/** Of a member's raw bytes: how many, their digest and their checksum. `packed` counts deflate bytes without the last block. */
export type Sums = { readonly bytes: number; readonly packed: number; readonly sha256: string; readonly crc: number };

/** What the two kinds of archive do differently with a member. */
export type Packing = {
  /** The member is short: all of it is here. `raw` is null where it is longer than its deflate blocks. */
  readonly short: (sums: Sums, packed: readonly Uint8Array[], raw: readonly Uint8Array[] | null) => Promise<number>;
  /** The member is long: what must stand before its deflate blocks. */
  readonly begin: () => Promise<void>;
  /** What must stand behind them, and what is patched. Both give the packed size, bytes. */
  readonly finish: (sums: Sums) => Promise<number>;
};

/** Packs the blocks of one member into a sink, block by block. */
export const pack = async (
  blocks: AsyncIterable<Block> | Iterable<Block>,
  { sink, level, packing }: { readonly sink: Sink; readonly level: number; readonly packing: Packing },
): Promise<{ readonly sums: Sums; readonly packed: number }> => {
  const hash = createHash('sha256');
  let crc = 0;
  let bytes = 0;
  let packed = 0;
  let held: { readonly packed: Uint8Array[]; readonly raw: Uint8Array[] } | null = { packed: [], raw: [] };
  for await (const block of blocks) {
    if (block.bytes.length === 0) continue;
    hash.update(block.bytes);
    crc = crc32(block.bytes, crc);
    bytes += block.bytes.length;
    const made = await packedBlock(block, level);
    packed += made.length;
    if (held && packed > HELD) {
      await packing.begin();
      for (const piece of held.packed) await sink.write(piece);
      held = null;
    }
    if (!held) {
      await sink.write(made);
      block.release?.();
    } else {
      held.packed.push(made);
      // Only what compression does not make shorter is worth keeping raw.
      if (bytes <= packed + 2) held.raw.push(block.bytes);
      else held.raw.length = 0;
    }
  }
  const sums = { bytes, packed, sha256: hash.digest('hex'), crc };
  const isRaw = held && held.raw.reduce((sum, { length }) => sum + length, 0) === bytes && bytes <= packed + 2;
  if (!held) return { sums, packed: await packing.finish(sums) };
  return { sums, packed: await packing.short(sums, held.packed, isRaw ? held.raw : null) };
};
