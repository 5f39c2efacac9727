// Headers of tar as they are written here: ustar, and pax where a name needs it.

export const TAR_BLOCK = 512;

const ustar = (name: Buffer, prefix: Buffer, size: number, type: string): Buffer => {
  const head = Buffer.alloc(TAR_BLOCK);
  name.copy(head, 0, 0, 100);
  head.write('0000600\0', 100);
  head.write('0000000\0', 108);
  head.write('0000000\0', 116);
  if (size < 8 ** 11) head.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  else {
    // Beyond 8 GiB: binary, as GNU, BSD and Python have it.
    head.writeUInt8(0x80, 124);
    head.writeBigUInt64BE(BigInt(size), 128);
  }
  head.write('00000000000\0', 136);
  head.write('        ', 148);
  head.write(type, 156);
  head.write('ustar\u000000', 257);
  prefix.copy(head, 345, 0, 155);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return head;
};

/** A record of a pax header: its length, which counts its own digits, the keyword and the value. */
const record = (keyword: string, value: string): Buffer => {
  const rest = Buffer.byteLength(` ${keyword}=${value}\n`);
  let length = rest + String(rest).length;
  if (rest + String(length).length !== length) length += 1;
  return Buffer.from(`${length} ${keyword}=${value}\n`);
};

/** The place where a name can be cut in two for ustar's fields, null where it has none. */
const cutOf = (path: string): number | null => {
  if (path.length <= 100) return 0;
  const cut = path.indexOf('/', path.length - 101);
  return cut > 0 && cut <= 155 && cut < path.length - 1 ? cut : null;
};

/** All that stands before a member's bytes. Its length depends on the name alone: it can be written again when the size is known. */
export const tarHeaders = (path: string, size: number): Buffer => {
  const none = Buffer.alloc(0);
  const cut = /^[ -~]*$/.test(path) ? cutOf(path) : null;
  if (cut !== null) {
    const name = Buffer.from(cut ? path.slice(cut + 1) : path);
    return ustar(name, cut ? Buffer.from(path.slice(0, cut)) : none, size, '0');
  }
  const records = record('path', path);
  const padding = Buffer.alloc((TAR_BLOCK - (records.length % TAR_BLOCK)) % TAR_BLOCK);
  const short = Buffer.from(path.replace(/[^ -~]/g, '_').slice(-100));
  const pax = ustar(Buffer.from('PaxHeader'), none, records.length, 'x');
  return Buffer.concat([pax, records, padding, ustar(short, none, size, '0')]);
};
