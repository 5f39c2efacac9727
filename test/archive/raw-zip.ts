import { crc32, deflateRawSync } from 'node:zlib';

// A zip made byte by byte, with every lie that its records can tell.

type Extra = { readonly central?: Buffer; readonly local?: Buffer };

/** A member, and what its headers say of it where that is not the truth. */
export type RawMember = {
  readonly name: string | Buffer;
  readonly data?: Buffer;
  readonly method?: number;
  readonly flags?: number;
  /** Unix type and mode. */
  readonly mode?: number;
  readonly crc?: number;
  readonly bytes?: number;
  readonly packed?: number;
  readonly packedData?: Buffer;
  readonly at?: number;
  readonly localName?: string;
  readonly localMethod?: number;
  readonly localBytes?: number;
  readonly extra?: Extra;
  /** Behind the bytes: a data descriptor, or what belongs to no member. */
  readonly behind?: Buffer;
};

/** What the end of the zip says where that is not the truth. */
export type RawEnd = {
  readonly before?: Buffer;
  readonly behind?: Buffer;
  readonly disk?: number;
  readonly count?: number;
  readonly length?: number;
  readonly at?: number;
  readonly noEnd?: boolean;
  readonly locator?: Buffer;
};

const u16 = (...values: readonly number[]): Buffer => {
  const buffer = Buffer.alloc(2 * values.length);
  for (const [at, value] of values.entries()) buffer.writeUInt16LE(value, 2 * at);
  return buffer;
};
const u32 = (...values: readonly number[]): Buffer => {
  const buffer = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) buffer.writeUInt32LE(value, 4 * at);
  return buffer;
};

/** Little-endian numbers: for descriptors and extra fields. */
export const numbers = { u16, u32 };

/** A zip of members, each as honest as it was asked to be. */
export const rawZip = (members: readonly RawMember[], end: RawEnd = {}): Buffer => {
  const pieces: Buffer[] = [end.before ?? Buffer.alloc(0)];
  const size = () => pieces.reduce((sum, { length }) => sum + length, 0);
  const rows: Buffer[] = [];
  for (const member of members) {
    const { data = Buffer.from('hello\n'), method = 8, flags = 0, mode = 0o100600, extra = {} } = member;
    const name = Buffer.from(member.name as string);
    const localName = member.localName === undefined ? name : Buffer.from(member.localName);
    const stored = member.packedData ?? (method === 8 ? deflateRawSync(data) : data);
    const [crc, bytes] = [member.crc ?? crc32(data), member.bytes ?? data.length];
    const packed = member.packed ?? stored.length;
    const at = member.at ?? size();
    const localExtra = extra.local ?? Buffer.alloc(0);
    const later = flags & 8 && member.localBytes === undefined;
    if (member.at === undefined) {
      pieces.push(
        u32(0x04034b50),
        u16(20, flags, member.localMethod ?? method, 0, 0x21),
        later ? u32(0, 0, 0) : u32(crc, packed, member.localBytes ?? bytes),
        u16(localName.length, localExtra.length),
        localName,
        localExtra,
        stored,
        member.behind ?? Buffer.alloc(0),
      );
    }
    const centralExtra = extra.central ?? Buffer.alloc(0);
    rows.push(
      u32(0x02014b50),
      u16((3 << 8) | 20, 20, flags, method, 0, 0x21),
      u32(crc, packed, bytes),
      u16(name.length, centralExtra.length, 0, 0, 0),
      u32((mode * 0x10000) >>> 0, at),
      name,
      centralExtra,
    );
  }
  const at = size();
  const directory = Buffer.concat(rows);
  pieces.push(directory);
  const count = end.count ?? members.length;
  if (!end.noEnd)
    pieces.push(
      end.locator ?? Buffer.alloc(0),
      u32(0x06054b50),
      u16(end.disk ?? 0, end.disk ?? 0, count, count),
      u32(end.length ?? directory.length, end.at ?? at),
      u16(0),
      end.behind ?? Buffer.alloc(0),
    );
  return Buffer.concat(pieces);
};
