// The records of a zip file as they are written here (APPNOTE 4.3 to 4.5). Sizes beyond 32 bits go where zip64 has them.

const LIMIT = 0xffffffff;
const MOST_MEMBERS = 0xffff;
/** Names are UTF-8. */
const UTF8 = 0x0800;
/** 1980-01-01 00:00, the first moment that zip knows. */
const DATE = 0x0021;
const UNIX = 3 << 8;
/** A regular file, mode 0600. */
const ATTRIBUTES = 0o100600 * 0x10000;

export const STORED = 0;
export const DEFLATED = 8;

/** What the directory of a zip says of a member. */
export type ZipEntry = {
  readonly name: Buffer;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly bytes: number;
  /** Where its local header begins. */
  readonly at: number;
};

const zip64 = (...values: readonly number[]): Buffer => {
  const field = Buffer.alloc(4 + 8 * values.length);
  field.writeUInt16LE(0x0001, 0);
  field.writeUInt16LE(8 * values.length, 2);
  for (const [index, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  return field;
};

/** Room for a zip64 field in a header that is written before the size is known: a growth hint (0xa220), which readers pass over. */
const ROOM = Buffer.from('20a2100028a00c00000000000000000000000000', 'hex');

const isLarge = ({ packed, bytes }: ZipEntry): boolean => packed >= LIMIT || bytes >= LIMIT;
const short = (value: number): number => Math.min(value, LIMIT);

/** The header before a member's bytes. With `room` it has the same length whatever the sizes are. */
export const localHeader = (entry: ZipEntry, room: boolean): Buffer => {
  const { name, method, crc, packed, bytes } = entry;
  const large = isLarge(entry);
  const extra = large ? zip64(bytes, packed) : room ? ROOM : Buffer.alloc(0);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(large ? 45 : 20, 4);
  head.writeUInt16LE(UTF8, 6);
  head.writeUInt16LE(method, 8);
  head.writeUInt16LE(DATE, 12);
  head.writeUInt32LE(crc, 14);
  head.writeUInt32LE(large ? LIMIT : packed, 18);
  head.writeUInt32LE(large ? LIMIT : bytes, 22);
  head.writeUInt16LE(name.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, name, extra]);
};

/** A member's record in the directory. */
export const centralHeader = (entry: ZipEntry): Buffer => {
  const { name, method, crc, packed, bytes, at } = entry;
  const beyond = [bytes, packed, at].filter((value) => value >= LIMIT);
  const extra = beyond.length > 0 ? zip64(...beyond) : Buffer.alloc(0);
  const version = beyond.length > 0 ? 45 : 20;
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(UNIX | version, 4);
  head.writeUInt16LE(version, 6);
  head.writeUInt16LE(UTF8, 8);
  head.writeUInt16LE(method, 10);
  head.writeUInt16LE(DATE, 14);
  head.writeUInt32LE(crc, 16);
  head.writeUInt32LE(short(packed), 20);
  head.writeUInt32LE(short(bytes), 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(ATTRIBUTES, 38);
  head.writeUInt32LE(short(at), 42);
  return Buffer.concat([head, name, extra]);
};

/** The end of a zip whose directory stands at `at`, up to its comment of so many bytes. */
export const endRecord = (count: number, at: number, length: number, comment: number): Buffer => {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, MOST_MEMBERS), 8);
  end.writeUInt16LE(Math.min(count, MOST_MEMBERS), 10);
  end.writeUInt32LE(short(length), 12);
  end.writeUInt32LE(short(at), 16);
  end.writeUInt16LE(comment, 20);
  if (count < MOST_MEMBERS && at < LIMIT && length < LIMIT) return end;
  const large = Buffer.alloc(56);
  large.writeUInt32LE(0x06064b50, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(UNIX | 45, 12);
  large.writeUInt16LE(45, 14);
  large.writeBigUInt64LE(BigInt(count), 24);
  large.writeBigUInt64LE(BigInt(count), 32);
  large.writeBigUInt64LE(BigInt(length), 40);
  large.writeBigUInt64LE(BigInt(at), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(at + length), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([large, locator, end]);
};
