import { gunzipSync, inflateRawSync } from 'node:zlib';

/** Bytes under the name of where they were found. */
export type Blob = { readonly name: string; readonly bytes: Buffer };

const isTar = (bytes: Buffer): boolean => bytes.length > 512 && bytes.toString('latin1', 257, 262) === 'ustar';
const isZip = (bytes: Buffer): boolean => bytes.toString('latin1', 0, 4) === 'PK\x03\x04';
const isGzip = (bytes: Buffer): boolean => bytes.toString('latin1', 0, 2) === '\x1f\x8b';

const tarred = (bytes: Buffer): readonly Blob[] => {
  const found: Blob[] = [];
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0; ) {
    const name = bytes.toString('latin1', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 135), 8);
    found.push({ name, bytes: bytes.subarray(at + 512, at + 512 + size) });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return found;
};

const zipped = (bytes: Buffer): readonly Blob[] => {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const found: Blob[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, label, extra, note] = [20, 28, 30, 32].map((field, one) =>
      one === 0 ? bytes.readUInt32LE(at + field) : bytes.readUInt16LE(at + field),
    ) as [number, number, number, number];
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const raw = bytes.subarray(from, from + packed);
    const name = bytes.toString('latin1', at + 46, at + 46 + label);
    found.push({ name, bytes: bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(raw) : raw });
    at += 46 + label + extra + note;
  }
  return found;
};

/** A file, or what is in it as far down as it nests: the names of members are blobs too. What cannot be opened stays closed. */
export const opened = (name: string, content: Uint8Array): readonly Blob[] => {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  try {
    if (isGzip(bytes)) return opened(`${name}!gz`, gunzipSync(bytes));
    if (!(isTar(bytes) || isZip(bytes))) return [{ name, bytes }];
    return (isTar(bytes) ? tarred(bytes) : zipped(bytes)).flatMap((one) => [
      { name: `${name}!hdr`, bytes: Buffer.from(one.name, 'latin1') },
      ...opened(`${name}!${one.name}`, one.bytes),
    ]);
  } catch {
    return [{ name, bytes }];
  }
};
