import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statfsSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ANSWERS } from '../../../../src/host/answers/answers.ts';
import { PROBE } from '../../../../src/host/child/entry.ts';
import type { Progress } from '../../../../src/host/host.ts';
import { permit, readLatency, writeLatency } from '../../../../src/host/live/disk/benchmark.ts';
import { ground, hung, noHangs, noMounts, sh } from './mounted.ts';

const here = ground();
afterAll(() => here.remove());

/** The lock's own name, as the kernel lists it. */
const lockHeld = () => readFileSync('/proc/net/unix', 'latin1').includes('@wa-preflight-benchmark');

// Other tests of this machine may measure too, and the lock is the machine's: wait, and try again.
const PATIENT = { retry: 3 };
beforeEach(async () => {
  for (let tried = 0; tried < 100 && lockHeld(); tried += 1) await pause(100);
});

const asking = { signal: new AbortController().signal, progress: () => {} };

// The benchmark wants a gigabyte free: where even that is missing, nothing of it can be shown.
const { refused } = await permit(asking, here.root, false);
const little = refused ? ` (skipped: ${refused})` : '';

describe.skipIf(refused)(`the benchmark${little}`, PATIENT, () => {
  it('measures appends in five rounds, tells its progress, and leaves nothing', async () => {
    const told: Progress[] = [];
    const started = performance.now();
    const answer = await writeLatency({ ...asking, progress: (progress) => told.push(progress) }, here.root, false);
    expect(ANSWERS.disk['write-latency'].parse(answer)).toEqual(answer);
    const { all, rounds, histogram, strip } = answer.latency;
    expect(answer.bytes).toBeLessThanOrEqual(24 << 20);
    expect(answer.bytes).toBeGreaterThanOrEqual(all.samples * 2300);
    expect(rounds.length).toBeGreaterThanOrEqual(answer.stoppedEarly ? 1 : 5);
    expect(rounds.reduce((sum, { samples }) => sum + samples, 0)).toBe(all.samples);
    expect(histogram.reduce((sum, { count }) => sum + count, 0)).toBe(all.samples);
    expect(Math.max(...strip)).toBe(all.max);
    expect(all.p50).toBeGreaterThan(0);
    expect(told.every(({ done = 2, note }) => done >= 0 && done <= 1 && note?.startsWith('round '))).toBe(true);
    expect(told.length).toBeLessThanOrEqual((performance.now() - started) / 250 + 1);
    expect(readdirSync(here.root)).toEqual([]);
  });

  it('measures random reads, one and sixteen at a time', async () => {
    const answer = await readLatency(asking, here.root, false);
    expect(ANSWERS.disk['read-latency'].parse(answer)).toEqual(answer);
    expect(answer.bytes).toBeLessThanOrEqual(32 << 20);
    expect(answer.iops1).toBeCloseTo(answer.latency.all.samples / answer.latency.seconds);
    if (!answer.stoppedEarly) expect(answer.latency.rounds).toHaveLength(5);
    expect(readdirSync(here.root)).toEqual([]);
  });

  it('is busy while another one runs, and free again when that was killed', async () => {
    const first = spawned(here.root);
    await first.heard;
    await expect(writeLatency(asking, here.root, false)).rejects.toThrow('busy: another run of this tool');
    first.kill();
    await first.ended;
    expect(readdirSync(here.root)).toEqual([]);
    expect(lockHeld()).toBe(false);
  });

  it('ends soon after its parent did, and leaves nothing', async () => {
    const child = spawned(here.root);
    await child.heard;
    const started = performance.now();
    child.stdin.end();
    await child.ended;
    expect(performance.now() - started).toBeLessThan(1000);
    expect(readdirSync(here.root)).toEqual([]);
  });

  it('ends as soon as it is cancelled', async () => {
    const stop = new AbortController();
    const heard = Promise.withResolvers<void>();
    const asked = writeLatency({ signal: stop.signal, progress: () => heard.resolve() }, here.root, false);
    await Promise.race([heard.promise, asked]);
    stop.abort();
    await expect(asked).rejects.toThrow('cancelled');
    await pause(400);
    expect(lockHeld()).toBe(false);
  });

  it('is left out by --quick', async () => {
    expect(await permit(asking, here.root, true)).toEqual({ refused: 'left out by --quick' });
    await expect(readLatency(asking, here.root, true)).rejects.toThrow('left out by --quick');
    await expect(writeLatency(asking, here.root, true)).rejects.toThrow('left out by --quick');
  });
});

/** The measuring child under a program of the test, asked like the tool asks it. */
const spawned = (path: string, ...wrapper: readonly string[]) => {
  const command = [...wrapper, process.execPath, fileURLToPath(PROBE)];
  const child = spawn(command[0] ?? '', command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const heard = Promise.withResolvers<void>();
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
    heard.resolve();
  });
  child.stdin.on('error', () => {});
  child.stdin.write(`${JSON.stringify({ ask: 'write-latency', about: path })}\n`);
  const ended = new Promise<void>((done) => child.on('close', () => done()));
  const answer = async () => {
    await ended;
    return JSON.parse(said.trim().split('\n').at(-1) ?? 'null');
  };
  return { heard: heard.promise, ended, answer, stdin: child.stdin, kill: () => child.kill('SIGKILL') };
};

const noStrace = refused ?? (existsSync('/usr/bin/strace') ? null : 'no strace');
const strace = (calls: string, inject: string) => [
  'strace',
  '-f',
  '-qq',
  '-o',
  '/dev/null',
  '-e',
  `trace=${calls}`,
  '-e',
  `inject=${inject}`,
];

describe.skipIf(noStrace)(`the benchmark under faults${noStrace ? ` (skipped: ${noStrace})` : ''}`, PATIENT, () => {
  it('shows a slow disk: every fdatasync delayed by 20 ms', async () => {
    const child = spawned(here.root, ...strace('fdatasync', 'fdatasync:delay_enter=20000'));
    const { answer } = await child.answer();
    expect(answer.latency.all.p50).toBeGreaterThan(20);
    expect(answer.latency.all.p50).toBeLessThan(26);
    expect(answer.latency.rounds).toHaveLength(5);
  });

  it('stops early on a very slow disk', async () => {
    const child = spawned(here.root, ...strace('fdatasync', 'fdatasync:delay_enter=1100000:when=25+'));
    const started = performance.now();
    const { answer } = await child.answer();
    expect(answer).toMatchObject({ stoppedEarly: true, latency: { all: { max: expect.any(Number) } } });
    expect(answer.latency.all.max).toBeGreaterThan(1100);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it.each([
    ['ENOSPC', 'pwrite64', 'no space is left there'],
    ['EDQUOT', 'pwrite64', 'the quota is used up'],
    ['EIO', 'fdatasync', 'the disk reported an input/output error'],
    ['EROFS', 'openat', 'the file system is read-only'],
    ['EACCES', 'openat', 'permission denied'],
  ])('says %s in one sentence, and leaves nothing', async (code, call, sentence) => {
    const path = here.folder(`fault-${code}`);
    // The folder is opened to be found, to be swept, and then to make a file in it.
    const faults =
      call === 'openat'
        ? [...strace(call, `${call}:error=${code}:when=3+`), '-P', path]
        : strace(call, `${call}:error=${code}:when=100+`);
    const { error } = await spawned(path, ...faults).answer();
    expect(error).toContain(sentence);
    expect(error).not.toContain('\n');
    expect(readdirSync(path)).toEqual([]);
  });

  it('falls back to an unlinked file with a random name, never through a planted link', async () => {
    const path = here.folder('unnamed');
    const victim = join(here.root, 'victim');
    writeFileSync(victim, 'precious');
    symlinkSync(victim, join(path, '.wa-preflight-0123456789abcdef'));
    const old = join(path, '.wa-preflight-fedcba9876543210');
    writeFileSync(old, '');
    utimesSync(old, 1, 1);
    const child = spawned(path, ...strace('openat', 'openat:error=EOPNOTSUPP:when=3'), '-P', path);
    const { answer } = await child.answer();
    expect(answer.method).toContain('unlinked file');
    expect(readdirSync(path)).toEqual(['.wa-preflight-0123456789abcdef']);
    expect(readFileSync(victim, 'utf8')).toBe('precious');
  });
});

const reason = noMounts('mkfs.ext4', 'losetup');
describe.skipIf(reason)(`where the benchmark may not write${reason ? ` (skipped: ${reason})` : ''}`, PATIENT, () => {
  it.each([
    ['a tmpfs of 8 MiB', '8m', /^only 0\.0 GB are available in .*, and 1\.2 GB are needed/],
    ['a tmpfs of 1200 MiB', '1200m', null],
  ])('%s', async (name, size, sentence) => {
    const path = here.mount(name, '-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'none');
    const { refused } = await permit(asking, path, false);
    if (sentence === null) return expect(refused).toBeNull();
    expect(refused).toMatch(sentence);
    await expect(writeLatency(asking, path, false)).rejects.toThrow(sentence);
    expect(readdirSync(path)).toEqual([]);
  });

  it('a file system with less than 5 % available', async () => {
    const image = here.image('filled.img', 40_000);
    sh('mkfs.ext4', '-qF', '-m', '0', image);
    const path = here.mount('filled', '-o', 'loop', image);
    const { bavail, bsize } = statfsSync(path);
    sh('fallocate', '-l', String(bavail * bsize - 1.5e9), join(path, 'much'));
    expect((await permit(asking, path, false)).refused).toMatch(/^only 3\.\d % of the file system are available/);
  });

  it('a read-only file system', async () => {
    const path = here.mount('ro', '-t', 'tmpfs', '-o', 'ro,size=2g', 'none');
    expect((await permit(asking, path, false)).refused).toContain('the file system is read-only');
  });
});

const cannot = noHangs();
describe.skipIf(cannot)(`the benchmark on a mount that hangs${cannot ? ` (skipped: ${cannot})` : ''}`, () => {
  it('is given up, the reason told', { timeout: 20_000 }, async () => {
    const point = await hung(here);
    const started = performance.now();
    await expect(writeLatency(asking, join(point, 'x'), false)).rejects.toThrow(
      /did not end its benchmark within 9 s \(fuse/,
    );
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('the lock', PATIENT, () => {
  it('is a name of the kernel: its holder needs no file', async () => {
    const server = createServer().listen({ path: '\0wa-preflight-benchmark' });
    await new Promise((listening) => server.once('listening', listening));
    expect(lockHeld()).toBe(true);
    mkdirSync(join(here.root, 'locked'));
    const asked = writeLatency(asking, join(here.root, 'locked'), false);
    await expect(asked).rejects.toThrow(refused ? 'available' : 'busy');
    await new Promise((closed) => server.close(closed));
    expect(lockHeld()).toBe(false);
  });
});
