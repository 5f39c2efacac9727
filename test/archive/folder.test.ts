import { execFileSync } from 'node:child_process';
import { chownSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { folderMembers } from '../../src/archive/folder.ts';
import { ground, noMounts } from '../host/live/disk/mounted.ts';

const root = mkdtempSync(join(tmpdir(), 'folder-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const fresh = (name: string): string => {
  const path = join(root, name);
  mkdirSync(path);
  return path;
};

const read = async (
  path: string,
  limits: Parameters<typeof folderMembers>[1] = {},
): Promise<Record<string, string>> => {
  const texts: Record<string, string> = {};
  for await (const { path: name, refused, read: bytes } of folderMembers(path, limits)) {
    const pieces: Uint8Array[] = [];
    if (refused === null) for await (const piece of bytes()) pieces.push(piece);
    texts[name] = refused ?? Buffer.concat(pieces).toString('utf8');
  }
  return texts;
};

describe('the files of a folder', () => {
  it('are read in the order of their names, whatever they are called', async () => {
    const folder = fresh('plain');
    mkdirSync(join(folder, 'b/c'), { recursive: true });
    for (const name of ['z', 'a', 'b/c/d', 'b/\u001b[31m', 'b/x\ny', '-rf', '$(id)'])
      writeFileSync(join(folder, name), name);
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe])]), 'bad');
    const texts = await read(folder);
    expect(Object.keys(texts)).toEqual(['$(id)', '-rf', 'a', 'b/\u001b[31m', 'b/c/d', 'b/x\ny', 'z', '\ufffd\ufffd']);
    for (const [name, text] of Object.entries(texts)) expect([name, 'bad']).toContain(text);
  });

  it('links, FIFOs, sockets and devices are told and not read', async () => {
    const folder = fresh('kinds');
    writeFileSync(join(folder, 'file'), 'x');
    symlinkSync('/etc/passwd', join(folder, 'link'));
    symlinkSync('/etc', join(folder, 'link-to-folder'));
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    const server = createServer().listen(join(folder, 'socket'));
    await new Promise((ready) => server.once('listening', ready));
    const began = performance.now();
    expect(await read(folder)).toEqual({
      fifo: '"fifo" is a FIFO, and only files are read',
      file: 'x',
      link: '"link" is a symbolic link, and only files are read',
      'link-to-folder': '"link-to-folder" is a symbolic link, and only files are read',
      socket: '"socket" is a socket, and only files are read',
    });
    expect(performance.now() - began).toBeLessThan(1000);
    server.close();
  });

  it('a sparse giant is told', async () => {
    const folder = fresh('sparse');
    writeFileSync(join(folder, 'giant'), '');
    truncateSync(join(folder, 'giant'), 2 ** 40);
    const { giant } = await read(folder, { memberBytes: Number.POSITIVE_INFINITY });
    expect(giant).toBe('"giant" is a sparse file, most of which is holes');
  });

  it.skipIf(process.getuid?.() !== 0)('a hard link to a file of another user is told (needs root)', async () => {
    const folder = fresh('hard');
    const secret = join(root, 'secret');
    writeFileSync(secret, 'secret');
    linkSync(secret, join(folder, 'link'));
    expect(await read(folder)).toEqual({ link: 'secret' });
    chownSync(secret, 65534, 65534);
    expect(await read(folder)).toEqual({ link: '"link" is a hard link to a file of another user, which is not read' });
  });

  it('what is turned into a link while it is read leads nowhere', async () => {
    const folder = fresh('race');
    mkdirSync(join(folder, 'a'));
    mkdirSync(join(folder, 'b'));
    for (const name of ['a/one', 'b/hosts']) writeFileSync(join(folder, name), 'ours');
    const seen: Record<string, string | null> = {};
    for await (const { path, refused } of folderMembers(folder)) {
      seen[path] = refused;
      rmSync(join(folder, 'b'), { recursive: true, force: true });
      symlinkSync('/etc', join(folder, 'b'));
    }
    expect(seen).toEqual({ 'a/one': null, b: expect.stringContaining('is not read: ') });
  });

  it('no more entries than were asked for', async () => {
    const folder = fresh('many');
    for (let at = 0; at < 20; at += 1) writeFileSync(join(folder, `f${10 + at}`), 'x');
    const texts = await read(folder, { members: 10 });
    expect(Object.keys(texts)).toHaveLength(11);
    expect(texts['f20']).toBe('"f20" is behind the first 10 entries of the folder');
  });

  it('a file in place of a folder, and no folder, are one sentence', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(read(join(root, 'file'))).rejects.toThrow('it cannot be read: it is no folder');
    await expect(read(join(root, 'none'))).rejects.toThrow('it cannot be read: ');
  });
});

const reason = noMounts('mount', 'umount');
describe.skipIf(reason !== null)(`a folder with a mount in it${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const place = ground();
  afterAll(() => place.remove());

  it('the mount is told and not looked at', async () => {
    const mount = place.mount('in it', '-t', 'tmpfs', 'tmpfs');
    writeFileSync(join(mount, 'x'), 'x');
    expect(await read(place.root)).toEqual({ 'in it': '"in it" is another file system, which is not read' });
  });
});
