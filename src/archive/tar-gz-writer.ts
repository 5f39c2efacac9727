import { crc32 } from 'node:zlib';
import type { Sink, Writer } from './archive.ts';
import { LAST_BLOCK, packedBlock, storedBlocks } from './deflate.ts';
import { nameKeeper } from './own-names.ts';
import { pack, type Sums } from './packing.ts';
import { TAR_BLOCK, tarHeaders } from './tar-header.ts';
import { GZIP_HEAD, GZIP_TAIL, writeTrailer } from './trailer.ts';

/** Magic, deflate, no flags, no time, no extra flags, unix. */
const HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);

const foot = (crc: number, bytes: number): Buffer => {
  const buffer = Buffer.alloc(8);
  buffer.writeUInt32LE(crc, 0);
  buffer.writeUInt32LE(bytes % 2 ** 32, 4);
  return Buffer.concat([LAST_BLOCK, buffer]);
};

const gzipped = (bytes: Buffer, packed: Uint8Array): Buffer =>
  Buffer.concat([HEAD, packed, foot(crc32(bytes), bytes.length)]);

const zeros = (length: number): Buffer => Buffer.alloc(length);
const paddingOf = (bytes: number): Buffer => zeros((TAR_BLOCK - (bytes % TAR_BLOCK)) % TAR_BLOCK);

/**
 * Writes a tar.gz of several gzip members, as gzip allows and every reader takes: the header of each file is one of its own, and
 * not compressed where its size becomes known afterwards, so that it can be patched. Ends with a digest of itself (trailer.ts).
 */
export const tarGzWriter = (sink: Sink, { level = 6 }: { readonly level?: number } = {}): Writer => {
  const keep = nameKeeper();
  const data = async (sums: Sums, pieces: readonly Uint8Array[]): Promise<number> => {
    for (const piece of pieces) await sink.write(piece);
    const padding = paddingOf(sums.bytes);
    const packed = padding.length > 0 ? await packedBlock({ bytes: padding }, level) : padding;
    await sink.write(packed);
    await sink.write(foot(crc32(padding, sums.crc), sums.bytes + padding.length));
    return sums.packed + packed.length + LAST_BLOCK.length;
  };
  return {
    add: async (path, blocks) => {
      keep(path);
      const at = sink.size();
      const packing = {
        short: async (sums: Sums, packed: readonly Uint8Array[]) => {
          const headers = tarHeaders(path, sums.bytes);
          await sink.write(gzipped(headers, await packedBlock({ bytes: headers }, level)));
          return sums.bytes > 0 ? data(sums, [HEAD, ...packed]) : 0;
        },
        begin: async () => {
          const headers = tarHeaders(path, 0);
          await sink.write(gzipped(headers, storedBlocks(headers)));
          await sink.write(HEAD);
        },
        finish: async (sums: Sums) => {
          const packed = await data(sums, []);
          const headers = tarHeaders(path, sums.bytes);
          await sink.patch(at, gzipped(headers, storedBlocks(headers)));
          return packed;
        },
      };
      const { sums, packed } = await pack(blocks, { sink, level, packing });
      return { path, bytes: sums.bytes, packed, sha256: sums.sha256 };
    },
    end: async () => {
      const end = zeros(2 * TAR_BLOCK);
      await sink.write(gzipped(end, await packedBlock({ bytes: end }, level)));
      await sink.write(GZIP_HEAD);
      return await writeTrailer(sink, GZIP_TAIL);
    },
  };
};
