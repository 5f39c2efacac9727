import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Limits } from '../../src/archive/archive.ts';
import { openArchive, readArchive } from '../../src/archive/read.ts';
import { descriptorOf } from './hostile.ts';
import { rawEntry, rawPax, rawTar } from './raw-tar.ts';
import { rawZip } from './raw-zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'others-'));
const deep = `deep/${'n'.repeat(80)}/${'m'.repeat(80)}`;
const FILES = { 'a.log': 'one\n', 'naïve.txt': 'two\n', [`${deep}/c.log`]: 'three\n'.repeat(2000), empty: '' };
beforeAll(() => {
  mkdirSync(join(folder, 'tree', deep), { recursive: true });
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, 'tree', name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = async (given: string | Uint8Array, limits: Partial<Limits> = {}): Promise<Record<string, string>> => {
  const texts: Record<string, string> = {};
  for await (const { path, refused, read: bytes } of readArchive(given, limits)) {
    const pieces: Uint8Array[] = [];
    if (refused === null) for await (const piece of bytes()) pieces.push(piece);
    texts[path] = refused ?? Buffer.concat(pieces).toString('utf8');
  }
  return texts;
};

const PYTHON_ZIP =
  'import sys,zipfile,os\nz=zipfile.ZipFile(sys.argv[1],"w",zipfile.ZIP_DEFLATED)\nfor d,_,fs in os.walk("."):\n  for f in fs: z.write(os.path.join(d,f))\nz.close()';
const MAKERS: readonly (readonly [string, string, readonly string[]])[] = [
  ['zip of Info-ZIP', 'zip', ['-qr', 'OUT', '.']],
  ['zip of Info-ZIP, written as a stream', 'sh', ['-c', 'zip -qr - . | cat > OUT']],
  ['zip of Python', 'python3', ['-c', PYTHON_ZIP, 'OUT']],
  ['zip of bsdtar', 'bsdtar', ['--format', 'zip', '-cf', 'OUT', '.']],
  ['tar of GNU', 'tar', ['--format=gnu', '-cf', 'OUT', '.']],
  ['tar of POSIX', 'tar', ['--format=posix', '-cf', 'OUT', '.']],
  ['ustar', 'tar', ['--format=ustar', '-cf', 'OUT', '.']],
  ['tar.gz of GNU', 'tar', ['-czf', 'OUT', '.']],
  ['tar of bsdtar', 'bsdtar', ['-cf', 'OUT', '.']],
  [
    'tar.gz of Python',
    'python3',
    ['-c', 'import sys,tarfile\nt=tarfile.open(sys.argv[1],"w:gz")\nt.add(".")\nt.close()', 'OUT'],
  ],
];

describe.each(MAKERS)('a %s', (what, program, args) => {
  const reason = spawnSync(program, ['--help']).error ? `no ${program} here` : null;
  it.skipIf(reason !== null)(`is read${reason ? ` (skipped: ${reason})` : ''}`, async () => {
    const out = join(folder, `${what.replaceAll(' ', '-')}.archive`);
    execFileSync(
      program,
      args.map((arg) => arg.replace('OUT', out)),
      { cwd: join(folder, 'tree'), stdio: 'pipe' },
    );
    expect(await read(out)).toEqual(FILES);
  });
});

describe('archives of other programs', () => {
  const data = Buffer.from('hello\n');
  it('a zip with sizes behind the bytes', async () => {
    const packed = deflateRawSync(data).length;
    const zip = rawZip([
      { name: 'a', flags: 8, behind: descriptorOf(data, packed) },
      { name: 'b', flags: 8, behind: descriptorOf(data, packed).subarray(4) },
    ]);
    expect(await read(zip)).toEqual({ a: 'hello\n', b: 'hello\n' });
  });

  it('a zip without members, a tar without members', async () => {
    expect(await read(rawZip([]))).toEqual({});
    expect(await read(gzipSync(rawTar()))).toEqual({});
  });

  it('one gzip file that is no tar', async () => {
    const archive = await openArchive(gzipSync('one line\n'));
    expect(archive.kind).toBe('gz');
    await archive.close();
    expect(await read(gzipSync('one line\n'))).toEqual({ content: 'one line\n' });
  });

  it('a pax size beyond what the header can say is believed', async () => {
    const tar = rawTar(rawPax({ size: '9000000000' }), rawEntry({ name: 'a' }));
    await expect(read(tar)).rejects.toThrow('is larger than 100 MiB');
  });

  it('a member of several GiB where only the ratio counts', async () => {
    const bytes = Buffer.alloc(300 << 20, 'abcdefghij'.repeat(2000));
    const noise = Buffer.concat([bytes.subarray(0, 1000)]);
    expect(
      Object.keys(await read(rawTar(rawEntry({ name: 'a', data: noise })), { memberBytes: Number.POSITIVE_INFINITY })),
    ).toEqual(['a']);
    await expect(read(rawTar(rawEntry({ name: 'a', data: bytes })))).rejects.toThrow('is larger than 100 MiB');
  });
});

describe('an archive that is read leniently', () => {
  it('gives wrong members with their reason and the others with their bytes', async () => {
    const zip = rawZip([
      { name: '../x' },
      { name: 'a' },
      { name: 'l', mode: 0o120777 },
      { name: 'b', flags: 1 },
      { name: 'c', crc: 1 },
    ]);
    const texts: Record<string, string> = {};
    for await (const { path, refused, read: bytes } of readArchive(zip, { lenient: true })) {
      texts[path] = refused ?? 'read';
      if (refused !== null) await expect(bytes()[Symbol.asyncIterator]().next()).rejects.toThrow(refused);
    }
    expect(texts).toEqual({
      '../x': 'the name of the member "../x" leads out of the archive by ".."',
      a: 'read',
      l: 'the member "l" is a symbolic link, and only files are read',
      b: 'the member "b" is encrypted',
      c: 'read',
    });
  });

  it('the same of a tar', async () => {
    const tar = rawTar(
      rawEntry({ name: 'h', type: '1', link: 'a', size: 6 }),
      rawEntry({ name: 'a', data: Buffer.from('hello\n') }),
      rawEntry({ name: 'S', type: 'S', data: Buffer.from('x') }),
      rawEntry({ name: '/abs', data: Buffer.from('x') }),
    );
    expect(await read(tar, { lenient: true })).toEqual({
      h: 'the member "h" is a hard link, and only files are read',
      a: 'hello\n',
      S: 'the member "S" is a sparse file, which is not read',
      '/abs': 'the name of the member "/abs" is an absolute path',
    });
  });
});
