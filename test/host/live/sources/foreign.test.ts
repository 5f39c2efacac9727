import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileSystems } from '../../../../src/host/child/file-systems.ts';
import { fileSource, MOST_OF_FILE } from '../../../../src/host/live/sources/foreign.ts';
import { patience } from '../../../../src/host/live/sources/patience.ts';
import { readSource } from '../../../support/read-source.ts';

const inFolder = (): ((name: string) => string) => {
  const folder = mkdtempSync(join(tmpdir(), 'foreign-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return (name) => join(folder, name);
};
const read = (file: string, waits = 3000) =>
  readSource(fileSource({ path: 'x', part: 'host', file, form: 'text', priority: 1 }, patience('disks', waits)));

describe('a file of this host', () => {
  it('is read byte for byte, through links, and empty where it is', async () => {
    const at = inFolder();
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    writeFileSync(at('binary'), bytes);
    symlinkSync('binary', at('link'));
    writeFileSync(at('empty'), '');
    expect(await read(at('binary'))).toEqual({ bytes, state: 'whole', reason: null });
    expect(await read(at('link'))).toEqual({ bytes, state: 'whole', reason: null });
    expect(await read(at('empty'))).toMatchObject({ state: 'empty' });
    expect((await read('/proc/version')).bytes.toString()).toContain('Linux');
  });

  it('is its newest bytes where it is large, also where it is sparse', async () => {
    const at = inFolder();
    writeFileSync(at('large'), '');
    truncateSync(at('large'), 100 * 2 ** 30);
    appendFileSync(at('large'), 'the end');
    const { bytes, state, reason } = await read(at('large'));
    expect([state, bytes.length, bytes.subarray(-7).toString()]).toEqual(['cut', MOST_OF_FILE, 'the end']);
    expect(reason).toContain(`the newest ${MOST_OF_FILE} bytes of`);
  });

  it('waits for no FIFO, opens no device and no folder, and tells what is not there', async () => {
    const at = inFolder();
    execFileSync('mkfifo', [at('fifo')]);
    const from = performance.now();
    expect(await read(at('fifo'))).toMatchObject({ state: 'failed', reason: 'it is not a regular file' });
    expect(await read('/dev/zero')).toMatchObject({ state: 'failed', reason: 'it is not a regular file' });
    expect(await read(at('.'))).toMatchObject({ state: 'failed', reason: 'it is a folder' });
    expect(await read(at('none'))).toMatchObject({ state: 'absent', reason: expect.stringContaining('ENOENT') });
    symlinkSync('loop', at('loop'));
    expect(await read(at('loop'))).toMatchObject({ state: 'failed', reason: expect.stringContaining('ELOOP') });
    expect(performance.now() - from).toBeLessThan(5000);
  });

  it.skipIf(process.getuid?.() === 0)('is denied to whoever may not read it (not as root)', async () => {
    expect(await read('/etc/shadow')).toMatchObject({ state: 'denied', reason: expect.stringContaining('EACCES') });
  });

  it('is told of a file system at a time, so that one that hangs costs the others nothing', async () => {
    const told: string[] = [];
    const sizes = await fileSystems(['/', '/nowhere'], ({ note }) => void told.push(note));
    expect(told).toEqual(sizes.map((size) => JSON.stringify(size)));
    expect(sizes[0]).toMatchObject({ path: '/', why: null, size: expect.any(Number) });
    expect(sizes[1]).toMatchObject({ size: null, why: expect.stringContaining('ENOENT') });
  });
});
