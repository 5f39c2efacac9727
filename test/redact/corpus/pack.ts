import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

type Files = readonly (readonly [name: string, bytes: Uint8Array])[];

/** A tar of regular files (ustar). */
export const tarOf = (files: Files): Uint8Array => {
  const parts: Uint8Array[] = [];
  for (const [name, bytes] of files) {
    const head = Buffer.alloc(512);
    head.write(name.slice(0, 99), 0, 'latin1');
    head.write('0000644\0', 100);
    head.write('0000000\0', 108);
    head.write('0000000\0', 116);
    head.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
    head.write('14000000000\0', 136);
    head.write('        0', 148);
    head.write('ustar\x0000', 257, 'latin1');
    head.write(
      `${head
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
    );
    parts.push(head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512));
  }
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
};

/** A zip of deflated files. */
export const zipOf = (files: Files): Uint8Array => {
  const parts: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let at = 0;
  for (const [name, bytes] of files) {
    const label = Buffer.from(name);
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(0x58210000, 6);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(label.length, 22);
    const row = Buffer.alloc(46);
    row.write('PK\x01\x02\x14\x00', 0, 'latin1');
    common.copy(row, 6);
    row.writeUInt32LE(at, 42);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, label, packed]);
    parts.push(local);
    central.push(row, label);
    at += local.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, list, end]);
};

/** Gzip. */
export const gzOf = (bytes: string | Uint8Array): Uint8Array => gzipSync(bytes);
