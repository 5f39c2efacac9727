// A tar made block by block, with every lie that its headers can tell.

/** A member as its header says. */
export type RawEntry = {
  readonly name: string;
  readonly data?: Buffer;
  readonly type?: string;
  /** What the size field says where that is not the truth; a text is written as it is. */
  readonly size?: number | Buffer;
  readonly link?: string;
  readonly prefix?: string;
  readonly checksum?: string;
  readonly magic?: string;
};

const pad = (data: Buffer): Buffer => Buffer.concat([data, Buffer.alloc((512 - (data.length % 512)) % 512)]);

/** One header block and the bytes behind it. */
export const rawEntry = ({
  name,
  data = Buffer.alloc(0),
  type = '0',
  size,
  link = '',
  prefix = '',
  ...rest
}: RawEntry): Buffer => {
  const head = Buffer.alloc(512);
  head.write(name, 0, 100);
  head.write('0000600\u00000000000\u00000000000\0', 100);
  if (typeof size === 'object') size.copy(head, 124);
  else head.write(`${(size ?? data.length).toString(8).padStart(11, '0')}\0`, 124);
  head.write('00000000000\0        ', 136);
  head.write(type, 156);
  head.write(link, 157, 100);
  head.write(rest.magic ?? 'ustar\u000000', 257);
  head.write(prefix, 345, 155);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(rest.checksum ?? `${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([head, pad(data)]);
};

/** A pax header with these records. */
export const rawPax = (records: Readonly<Record<string, string>>, type = 'x'): Buffer => {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = Buffer.byteLength(` ${key}=${value}\n`);
    let length = rest + String(rest).length;
    if (String(length).length + rest !== length) length += 1;
    return `${length} ${key}=${value}\n`;
  });
  return rawEntry({ name: 'PaxHeader/x', type, data: Buffer.from(lines.join('')) });
};

/** A tar of such pieces, with its end. */
export const rawTar = (...pieces: readonly Buffer[]): Buffer => Buffer.concat([...pieces, Buffer.alloc(1024)]);
