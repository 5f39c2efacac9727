import type { ArchiveKind, Block, Written } from '../../src/archive/archive.ts';
import { memorySink } from '../../src/archive/memory-sink.ts';
import { tarGzWriter } from '../../src/archive/tar-gz-writer.ts';
import { zipWriter } from '../../src/archive/zip-writer.ts';

/** A member to be: its bytes in one block, or blocks. */
export type ToMake = readonly [string, Buffer | readonly Block[]];

/** An archive of ours in memory, and what its writer told. */
export const made = async (kind: ArchiveKind, members: readonly ToMake[]) => {
  const sink = memorySink(2 ** 31);
  const writer = kind === 'zip' ? zipWriter(sink) : tarGzWriter(sink);
  const written: Written[] = [];
  for (const [path, data] of members)
    written.push(await writer.add(path, Array.isArray(data) ? data : [{ bytes: data as Buffer }]));
  const whole = await writer.end();
  return { bytes: Buffer.concat(sink.pieces()), written, whole };
};
