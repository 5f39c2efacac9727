import { ArchiveError } from './archive.ts';
import { shownName } from './names.ts';
import type { RandomAccess } from './random-access.ts';
import { enlarged, extraFields, type ZipRow } from './zip-directory.ts';

/** Sizes and checksum stand behind the bytes. */
const DESCRIPTOR = 8;
/** Everything that says how a member is packed; the rest are hints for who packs. */
const TELLING = 0x0001 | DESCRIPTOR | 0x0040 | 0x2000;

/** A member whose headers agree: where its packed bytes begin. */
export type Placed = { readonly row: ZipRow; readonly from: number };

const differ = (shown: string, what: string) =>
  new ArchiveError(`the member ${shown} has one ${what} in the directory and another before its bytes`);

/** Reads the header before a member's bytes and holds it against the directory. */
const placed = async (source: RandomAccess, row: ZipRow, limit: number): Promise<Placed> => {
  const shown = shownName(row.name);
  const head = await source.read(row.at, Math.min(30 + row.raw.length + 64, limit - row.at));
  if (head.readUInt32LE(0) !== 0x04034b50)
    throw new ArchiveError(`the member ${shown} is not where the directory says`);
  const nameLength = head.readUInt16LE(26);
  const extraLength = head.readUInt16LE(28);
  const from = row.at + 30 + nameLength + extraLength;
  if (from + row.packed > limit) throw new ArchiveError(`the member ${shown} is said to be larger than the file`);
  if (nameLength !== row.raw.length || !head.subarray(30, 30 + nameLength).equals(row.raw)) throw differ(shown, 'name');
  if (head.readUInt16LE(8) !== row.method) throw differ(shown, 'method');
  if ((head.readUInt16LE(6) & TELLING) !== (row.flags & TELLING)) throw differ(shown, 'kind');
  const fields = extraFields(await source.read(row.at + 30 + nameLength, extraLength));
  const [bytes, packed] = enlarged([head.readUInt32LE(22), head.readUInt32LE(18)], fields, shown);
  // Where they follow the bytes, each of them may be nought here.
  const agrees = (here: number | undefined, there: number) =>
    here === there || (here === 0 && (row.flags & DESCRIPTOR) !== 0);
  if (!agrees(bytes, row.bytes) || !agrees(packed, row.packed)) throw differ(shown, 'size');
  if (!agrees(head.readUInt32LE(14), row.crc)) throw differ(shown, 'checksum');
  return { row, from };
};

const fits = (bytes: Buffer, { crc, packed, bytes: size }: ZipRow): boolean => {
  const isSigned = bytes.length % 8 === 0 && bytes.readUInt32LE(0) === 0x08074b50;
  const at = isSigned ? 4 : 0;
  if (bytes.readUInt32LE(at) !== crc) return false;
  if (bytes.length - at === 12) return bytes.readUInt32LE(at + 4) === packed && bytes.readUInt32LE(at + 8) === size;
  return bytes.readBigUInt64LE(at + 4) === BigInt(packed) && bytes.readBigUInt64LE(at + 12) === BigInt(size);
};

const DESCRIPTOR_LENGTHS = [12, 16, 20, 24];

/**
 * Holds every member against the file: each begins where the one before it ends, nothing is shared, nothing lies between them
 * but what says their sizes, and the last one ends where the directory begins.
 */
export const laidOut = async (
  source: RandomAccess,
  rows: readonly ZipRow[],
  directory: number,
): Promise<readonly Placed[]> => {
  for (const { at, name } of rows)
    if (at + 30 > directory) throw new ArchiveError(`the member ${shownName(name)} is said to begin outside the file`);
  const found = new Map<ZipRow, Placed>();
  const inOrder = rows.toSorted((a, b) => a.at - b.at);
  for (const [index, row] of inOrder.entries()) {
    const member = await placed(source, row, directory);
    const end = member.from + row.packed;
    const next = inOrder[index + 1]?.at ?? directory;
    const shown = shownName(row.name);
    if (index === 0 && row.at > 0)
      throw new ArchiveError(`it has ${row.at} bytes before its first member that belong to none`);
    if (end > next)
      throw new ArchiveError(`the member ${shown} shares its bytes with another one: it is taken for a bomb`);
    const between = next - end;
    const isStated =
      (row.flags & DESCRIPTOR) !== 0 &&
      DESCRIPTOR_LENGTHS.includes(between) &&
      fits(await source.read(end, between), row);
    if ((row.flags & DESCRIPTOR) !== 0 ? !isStated : between > 0)
      throw new ArchiveError(
        between > 0
          ? `it has ${between} bytes behind the member ${shown} that belong to none`
          : `the sizes behind the member ${shown} are not there`,
      );
    found.set(row, member);
  }
  return rows.flatMap((row) => found.get(row) ?? []);
};
