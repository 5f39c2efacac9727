import { crc32 } from 'node:zlib';
import { ArchiveError, type Limits } from './archive.ts';
import { shownName } from './names.ts';
import type { RandomAccess } from './random-access.ts';

/** A directory is read as a whole; 10,000 members with long names fill a tenth of it. */
const MOST_DIRECTORY = 16 << 20;
const END = 22;
const MOST_COMMENT = 0xffff;
const LIMIT = 0xffffffff;

/** Where the directory of a zip stands, and where what ends the zip begins. */
export type ZipEnd = { readonly at: number; readonly length: number; readonly count: number };

/** What the directory says of a member. */
export type ZipRow = {
  readonly name: string;
  readonly raw: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly bytes: number;
  readonly at: number;
  /** Type and mode where it was made on unix, else 0. */
  readonly mode: number;
};

const SIGNATURE = Buffer.from('504b0506', 'hex');

/** Whether a zip's end stands anywhere near the end, for files that do not begin as a zip. */
export const hasZipEnd = async (source: RandomAccess): Promise<boolean> => {
  const length = Math.min(source.size, END + MOST_COMMENT);
  return (await source.read(source.size - length, length)).includes(SIGNATURE);
};

const findEnd = async (source: RandomAccess): Promise<{ readonly end: Buffer; readonly at: number }> => {
  const length = Math.min(source.size, END + MOST_COMMENT);
  const tail = await source.read(source.size - length, length);
  let found = -1;
  for (let at = tail.lastIndexOf(SIGNATURE); at >= 0; at = at > 0 ? tail.lastIndexOf(SIGNATURE, at - 1) : -1) {
    if (at + END > tail.length) continue;
    if (at + END + tail.readUInt16LE(at + 20) === tail.length)
      return { end: tail.subarray(at, at + END), at: source.size - length + at };
    found = at;
  }
  if (found < 0) throw new ArchiveError('it is a zip that is cut: its directory at the end is not there');
  const behind = tail.length - found - END - tail.readUInt16LE(found + 20);
  throw new ArchiveError(
    behind > 0
      ? `it is a zip with ${behind} more bytes behind its end`
      : `it is a zip that is cut: ${-behind} bytes of its comment are not there`,
  );
};

const number = (field: Buffer, at: number): number => {
  const value = field.readBigUInt64LE(at);
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.POSITIVE_INFINITY : Number(value);
};

const largeEnd = async (source: RandomAccess, at: number): Promise<ZipEnd & { readonly from: number }> => {
  const locator = at >= 20 ? await source.read(at - 20, 20) : null;
  if (locator?.readUInt32LE(0) !== 0x07064b50)
    throw new ArchiveError('its end says that it is a zip64, and the record of that is not there');
  const from = number(locator, 8);
  if (from + 56 > at - 20) throw new ArchiveError('its zip64 record is said to stand outside the file');
  const record = await source.read(from, 56);
  if (record.readUInt32LE(0) !== 0x06064b50) throw new ArchiveError('its zip64 record is not where it is said to be');
  if (record.readUInt32LE(16) !== 0 || record.readUInt32LE(20) !== 0 || locator.readUInt32LE(16) > 1)
    throw new ArchiveError('it is one of several disks of a zip, and a whole one was needed');
  if (from + 12 + number(record, 4) !== at - 20) throw new ArchiveError('the length of its zip64 record is wrong');
  return { from, count: number(record, 32), length: number(record, 40), at: number(record, 48) };
};

/** Finds the directory of a zip and what surrounds it. */
export const zipEnd = async (source: RandomAccess): Promise<ZipEnd> => {
  const { end, at } = await findEnd(source);
  const [disk, first] = [end.readUInt16LE(4), end.readUInt16LE(6)];
  const small = { count: end.readUInt16LE(10), length: end.readUInt32LE(12), at: end.readUInt32LE(16), from: at };
  const isLarge = small.count === 0xffff || small.length === LIMIT || small.at === LIMIT;
  const { from, ...told } = isLarge ? await largeEnd(source, at) : small;
  if ((disk !== 0 && disk !== 0xffff) || (first !== 0 && first !== 0xffff) || end.readUInt16LE(8) !== small.count)
    throw new ArchiveError('it is one part of a zip on several disks, and a whole one was needed');
  if (told.at + told.length > from) throw new ArchiveError('its directory is said to be larger than the file');
  if (told.at + told.length < from)
    throw new ArchiveError(
      `it has ${from - told.at - told.length} bytes before its first member, or its directory is not where it is said to be`,
    );
  return told;
};

const UNICODE_PATH = 0x7075;
const ZIP64 = 0x0001;

/** The extra fields of a header by their numbers; the first one of a number counts. */
export const extraFields = (bytes: Buffer): ReadonlyMap<number, Buffer> => {
  const fields = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= bytes.length; ) {
    const id = bytes.readUInt16LE(at);
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    // Some programs pad with a few bytes that are no field.
    if (end > bytes.length) break;
    if (!fields.has(id)) fields.set(id, bytes.subarray(at + 4, end));
    at = end;
  }
  return fields;
};

/** Takes the values that stand in a zip64 field, in their order, where the short ones say so. */
export const enlarged = (short: readonly number[], fields: ReadonlyMap<number, Buffer>, shown: string): number[] => {
  const field = fields.get(ZIP64);
  let next = 0;
  return short.map((value) => {
    if (value !== LIMIT) return value;
    if (!field || next + 8 > field.length)
      throw new ArchiveError(`the member ${shown} is said to be larger than 4 GiB, and its zip64 size is not there`);
    next += 8;
    return number(field, next - 8);
  });
};

const nameOf = (raw: Buffer, fields: ReadonlyMap<number, Buffer>): string => {
  const unicode = fields.get(UNICODE_PATH);
  // Info-ZIP's second name counts where it belongs to the first one; other programs believe it as well.
  if (unicode && unicode.length > 5 && unicode[0] === 1 && unicode.readUInt32LE(1) === crc32(raw))
    return unicode.toString('utf8', 5);
  return raw.toString('utf8');
};

/** All rows of the directory, which must fill it. */
export const zipRows = async (source: RandomAccess, end: ZipEnd, { members }: Limits): Promise<readonly ZipRow[]> => {
  if (end.count > members) throw new ArchiveError(`it has more than ${members} members`);
  if (end.length > MOST_DIRECTORY) throw new ArchiveError('its directory is larger than any of so many members');
  const bytes = await source.read(end.at, end.length);
  const wrong = () => new ArchiveError('its directory does not hold the members that it is said to hold');
  const rows: ZipRow[] = [];
  let at = 0;
  while (rows.length < end.count) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw wrong();
    const extraAt = at + 46 + bytes.readUInt16LE(at + 28);
    const commentAt = extraAt + bytes.readUInt16LE(at + 30);
    const next = commentAt + bytes.readUInt16LE(at + 32);
    if (next > bytes.length) throw wrong();
    const raw = bytes.subarray(at + 46, extraAt);
    const fields = extraFields(bytes.subarray(extraAt, commentAt));
    const name = nameOf(raw, fields);
    const short = [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
    const [size = 0, packed = 0, local = 0] = enlarged(short, fields, shownName(name));
    rows.push({
      ...{ name, raw, flags: bytes.readUInt16LE(at + 8), method: bytes.readUInt16LE(at + 10) },
      ...{ crc: bytes.readUInt32LE(at + 16), packed, bytes: size, at: local },
      mode: bytes[at + 5] === 3 ? bytes.readUInt16LE(at + 40) : 0,
    });
    at = next;
  }
  if (at !== bytes.length) throw wrong();
  return rows;
};
