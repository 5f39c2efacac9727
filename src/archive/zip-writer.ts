import type { Sink, Writer } from './archive.ts';
import { LAST_BLOCK } from './deflate.ts';
import { nameKeeper } from './own-names.ts';
import { pack, type Sums } from './packing.ts';
import { DIGITS, TAG, writeTrailer } from './trailer.ts';
import { centralHeader, DEFLATED, endRecord, localHeader, STORED, type ZipEntry } from './zip-records.ts';

/**
 * Writes a zip: the same blocks give the same bytes. Blocks that come without their deflate form get it here, at `level` 1 to 6.
 * It ends with a digest of itself (trailer.ts).
 */
export const zipWriter = (sink: Sink, { level = 6 }: { readonly level?: number } = {}): Writer => {
  const entries: ZipEntry[] = [];
  const keep = nameKeeper();
  return {
    add: async (path, blocks) => {
      const name = keep(path);
      const at = sink.size();
      const entryOf = ({ crc, bytes }: Sums, method: number, packed: number): ZipEntry => {
        const entry = { name, method, crc, packed, bytes, at };
        entries.push(entry);
        return entry;
      };
      const packing = {
        short: async (sums: Sums, packed: readonly Uint8Array[], raw: readonly Uint8Array[] | null) => {
          const size = raw ? sums.bytes : sums.packed + LAST_BLOCK.length;
          await sink.write(localHeader(entryOf(sums, raw ? STORED : DEFLATED, size), false));
          for (const piece of raw ?? [...packed, LAST_BLOCK]) await sink.write(piece);
          return size;
        },
        begin: () => sink.write(localHeader({ name, method: DEFLATED, crc: 0, packed: 0, bytes: 0, at }, true)),
        finish: async (sums: Sums) => {
          await sink.write(LAST_BLOCK);
          const size = sums.packed + LAST_BLOCK.length;
          await sink.patch(at, localHeader(entryOf(sums, DEFLATED, size), true));
          return size;
        },
      };
      const { sums, packed } = await pack(blocks, { sink, level, packing });
      return { path, bytes: sums.bytes, packed, sha256: sums.sha256 };
    },
    end: async () => {
      const at = sink.size();
      for (const entry of entries) await sink.write(centralHeader(entry));
      await sink.write(endRecord(entries.length, at, sink.size() - at, TAG.length + DIGITS));
      await sink.write(Buffer.from(TAG));
      return await writeTrailer(sink, Buffer.alloc(0));
    },
  };
};
