import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isAlive, thisProcess } from '../../../src/host/live/process-identity.ts';
import { hostStatx } from '../../../src/host/live/statx.ts';

const folder = mkdtempSync(join(tmpdir(), 'statx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const signal = () => new AbortController().signal;
const place = () => mkdtempSync(join(folder, 'place-'));
const deadPid = async (): Promise<number> => {
  const child = spawn('true');
  await once(child, 'exit');
  return child.pid ?? 0;
};

const linux = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);
const root = process.getuid?.() === 0;

describe.skipIf(!linux)('statx on this host (Linux on x86-64 or arm64)', () => {
  it('works here, and leaves nothing', async () => {
    const at = place();
    expect(await hostStatx(signal(), false, [at])).toEqual({ errno: 0, reason: null });
    expect(readdirSync(at)).toEqual([]);
  });
  it('works many times at once, while other programs are being started', async () => {
    const at = place();
    const answers = await Promise.all(Array.from({ length: 12 }, () => hostStatx(signal(), false, [at])));
    expect(new Set(answers.map(({ errno }) => errno))).toEqual(new Set([0]));
    expect(readdirSync(at)).toEqual([]);
  });
  it('goes on to the next folder, and says why where none does', async () => {
    const none = join(folder, 'none');
    expect(await hostStatx(signal(), false, [none, place()])).toEqual({ errno: 0, reason: null });
    expect(await hostStatx(signal(), false, [none])).toEqual({
      errno: null,
      reason: `no folder lets a program be written and run: ${none} (ENOENT)`,
    });
  });
  it.skipIf(!root)('goes on where programs may not run (needs root to mount a tmpfs)', async (context) => {
    const at = place();
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'noexec,size=1m', 'none', at]).status !== 0)
      return context.skip('mount is not allowed here');
    try {
      expect(await hostStatx(signal(), false, [at])).toMatchObject({
        errno: null,
        reason: expect.stringContaining('EACCES'),
      });
      expect(await hostStatx(signal(), false, [at, place()])).toEqual({ errno: 0, reason: null });
      expect(readdirSync(at)).toEqual([]);
    } finally {
      spawnSync('umount', [at]);
    }
  });
  it('is left out by --quick', async () => {
    expect(await hostStatx(signal(), true, [place()])).toEqual({ errno: null, reason: 'left out by --quick' });
  });
  it('sweeps what dead runs left, and nothing else', async () => {
    const at = place();
    const dead = await deadPid();
    const make = (name: string, file: string) => {
      mkdirSync(join(at, name));
      writeFileSync(join(at, name, file), '');
    };
    make(`wa-preflight-${dead}-abcDEF`, 'statx');
    make(`wa-preflight-${process.ppid}-abcDEF`, 'statx');
    make(`wa-preflight-${dead}-ghiJKL`, 'not-ours');
    make(`other-${dead}-abcDEF`, 'statx');
    await hostStatx(signal(), false, [at]);
    expect(readdirSync(at).sort()).toEqual(
      [`other-${dead}-abcDEF`, `wa-preflight-${dead}-ghiJKL`, `wa-preflight-${process.ppid}-abcDEF`].sort(),
    );
  });
  it('leaves nothing when it is cancelled', async () => {
    const at = place();
    const stop = new AbortController();
    stop.abort(new Error('cancelled'));
    await expect(hostStatx(stop.signal, false, [at])).rejects.toThrow('cancelled');
    expect(readdirSync(at)).toEqual([]);
  });
  it('tells a process from a later one of the same number', () => {
    const { pid, since, origin } = thisProcess();
    expect(isAlive(pid, since)).toBe(true);
    expect(isAlive(pid)).toBe(true);
    expect(isAlive(pid, '1')).toBe(false);
    expect(origin).toMatch(/^[\w.-]{20,}$/);
  });
});
