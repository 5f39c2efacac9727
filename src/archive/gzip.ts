import { crc32, inflateRawSync } from 'node:zlib';
import { ArchiveError, type Limits } from './archive.ts';
import { inflated, refuseBomb, type Through } from './inflate.ts';
import type { RandomAccess } from './random-access.ts';

const CUT = 'it is a gzip file that is cut: it ends in the middle';
const BROKEN = 'its packed bytes are damaged: gzip cannot unpack them';
/** A gzip header with a name and a comment of any sense is shorter. */
const MOST_HEADER = 128 * 1024;
/** Two for each file are what we write ourselves; programs that write blocks write longer ones, bytes. */
const SPARSEST = 1024;

/** Whether bytes begin as gzip does. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Where the deflate stream behind a gzip header begins; null where more of the header is needed. */
const headerEnd = (header: Buffer): number | null => {
  const flags = header.readUInt8(3);
  if (header.readUInt8(2) !== 8 || flags & 0xe0)
    throw new ArchiveError('it is a gzip file of a kind that nobody writes');
  let next = 10;
  if (flags & 4) next += 2 + header.readUInt16LE(10);
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const end = next < header.length ? header.indexOf(0, next) : -1;
    if (end < 0) return null;
    next = end + 1;
  }
  if (flags & 2) next += 2;
  return next + 8 > header.length ? null : next;
};

const afterHeader = async (source: RandomAccess, at: number): Promise<number> => {
  const left = source.size - at;
  if (left < 18) throw new ArchiveError(CUT);
  for (const length of [512, MOST_HEADER]) {
    const end = headerEnd(await source.read(at, Math.min(length, left)));
    if (end !== null) return at + end;
  }
  throw new ArchiveError(left > MOST_HEADER ? 'its gzip header has no end' : CUT);
};

/** A member so short is unpacked at once: a tar.gz of ours has two for each file. */
const SHORT = 4096;

/** All that a short member holds and where its stream ends; null where it is longer, or damaged. */
const atOnce = async (
  source: RandomAccess,
  at: number,
): Promise<{ readonly bytes: Buffer; readonly end: number } | null> => {
  const piece = await source.read(at, Math.min(SHORT, source.size - at));
  try {
    const options = { info: true, maxOutputLength: 64 * 1024 } as const;
    const read = inflateRawSync(piece, options) as unknown as Whole;
    return { bytes: read.buffer, end: at + read.engine.bytesWritten };
  } catch {
    return null;
  }
};
/** What zlib gives where it is asked how much it took. */
type Whole = { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };

const isBlank = async (source: RandomAccess, at: number): Promise<boolean> => {
  for (let next = at; next < source.size; ) {
    const piece = await source.read(next, Math.min(64 * 1024, source.size - next));
    if (piece.some((byte) => byte !== 0)) return false;
    next += piece.length;
  }
  return true;
};

/** What a gzip file holds, all its members one behind another, with their checksums checked and nothing behind them. */
export async function* gunzipped(source: RandomAccess, limits: Limits): AsyncGenerator<Buffer> {
  const all: Through = { packed: 0, bytes: 0 };
  let members = 0;
  for (let at = 0; at < source.size; ) {
    members += 1;
    if (members > 2 * limits.members + 100 + source.size / SPARSEST)
      throw new ArchiveError('it has more gzip members than any program writes');
    const magic = await source.read(at, Math.min(2, source.size - at));
    if (!isGzip(magic)) {
      if (await isBlank(source, at)) return;
      throw new ArchiveError(`it has ${source.size - at} bytes behind its end that are not gzip`);
    }
    const start = await afterHeader(source, at);
    let crc = 0;
    let bytes = 0;
    let end = start;
    all.packed = start;
    const through = (read: number, made: number) => {
      bytes += made;
      all.packed += read;
      all.bytes += made;
    };
    const range = { at: start, end: source.size, broken: BROKEN, cut: CUT };
    const short = await atOnce(source, start);
    if (short) {
      through(short.end - start, short.bytes.length);
      end = short.end;
    }
    const hear = (ended: number) => {
      end = ended;
    };
    for await (const piece of short ? [short.bytes] : inflated(source, range, through, hear)) {
      crc = crc32(piece, crc);
      refuseBomb(all, limits, 'it');
      if (piece.length > 0) yield piece;
    }
    if (end + 8 > source.size) throw new ArchiveError(CUT);
    const foot = await source.read(end, 8);
    if (foot.readUInt32LE(0) !== crc) throw new ArchiveError('its gzip checksum is wrong: its bytes were changed');
    if (foot.readUInt32LE(4) !== bytes % 2 ** 32)
      throw new ArchiveError('its gzip length is wrong: it is not what was unpacked');
    at = end + 8;
  }
}
