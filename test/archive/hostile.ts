import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { rawEntry, rawPax, rawTar } from './raw-tar.ts';
import { numbers, rawZip } from './raw-zip.ts';

// Archives that nobody should open, each with the words that refuse it. Made when they are asked for, and never kept.

/** An archive that is refused, and a part of the sentence for it. */
export type Hostile = {
  readonly what: string;
  readonly make: () => Buffer;
  readonly says: string /** The same fault as another one in this list, in another form. */;
  readonly again?: true;
};

const { u16, u32 } = numbers;
const file = (name: string) => rawEntry({ name, data: Buffer.from('hello\n') });
const named = (name: string | Buffer) => () => rawZip([{ name }]);
const zeros = (mib: number) => Buffer.alloc(mib << 20);

/** Members that all begin at the same packed bytes, as Fifield's bomb has them. */
const overlapping = (): Buffer => {
  const data = zeros(1);
  return rawZip([
    { name: 'a', data },
    { name: 'b', data, at: 0, localName: 'a' },
  ]);
};

const nestedOverlap = (): Buffer => {
  const inner = rawZip([{ name: 'b', method: 0 }]);
  const [local = Buffer.alloc(0)] = [inner.subarray(0, 30 + 1 + 6)];
  // The bytes of the first member are the header and the bytes of the second.
  return rawZip([
    { name: 'a', method: 0, data: local },
    { name: 'b', method: 0, at: 31, data: Buffer.from('hello\n') },
  ]);
};

const cutGzip = (): Buffer => {
  const whole = gzipSync(rawTar(file('a')));
  return whole.subarray(0, whole.length - 20);
};

const flipped = (bytes: Buffer, at: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(at < 0 ? bytes.length + at : at) ^ 1, at < 0 ? bytes.length + at : at);
  return changed;
};

const zip64Lie = (): Buffer => {
  const name = 'big';
  const extra = Buffer.concat([u16(1, 16), u32(0, 1024), u32(0, 1024)]);
  return rawZip([
    {
      name,
      method: 0,
      packed: 0xffffffff,
      bytes: 0xffffffff,
      packedData: Buffer.from('hello\n'),
      extra: { central: extra, local: extra },
    },
  ]);
};

const largeMembers = (): Buffer =>
  rawZip(Array.from({ length: 10_001 }, (_, at) => ({ name: `f${at}`, data: Buffer.alloc(0), method: 0 })));

/** Zips. */
export const HOSTILE_ZIPS: readonly Hostile[] = [
  { what: 'an absolute path', make: named('/etc/cron.d/x'), says: 'is an absolute path' },
  { what: 'a drive letter', make: named('C:/Windows/x'), says: 'begins with a drive letter' },
  { what: 'a UNC path', make: named('\\\\server\\share'), says: 'is a path to another machine' },
  { what: 'a path with ..', make: named('a/../../x'), says: 'leads out of the archive by ".."' },
  { what: 'backslashes', make: named('..\\..\\x'), says: 'holds a backslash' },
  { what: 'a NUL in a name', make: named('a\0.txt'), says: 'holds a NUL' },
  { what: 'an escape in a name', make: named('a\u001b]0;x\u0007'), says: 'holds control characters' },
  { what: 'no name', make: named(''), says: 'a member has no name' },
  { what: 'the name .', make: named('a/./b'), says: 'has a part "."' },
  { what: 'an empty part', make: named('a//b'), says: 'has an empty part' },
  { what: 'a long part', make: named('x'.repeat(256)), says: 'is longer than 255 bytes' },
  { what: 'a long path', make: named(`${'abcdefg/'.repeat(600)}x`), says: 'is longer than 4096 bytes' },
  { what: 'folders in folders', make: named(`${'a/'.repeat(70)}x`), says: 'lies deeper than 64 folders' },
  { what: 'a name twice', make: () => rawZip([{ name: 'a' }, { name: 'a' }]), says: 'is there twice' },
  {
    what: 'names that differ by case',
    make: () => rawZip([{ name: 'a/B' }, { name: 'a/b' }]),
    says: 'differ by upper and lower case alone',
  },
  {
    what: 'names that differ by composition',
    make: () => rawZip([{ name: '\u00e9' }, { name: 'e\u0301' }]),
    says: 'differ in how Unicode composes them',
  },
  {
    what: 'a file that is a folder',
    make: () => rawZip([{ name: 'a' }, { name: 'a/b' }]),
    says: 'is a file and a folder',
  },
  {
    what: 'a symbolic link',
    make: () => rawZip([{ name: 'l', data: Buffer.from('/etc/passwd'), mode: 0o120777 }]),
    says: 'is a symbolic link',
  },
  { what: 'a device', make: () => rawZip([{ name: 'd', mode: 0o060600 }]), says: 'is a block device' },
  { what: 'a FIFO', make: () => rawZip([{ name: 'p', mode: 0o010600 }]), says: 'is a FIFO, and only files are read' },
  { what: 'an encrypted member', make: () => rawZip([{ name: 'a', flags: 1 }]), says: 'is encrypted' },
  { what: 'an unknown method', make: () => rawZip([{ name: 'a', method: 12 }]), says: 'is packed by method 12' },
  {
    what: 'a bomb by its ratio',
    make: () => rawZip([{ name: 'a', data: zeros(16) }]),
    says: 'unpacks to more than 200 times its size',
  },
  {
    what: 'a member that is larger than it says',
    make: () => rawZip([{ name: 'a', data: zeros(4), bytes: 1000 }]),
    says: 'unpacks to another size than is stated',
  },
  { what: 'members that share their bytes', make: overlapping, says: 'shares its bytes with another one' },
  { what: 'members within members', make: nestedOverlap, says: 'shares its bytes with another one', again: true },
  {
    what: 'two names of one member',
    make: () => rawZip([{ name: 'a', localName: 'b' }]),
    says: 'has one name in the directory',
  },
  {
    what: 'two sizes of one member',
    make: () => rawZip([{ name: 'a', localBytes: 7 }]),
    says: 'has one size in the directory',
  },
  {
    what: 'two methods of one member',
    make: () => rawZip([{ name: 'a', localMethod: 0 }]),
    says: 'has one method in the directory',
  },
  {
    what: 'a stored member of two sizes',
    make: () => rawZip([{ name: 'a', method: 0, bytes: 99 }]),
    says: 'is not packed and has two sizes',
  },
  {
    what: 'bytes before the first member',
    make: () => rawZip([{ name: 'a' }], { before: Buffer.from('PK\x03\x04 sfx') }),
    says: 'bytes before its first member that belong to none',
  },
  {
    what: 'a program before the zip',
    make: () => Buffer.concat([Buffer.from('MZ program'), rawZip([{ name: 'a' }])]),
    says: 'is a zip with something else before it',
  },
  {
    what: 'wrong offsets',
    make: () => rawZip([{ name: 'a' }], { at: 3 }),
    says: 'or its directory is not where it is said to be',
  },
  {
    what: 'a member elsewhere',
    make: () =>
      rawZip([
        { name: 'a', behind: Buffer.alloc(40) },
        { name: 'b', at: 39 },
      ]),
    says: 'is not where the directory says',
  },
  {
    what: 'a member outside',
    make: () => rawZip([{ name: 'a' }, { name: 'b', at: 0xfffff }]),
    says: 'is said to begin outside the file',
  },
  {
    what: 'bytes between members',
    make: () => rawZip([{ name: 'a', behind: Buffer.from('x') }, { name: 'b' }]),
    says: 'that belong to none',
  },
  {
    what: 'a wrong checksum',
    make: () => rawZip([{ name: 'a', crc: 1 }]),
    says: 'the checksum of the member "a" is wrong',
  },
  {
    what: 'damaged packed bytes',
    make: () => rawZip([{ name: 'a', packedData: Buffer.from('ffffffff', 'hex') }]),
    says: 'the packed bytes of the member "a" are damaged',
  },
  {
    what: 'packed bytes that go on',
    make: () => rawZip([{ name: 'a', packedData: deflateRawSync(Buffer.from('hello\n')).subarray(0, 4) }]),
    says: 'end in the middle',
  },
  {
    what: 'bytes behind packed bytes',
    make: () =>
      rawZip([{ name: 'a', packedData: Buffer.concat([deflateRawSync(Buffer.from('hello\n')), Buffer.from('more')]) }]),
    says: 'has bytes behind its packed bytes',
  },
  {
    what: 'a zip without its end',
    make: () => rawZip([{ name: 'a' }], { noEnd: true }),
    says: 'its directory at the end is not there',
  },
  {
    what: 'garbage behind the end',
    make: () => rawZip([{ name: 'a' }], { behind: Buffer.from('garbage') }),
    says: 'a zip with 7 more bytes behind its end',
  },
  {
    what: 'several disks',
    make: () => rawZip([{ name: 'a' }], { disk: 1 }),
    says: 'is one part of a zip on several disks',
  },
  {
    what: 'the first of several files',
    make: () => Buffer.concat([Buffer.from('PK\x07\x08'), rawZip([{ name: 'a' }])]),
    says: 'is the first part of a zip in several files',
  },
  {
    what: 'a zip64 without its record',
    make: () => rawZip([{ name: 'a' }], { count: 0xffff }),
    says: 'says that it is a zip64',
  },
  { what: 'a zip64 that lies', make: zip64Lie, says: 'the member "big" is said to be larger than the file' },
  {
    what: 'a zip64 size that is not there',
    make: () => rawZip([{ name: 'a', packed: 0xffffffff }]),
    says: 'its zip64 size is not there',
  },
  {
    what: 'a directory larger than the file',
    make: () => rawZip([{ name: 'a' }], { length: 0xffff }),
    says: 'its directory is said to be larger than the file',
  },
  {
    what: 'fewer members than stated',
    make: () => rawZip([{ name: 'a' }], { count: 2 }),
    says: 'does not hold the members that it is said to hold',
  },
  { what: '10,001 members', make: largeMembers, says: 'more than 10000 members' },
  { what: 'a folder with bytes', make: () => rawZip([{ name: 'a/' }]), says: 'holds bytes as if it were a file' },
  {
    what: 'a wrong data descriptor',
    make: () => rawZip([{ name: 'a', flags: 8, behind: u32(1, 2, 3) }]),
    says: 'behind the member "a" that belong to none',
    again: true,
  },
];

const long = (bytes: Buffer) => rawEntry({ name: '././@LongLink', type: 'L', data: bytes });

/** Tars and gzip files. */
export const HOSTILE_TARS: readonly Hostile[] = [
  { what: 'a tar with ..', make: () => rawTar(file('../x')), says: 'leads out of the archive by ".."', again: true },
  {
    what: 'a hard link',
    make: () => rawTar(rawEntry({ name: 'h', type: '1', link: '/etc/shadow' })),
    says: 'is a hard link',
  },
  {
    what: 'a symbolic link in a tar',
    make: () => rawTar(rawEntry({ name: 's', type: '2', link: '/' })),
    says: 'is a symbolic link',
    again: true,
  },
  { what: 'a character device', make: () => rawTar(rawEntry({ name: 'c', type: '3' })), says: 'is a character device' },
  {
    what: 'a FIFO in a tar',
    make: () => rawTar(rawEntry({ name: 'p', type: '6' })),
    says: 'is a FIFO, and only files are read',
    again: true,
  },
  { what: 'a sparse file', make: () => rawTar(rawEntry({ name: 's', type: 'S' })), says: 'is a sparse file' },
  {
    what: 'a sparse file in pax',
    make: () => rawTar(rawPax({ 'GNU.sparse.major': '1' }), file('p')),
    says: 'the member "p" is a sparse file',
    again: true,
  },
  {
    what: 'an unknown type',
    make: () => rawTar(rawEntry({ name: 'u', type: 'Z' })),
    says: 'is of the unknown tar type "Z"',
  },
  {
    what: 'a pax path that leads out',
    make: () => rawTar(rawPax({ path: '/etc/passwd' }), file('a')),
    says: 'the name of the member "/etc/passwd" is an absolute path',
    again: true,
  },
  { what: 'a pax size that lies', make: () => rawTar(rawPax({ size: '512' }), file('a')), says: 'has two sizes' },
  {
    what: 'a pax size that is none',
    make: () => rawTar(rawPax({ size: '-1' }), file('a')),
    says: 'the extended size (pax)',
  },
  {
    what: 'pax records that are none',
    make: () => rawTar(rawEntry({ name: 'x', type: 'x', data: Buffer.from('99999 path=a\n') }), file('a')),
    says: 'is not made of records',
  },
  {
    what: 'a global pax path',
    make: () => rawTar(rawPax({ path: 'a' }, 'g'), file('b')),
    says: 'gives all members one name',
  },
  {
    what: 'a long name of 70,000 bytes',
    make: () => rawTar(long(Buffer.alloc(70_000, 'a')), file('a')),
    says: 'a long name (GNU) in the tar is 70000 bytes long',
  },
  {
    what: 'a pax header of 70,000 bytes',
    make: () => rawTar(rawEntry({ name: 'x', type: 'x', data: Buffer.alloc(70_000) }), file('a')),
    says: 'an extended header (pax) of the tar is 70000',
  },
  {
    what: 'headers without end',
    make: () => rawTar(...Array.from({ length: 12 }, () => long(Buffer.from('a'))), file('a')),
    says: 'more extended headers than any program writes',
  },
  {
    what: 'a wrong tar checksum',
    make: () => rawTar(rawEntry({ name: 'a', checksum: '000001\0 ' })),
    says: 'the checksum of a tar header is wrong',
  },
  {
    what: 'a negative size',
    make: () => rawTar(rawEntry({ name: 'a', size: Buffer.alloc(12, 0xff) })),
    says: 'is negative, or larger than any file',
  },
  {
    what: 'a size that is no number',
    make: () => rawTar(file('a'), rawEntry({ name: 'b', size: Buffer.from('99999999999\0') })),
    says: 'the size of the member "b" is no number',
  },
  {
    what: 'a tar cut in a member',
    make: () => rawTar(rawEntry({ name: 'a', data: Buffer.alloc(4000) })).subarray(0, 2000),
    says: 'a tar that is cut: it ends in the middle of a member',
  },
  { what: 'a tar without its end', make: () => file('a'), says: 'the two empty blocks at its end are not there' },
  {
    what: 'more behind the end of a tar',
    make: () => Buffer.concat([rawTar(file('a')), file('b')]),
    says: 'a tar with more bytes behind its end',
  },
  {
    what: 'an empty block within a tar',
    make: () => rawTar(file('a'), Buffer.alloc(512), file('b')),
    says: 'a tar with an empty block between members',
  },
  {
    what: 'a member of 200 MiB',
    make: () => rawTar(rawEntry({ name: 'a', size: 200 << 20 })),
    says: 'is larger than 100 MiB',
  },
  { what: 'a cut gzip', make: cutGzip, says: 'is a gzip file that is cut' },
  {
    what: 'a gzip with a wrong checksum',
    make: () => flipped(gzipSync(rawTar(file('a'))), -8),
    says: 'its gzip checksum is wrong',
  },
  {
    what: 'a gzip with a wrong length',
    make: () => flipped(gzipSync(rawTar(file('a'))), -4),
    says: 'its gzip length is wrong',
  },
  {
    what: 'damaged gzip',
    make: () => Buffer.concat([gzipSync(rawTar(file('a'))).subarray(0, 10), Buffer.alloc(30, 0xff)]),
    says: 'gzip cannot unpack them',
  },
  {
    what: 'a gzip of a kind that nobody writes',
    make: () => flipped(gzipSync(rawTar(file('a'))), 2),
    says: 'of a kind that nobody writes',
  },
  {
    what: 'a gzip name without end',
    make: () => Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]), Buffer.alloc(200_000, 'n')]),
    says: 'its gzip header has no end',
  },
  {
    what: 'garbage behind gzip',
    make: () => Buffer.concat([gzipSync(rawTar(file('a'))), Buffer.from('garbage')]),
    says: 'behind its end that are not gzip',
  },
  {
    what: 'a gzip bomb',
    make: () => gzipSync(rawTar(rawEntry({ name: 'a', data: zeros(32) }))),
    says: 'it unpacks to more than 200 times its size',
  },
  {
    what: 'gzip in gzip in gzip',
    make: () => gzipSync(gzipSync(gzipSync(rawTar(file('a'))))),
    says: 'is gzip within gzip',
  },
  {
    what: '30,000 empty gzip members',
    make: () => Buffer.alloc(30_000 * 20, gzipSync('')),
    says: 'more gzip members than any program writes',
  },
  { what: 'nothing', make: () => Buffer.alloc(0), says: 'it is empty, and an archive was needed' },
  {
    what: 'a text',
    make: () => Buffer.from('just a text\n'.repeat(100)),
    says: 'is neither a zip nor a tar nor a gzip file',
  },
];

/** The checksum of nothing, for zips that are written as a stream. */
export const descriptorOf = (data: Buffer, packed: number): Buffer => u32(0x08074b50, crc32(data), packed, data.length);
