import { ArchiveError } from './archive.ts';
import { shownName } from './names.ts';
import { TAR_BLOCK } from './tar-header.ts';

/** One header of a tar as it stands there. */
export type TarHead = {
  readonly name: string;
  readonly size: number;
  /** A digit or a letter; NUL is "0". */
  readonly type: string;
};

/** Bad UTF-8 is shown as U+FFFD; a name is never used as a path. */
const text = (field: Buffer): string => {
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
};

const octal = (field: Buffer): number | null => {
  const digits = field.toString('latin1').replaceAll('\0', ' ').trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : digits === '' ? 0 : null;
};

const sizeOf = (field: Buffer, shown: string): number => {
  const binary = (field[0] ?? 0) & 0x80;
  const size = binary ? Number(field.readBigInt64BE(4)) : octal(field);
  if (size === null) throw new ArchiveError(`the size of the member ${shown} is no number`);
  const isBeyond = binary && (field[0] !== 0x80 || field.readUInt32BE(0) !== 0x80000000);
  if (isBeyond || size < 0 || !Number.isSafeInteger(size))
    throw new ArchiveError(`the size of the member ${shown} is negative, or larger than any file`);
  return size;
};

/** Reads a block as a header; throws where its checksum is wrong. */
export const tarHead = (block: Buffer): TarHead => {
  let unsigned = 8 * 32;
  let signed = unsigned;
  for (let at = 0; at < TAR_BLOCK; at += 1) {
    if (at >= 148 && at < 156) continue;
    unsigned += block.readUInt8(at);
    signed += block.readInt8(at);
  }
  const stated = octal(block.subarray(148, 156));
  if (stated !== unsigned && stated !== signed) throw new ArchiveError('the checksum of a tar header is wrong');
  const own = text(block.subarray(0, 100));
  // Only POSIX has the second half of a name there; GNU keeps times in that place.
  const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? text(block.subarray(345, 500)) : '';
  const name = prefix ? `${prefix}/${own}` : own;
  const letter = block.toString('latin1', 156, 157);
  return { name, size: sizeOf(block.subarray(124, 136), shownName(name)), type: letter === '\0' ? '0' : letter };
};

/** Whether a block would be taken for a tar header: for files without a name that tells. */
export const looksLikeTar = (block: Buffer): boolean => {
  if (block.length < TAR_BLOCK || block[0] === 0) return false;
  try {
    tarHead(block);
    return true;
  } catch {
    // A damaged one says what it is all the same.
    return block.toString('latin1', 257, 262) === 'ustar';
  }
};

const WRONG_PAX = 'an extended header (pax) of the tar is not made of records';

/** The records of a pax header, by keyword. */
export const paxRecords = (bytes: Buffer): ReadonlyMap<string, string> => {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(0x20, at);
    const digits = blank < 0 ? '' : bytes.toString('latin1', at, blank);
    const end = at + Number(digits);
    if (!/^[1-9][0-9]{0,6}$/.test(digits) || end > bytes.length || bytes[end - 1] !== 0x0a)
      throw new ArchiveError(WRONG_PAX);
    const equals = bytes.indexOf(0x3d, blank);
    if (equals < 0 || equals >= end) throw new ArchiveError(WRONG_PAX);
    records.set(bytes.toString('utf8', blank + 1, equals), bytes.toString('utf8', equals + 1, end - 1));
    at = end;
  }
  return records;
};
