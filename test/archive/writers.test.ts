import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { constants, createGunzip, deflateRawSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterAll, describe, expect, it } from 'vitest';
import { fromBuffer } from 'yauzl';
import { ARCHIVES, type Block } from '../../src/archive/archive.ts';
import { inMemory } from '../../src/archive/random-access.ts';
import { readArchive } from '../../src/archive/read.ts';
import { sealOf } from '../../src/archive/seal.ts';
import { made, type ToMake } from './made.ts';

const folder = mkdtempSync(join(tmpdir(), 'writers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const text = (length: number): Buffer =>
  Buffer.from('a line of a log that says little\n'.repeat(length)).subarray(0, length);
/** Blocks as a worker makes them. */
const deflated = (bytes: Buffer): Block => ({
  bytes,
  deflated: deflateRawSync(bytes, { level: 1, finishFlush: constants.Z_SYNC_FLUSH }),
});
const noise = randomBytes(700_000);

const MEMBERS: readonly ToMake[] = [
  ['top/summary.html', text(3000)],
  ['top/empty', Buffer.alloc(0)],
  ['top/one-byte', Buffer.from('x')],
  ['top/noise', noise.subarray(0, 5000)],
  ['top/block-of-512', text(512)],
  ['top/one-less', text(511)],
  ['top/naïve/日本語.log', text(100)],
  [`top/${'y'.repeat(90)}/${'z'.repeat(60)}`, text(100)],
  [`top/${'x'.repeat(200)}/${'w'.repeat(120)}`, text(100)],
  ['top/long', [noise, text(300_000), noise].map((bytes) => ({ bytes }))],
  ['top/by-workers', [text(200_000), text(7), noise, text(100_000), noise].map(deflated)],
];
const bytesOf = ([, data]: ToMake): Buffer =>
  Array.isArray(data) ? Buffer.concat((data as readonly Block[]).map(({ bytes }) => bytes)) : (data as Buffer);

const missing = (program: string): string | null =>
  spawnSync(program, ['--help']).error ? `no ${program} here` : null;
const READERS = [
  ['zip', 'unzip', ['-t']],
  ['zip', 'python3', ['-m', 'zipfile', '-t']],
  ['zip', '7z', ['t']],
  ['zip', 'bsdtar', ['tvf']],
  ['tar.gz', 'tar', ['tvzf']],
  ['tar.gz', 'gzip', ['-t']],
  ['tar.gz', 'python3', ['-m', 'tarfile', '-l']],
  ['tar.gz', '7z', ['t']],
  ['tar.gz', 'bsdtar', ['tvf']],
] as const;

describe.each(ARCHIVES)('a %s of ours', (kind) => {
  it('gives what was put in, in its order', async () => {
    const { bytes, written, whole } = await made(kind, MEMBERS);
    expect(whole).toEqual({ bytes: bytes.length, sha256: sha256(bytes) });
    const read: { path: string; sha256: string }[] = [];
    for await (const member of readArchive(bytes)) {
      const pieces: Uint8Array[] = [];
      for await (const piece of member.read()) pieces.push(piece);
      read.push({ path: member.path, sha256: sha256(Buffer.concat(pieces)) });
    }
    expect(read).toEqual(MEMBERS.map((one) => ({ path: one[0], sha256: sha256(bytesOf(one)) })));
    expect(written.map(({ path, sha256: digest, bytes: size }) => ({ path, digest, size }))).toEqual(
      MEMBERS.map((one) => ({ path: one[0], digest: sha256(bytesOf(one)), size: bytesOf(one).length })),
    );
  });

  it('is the same from the same members, and says nothing of when, where and by whom', async () => {
    const [first, second] = [await made(kind, MEMBERS), await made(kind, MEMBERS)];
    expect(first.bytes.equals(second.bytes)).toBe(true);
  });

  it('ends with a digest of itself that a flipped bit breaks', async () => {
    const { bytes } = await made(kind, MEMBERS.slice(0, 3));
    expect(await sealOf(inMemory(bytes))).toEqual({ state: 'good', sha256: sha256(bytes), bytes: bytes.length });
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(bytes.readUInt8(at) ^ (1 << (at % 8)), at);
      expect((await sealOf(inMemory(changed))).state, `byte ${at}`).not.toBe('good');
    }
  });

  it('does not look like a bomb, whatever was put in', async () => {
    const zeros = Buffer.alloc(1 << 20);
    const { bytes, written } = await made(kind, [
      ['top/zeros', Array.from({ length: 40 }, () => ({ bytes: zeros }))],
      ['top/few', zeros.subarray(0, 100_000)],
    ]);
    for await (const { read } of readArchive(bytes)) for await (const _ of read());
    for (const one of written) expect(one.bytes / one.packed).toBeLessThan(160);
  });

  it.each([['../x'], ['/x'], ['a\\b'], [''], ['a\u0000']])('refuses to write the name %j', async (name) => {
    await expect(made(kind, [[name, Buffer.from('x')]])).rejects.toThrow('an archive of ours cannot hold it');
  });

  it('refuses to write a name twice', async () => {
    const one: ToMake = ['a', Buffer.from('x')];
    await expect(made(kind, [one, one])).rejects.toThrow('is there twice');
  });
});

describe.each(READERS)('a %s of ours, for %s', (kind, program, args) => {
  const reason = missing(program);
  it.skipIf(reason !== null)(`${args.join(' ')} takes it${reason ? ` (skipped: ${reason})` : ''}`, async () => {
    const path = join(folder, `${program}.${kind}`);
    writeFileSync(path, (await made(kind, MEMBERS)).bytes);
    expect(() => execFileSync(program, [...args, path], { stdio: 'pipe', cwd: folder })).not.toThrow();
  });
});

describe('other readers in Node', () => {
  it('yauzl reads the zip: mode 0600, no time, no owner', async () => {
    const { bytes } = await made('zip', MEMBERS);
    const entries = await new Promise<readonly (readonly [string, number, number, string])[]>((done, failed) => {
      const seen: [string, number, number, string][] = [];
      fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
        if (error) return failed(error);
        zip.on('entry', (entry) => {
          const { fileName, externalFileAttributes, uncompressedSize, versionMadeBy } = entry;
          expect(versionMadeBy >> 8).toBe(3);
          seen.push([fileName, externalFileAttributes >>> 16, uncompressedSize, String(entry.lastModFileDate)]);
          zip.readEntry();
        });
        zip.on('end', () => done(seen));
        zip.readEntry();
      });
    });
    expect(entries).toEqual(MEMBERS.map((one) => [one[0], 0o100600, bytesOf(one).length, '33']));
  });

  it('yauzl counts more members than a zip without zip64 can have', async () => {
    const { bytes } = await made(
      'zip',
      Array.from({ length: 65_536 }, (_, at) => [`f${at}`, Buffer.alloc(0)]),
    );
    const count = await new Promise((done, failed) => {
      fromBuffer(bytes, { lazyEntries: true }, (error, zip) => (error ? failed(error) : done(zip.entryCount)));
    });
    expect(count).toBe(65_536);
    let ours = 0;
    for await (const _ of readArchive(bytes, { members: 100_000 })) ours += 1;
    expect(ours).toBe(65_536);
  });

  it('tar-stream reads the tar.gz: mode 0600, no time, no owner', async () => {
    const { bytes } = await made('tar.gz', MEMBERS);
    const entries: unknown[] = [];
    const reader = extract();
    Readable.from([bytes]).pipe(createGunzip()).pipe(reader);
    for await (const entry of reader) {
      const { name, size, mode, uid, gid, uname, gname, mtime } = entry.header;
      entries.push([name, size, mode, uid, gid, uname, gname, mtime?.getTime()]);
      entry.resume();
    }
    expect(entries).toEqual(MEMBERS.map((one) => [one[0], bytesOf(one).length, 0o600, 0, 0, '', '', 0]));
  });
});
