import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textInside } from '../../../../src/host/child/network/foreign-root.ts';

const elsewhere = process.platform === 'linux' ? null : 'not Linux';

describe.skipIf(elsewhere)(`a file below a foreign root (${elsewhere ?? 'real files'})`, () => {
  let base: string;
  let root: string;
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'foreign-'));
    root = join(base, 'root');
    mkdirSync(join(root, 'etc/deep'), { recursive: true });
    mkdirSync(join(root, 'run/names'), { recursive: true });
    writeFileSync(join(base, 'secret'), 'of the host');
    writeFileSync(join(root, 'etc/hosts'), '127.0.0.1 localhost\n');
    writeFileSync(join(root, 'run/names/resolv.conf'), 'nameserver 192.0.2.1\n');
    writeFileSync(join(root, 'secret'), 'of the container');
    writeFileSync(join(root, 'etc/empty'), '');
    writeFileSync(join(root, 'etc/edge'), '');
    truncateSync(join(root, 'etc/edge'), 64 * 1024);
    writeFileSync(join(root, 'etc/large'), '');
    truncateSync(join(root, 'etc/large'), 64 * 1024 + 1);
    execFileSync('mkfifo', [join(root, 'etc/fifo')]);
    const links: Record<string, string> = {
      relative: '../run/names/resolv.conf',
      absolute: '/run/names/resolv.conf',
      throughFolder: '/runs/names/resolv.conf',
      upAndOut: '../../../../../../secret',
      hostPath: join(base, 'secret'),
      dangling: 'nothing',
      circle: 'circle',
      toFifo: 'fifo',
      toFolder: 'deep',
    };
    for (const [name, to] of Object.entries(links)) symlinkSync(to, join(root, 'etc', name));
    symlinkSync('run', join(root, 'runs'));
    symlinkSync('/', join(root, 'etc/deep/top'));
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it.each([
    ['/etc/hosts', '127.0.0.1 localhost\n'],
    ['etc/../etc/./hosts', '127.0.0.1 localhost\n'],
    ['/etc/empty', ''],
    ['/etc/relative', 'nameserver 192.0.2.1\n'],
    ['/etc/absolute', 'nameserver 192.0.2.1\n'],
    ['/etc/throughFolder', 'nameserver 192.0.2.1\n'],
    ['/etc/deep/top/etc/hosts', '127.0.0.1 localhost\n'],
    ['/../../secret', 'of the container'],
  ])('%s is read', (path, text) => {
    expect(textInside(root, path)).toBe(text);
  });
  it('stays below the root where a link leads above it', () => {
    expect(textInside(root, '/etc/upAndOut')).toBe('of the container');
    expect(textInside(root, '/etc/hostPath')).toBeNull();
  });
  it.each(['/etc/nothing', '/etc/dangling', '/nowhere/hosts', '/etc/hosts/below'])('%s is none', (path) => {
    if (path === '/etc/hosts/below') expect(() => textInside(root, path)).toThrow('is not a regular file');
    else expect(textInside(root, path)).toBeNull();
  });
  it.each(['/etc/fifo', '/etc/toFifo', '/etc/deep', '/etc/toFolder', '/', '/dev/null'])('%s is refused', (path) => {
    const from = path === '/dev/null' ? '/' : root;
    expect(() => textInside(from, path)).toThrow('is not a regular file');
  });
  it('refuses what is too large, and what leads in circles', () => {
    expect(textInside(root, '/etc/edge')).toHaveLength(64 * 1024);
    expect(() => textInside(root, '/etc/large')).toThrow('holds more than 64 KiB');
    expect(() => textInside(root, '/etc/circle')).toThrow('leads in circles');
  });
  it('reads nothing of /proc, where reading may take things away', () => {
    expect(textInside('/', '/proc/self/status')).toBe('');
  });
  it('keeps no file open, whatever came of it', () => {
    const open = () => readdirSync('/proc/self/fd').length;
    const before = open();
    for (const path of ['/etc/hosts', '/etc/relative', '/etc/circle', '/etc/fifo', '/etc/nothing', '/etc/large'])
      try {
        textInside(root, path);
      } catch {
        // What it says is looked at above.
      }
    expect(open()).toBe(before);
  });
});
