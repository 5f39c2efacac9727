import { promisify } from 'node:util';
import { constants, deflateRaw } from 'node:zlib';
import type { Block } from './archive.ts';

const deflated = promisify(deflateRaw) as (
  bytes: Uint8Array,
  options: { readonly level: number; readonly finishFlush: number },
) => Promise<Buffer>;

/** The most that one stored block holds. */
const MOST_STORED = 0xffff;

/** An empty block: what a sync flush ends with. */
const EMPTY_BLOCK = Buffer.from([0, 0, 0, 0xff, 0xff]);
/** Readers, ours too, take what unpacks to 200 times its size for a bomb: what we write stays below. */
const MOST_RATIO = 150;

const tame = (packed: Uint8Array, bytes: number): Uint8Array => {
  const lacking = Math.ceil(bytes / MOST_RATIO) - packed.length;
  if (lacking <= 0) return packed;
  const empty = Math.ceil(lacking / EMPTY_BLOCK.length) * EMPTY_BLOCK.length;
  // Before the rest: whoever counts while it unpacks has seen them then.
  return Buffer.concat([Buffer.alloc(empty, EMPTY_BLOCK), packed]);
};

/** Ends a deflate stream: an empty block that says it is the last one. */
export const LAST_BLOCK = Buffer.from([0x03, 0x00]);

/** Bytes as deflate blocks without compression: five bytes more for each 65,535. */
export const storedBlocks = (bytes: Uint8Array): Buffer => {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += MOST_STORED) {
    const piece = bytes.subarray(at, at + MOST_STORED);
    const head = Buffer.alloc(5);
    head.writeUInt16LE(piece.length, 1);
    head.writeUInt16LE(~piece.length & 0xffff, 3);
    pieces.push(head, piece);
  }
  return Buffer.concat(pieces);
};

/**
 * A block as raw deflate that ends on a byte and is not the last one, so that such blocks can stand one behind another. What
 * compression would make longer is stored; what it would make so short that it looks like a bomb gets empty blocks.
 */
export const packedBlock = async ({ bytes, deflated: made }: Block, level: number): Promise<Uint8Array> => {
  if (bytes.length === 0) return bytes;
  const packed = made ?? (await deflated(bytes, { level, finishFlush: constants.Z_SYNC_FLUSH }));
  return packed.length <= bytes.length + 5 * Math.ceil(bytes.length / MOST_STORED)
    ? tame(packed, bytes.length)
    : storedBlocks(bytes);
};
