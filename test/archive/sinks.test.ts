import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fileSink } from '../../src/archive/file-sink.ts';
import { memorySink } from '../../src/archive/memory-sink.ts';
import { partialPath } from '../../src/archive/partial.ts';
import { isAlive, thisProcess } from '../../src/host/live/process-identity.ts';
import { OutputError } from '../../src/output-error.ts';
import { ground, noMounts } from '../host/live/disk/mounted.ts';
import { ROOT } from '../support/command.ts';

const owner = { ...thisProcess(), isAlive };
const root = mkdtempSync(join(tmpdir(), 'sinks-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folder = '';
let at = 0;
beforeEach(() => {
  at += 1;
  folder = join(root, String(at));
  mkdirSync(folder);
});

describe('a file that is to be', () => {
  it('has no name before it is whole, and then mode 0600', async () => {
    const before = process.umask(0);
    try {
      const sink = await fileSink(join(folder, 'a.zip'), owner);
      await sink.write(Buffer.from('hello '));
      await sink.write(Buffer.alloc(600_000, 'x'));
      await sink.write(Buffer.from('end'));
      expect(existsSync(join(folder, 'a.zip'))).toBe(false);
      expect(readdirSync(folder)).toEqual([expect.stringMatching(/^\.a\.zip\.partial-\d+-\d+-[0-9a-f]{12}-\d+$/)]);
      await sink.patch(0, Buffer.from('HELLO'));
      await sink.patch(sink.size() - 3, Buffer.from('END'));
      await sink.finish();
    } finally {
      process.umask(before);
    }
    expect(readdirSync(folder)).toEqual(['a.zip']);
    expect(statSync(join(folder, 'a.zip')).mode & 0o7777).toBe(0o600);
    expect(readFileSync(join(folder, 'a.zip'), 'latin1')).toBe(`HELLO ${'x'.repeat(600_000)}END`);
  });

  it('under a umask that takes everything', async () => {
    const before = process.umask(0o777);
    try {
      const sink = await fileSink(join(folder, 'a'), owner);
      await sink.finish();
    } finally {
      process.umask(before);
    }
    expect(statSync(join(folder, 'a')).mode & 0o7777).toBe(0o600);
  });

  it('a patch over the border of what is written already', async () => {
    const sink = await fileSink(join(folder, 'a'), owner);
    const memory = memorySink(1e7);
    for (const one of [sink, memory]) {
      for (const size of [200_000, 100_000, 300_000, 10]) await one.write(Buffer.alloc(size, 'a'));
      for (const place of [0, 199_998, 255_998, 299_998, 599_998]) await one.patch(place, Buffer.from('12345'));
    }
    expect((await sink.digest()).digest('hex')).toBe((await memory.digest()).digest('hex'));
    await sink.finish();
    expect(readFileSync(join(folder, 'a')).equals(Buffer.concat(memory.pieces()))).toBe(true);
  });

  it('never takes the name of another file, whatever that is', async () => {
    writeFileSync(join(folder, 'a'), 'kept');
    symlinkSync('/nowhere', join(folder, 'l'));
    for (const name of ['a', 'l']) {
      const sink = await fileSink(join(folder, name), owner);
      await sink.write(Buffer.from('x'));
      await expect(sink.finish()).rejects.toThrow('there is such a file already, and it is kept');
    }
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('kept');
    expect(readdirSync(folder).sort()).toEqual(['a', 'l']);
  });

  it('of two that want one name the second is refused', async () => {
    const sinks = await Promise.all([fileSink(join(folder, 'a'), owner), fileSink(join(folder, 'a'), owner)]);
    const ends = await Promise.allSettled(sinks.map((sink) => sink.finish()));
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('leaves nothing when it is given up, at any time', async () => {
    const sink = await fileSink(join(folder, 'a'), owner);
    await sink.write(Buffer.alloc(400_000));
    await sink.abandon();
    await sink.abandon();
    expect(readdirSync(folder)).toEqual([]);
    await expect(sink.write(Buffer.from('x'))).rejects.toBeInstanceOf(OutputError);
    const whole = await fileSink(join(folder, 'b'), owner);
    await whole.finish();
    await whole.abandon();
    expect(readdirSync(folder)).toEqual(['b']);
  });

  it('a name of 255 bytes has a partial file too', async () => {
    const name = `${'é'.repeat(125)}abcde`;
    const sink = await fileSink(join(folder, name), owner);
    await sink.finish();
    expect(readdirSync(folder)).toEqual([name]);
  });

  it('takes away what dead processes of ours left, and nothing else', async () => {
    const dead = { ...owner, pid: 4_194_305 };
    const other = { ...owner, origin: 'another boot' };
    const reused = { ...owner, since: '1' };
    const names = {
      dead: partialPath(join(folder, 'a.zip'), dead, 1),
      reused: partialPath(join(folder, 'b'), reused, 1),
    };
    const kept = {
      alive: partialPath(join(folder, 'c'), { ...owner, pid: 1, since: '' }, 1),
      fresh: partialPath(join(folder, 'd'), other, 1),
    };
    const old = partialPath(join(folder, 'e'), other, 1);
    for (const path of [...Object.values(names), ...Object.values(kept), old]) writeFileSync(path, 'x');
    utimesSync(old, 0, 0);
    mkdirSync(partialPath(join(folder, 'folder'), dead, 1));
    writeFileSync(join(folder, '.a.zip.partial-of-somebody'), '');
    const sink = await fileSink(join(folder, 'f'), owner);
    await sink.finish();
    const left = readdirSync(folder);
    for (const path of [...Object.values(names), old]) expect(existsSync(path), path).toBe(false);
    for (const path of Object.values(kept)) expect(existsSync(path), path).toBe(true);
    expect(left).toHaveLength(5);
  });

  it('is taken away where the process ends without a word', async () => {
    const program = `
      import { fileSink } from '${ROOT}/src/archive/file-sink.ts';
      const sink = await fileSink(process.argv[1], { pid: process.pid, since: '', origin: 'x', isAlive: () => true });
      await sink.write(Buffer.alloc(400000));
      process.exit(3);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, join(folder, 'a')], {
      stdio: 'ignore',
    });
    expect(await new Promise((done) => child.once('exit', done))).toBe(3);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a folder that is not there, or no folder, is one sentence', async () => {
    writeFileSync(join(folder, 'f'), '');
    await expect(fileSink(join(folder, 'none/a'), owner)).rejects.toThrow(
      `${join(folder, 'none/a')} could not be written: the folder does not exist`,
    );
    await expect(fileSink(join(folder, 'f/a'), owner)).rejects.toThrow('what should be its folder is a file');
  });

  it('a folder that vanishes meanwhile is one sentence', async () => {
    const sink = await fileSink(join(folder, 'a'), owner);
    rmSync(folder, { recursive: true });
    await sink.write(Buffer.alloc(10));
    await expect(sink.finish()).rejects.toThrow('the folder does not exist');
  });

  it.skipIf(process.getuid?.() === 0)('a folder of somebody else is one sentence', async () => {
    chmodSync(folder, 0o500);
    await expect(fileSink(join(folder, 'a'), owner)).rejects.toThrow('permission denied');
  });
});

const reason = noMounts('mount', 'umount');
describe.skipIf(reason !== null)(`a full disk${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const place = ground();
  let small = '';
  let sealed = '';
  beforeAll(() => {
    small = place.mount('small', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs');
    sealed = place.mount('sealed', '-t', 'tmpfs', '-o', 'ro', 'tmpfs');
  });
  afterAll(() => place.remove());

  it('leaves nothing, and is one sentence', async () => {
    const sink = await fileSink(join(small, 'a'), owner);
    const write = async () => {
      for (let piece = 0; piece < 40; piece += 1) await sink.write(Buffer.alloc(64 * 1024, 1));
      await sink.finish();
    };
    await expect(write()).rejects.toThrow(`${join(small, 'a')} could not be written: no space is left there`);
    expect(readdirSync(small)).toEqual([]);
  });

  it('a file system that is read-only is one sentence', async () => {
    await expect(fileSink(join(sealed, 'a'), owner)).rejects.toThrow('the file system is read-only');
  });
});

const noStrace = spawnSync('strace', ['-V']).error ? 'no strace here' : null;
describe.skipIf(noStrace !== null)(
  `a file system without hard links${noStrace ? ` (skipped: ${noStrace})` : ''}`,
  () => {
    const program = `
    import { fileSink } from '${ROOT}/src/archive/file-sink.ts';
    const sink = await fileSink(process.argv[1], { pid: process.pid, since: '', origin: 'x', isAlive: () => true });
    await sink.write(Buffer.from(process.argv[2]));
    await sink.finish();`;
    const withoutLinks = (path: string, text: string) => {
      const inject = [
        '-f',
        '-qq',
        '-o',
        '/dev/null',
        '-e',
        'trace=link,linkat',
        '-e',
        'inject=link,linkat:error=EPERM',
      ];
      const node = [process.execPath, '--input-type=module', '-e', program, path, text];
      return spawnSync('strace', [...inject, ...node], { encoding: 'utf8' });
    };

    it('gives the file its name all the same, and to one file alone', () => {
      const path = join(folder, 'a.zip');
      expect(withoutLinks(path, 'first').status).toBe(0);
      const second = withoutLinks(path, 'second');
      expect(second.status).not.toBe(0);
      expect(second.stderr).toContain('there is such a file already, and it is kept');
      expect(readFileSync(path, 'utf8')).toBe('first');
      expect(statSync(path).mode & 0o7777).toBe(0o600);
      expect(readdirSync(folder)).toEqual(['a.zip']);
    });
  },
);

describe('an archive in memory', () => {
  it('is bounded', async () => {
    const sink = memorySink(10);
    await sink.write(Buffer.alloc(10));
    await expect(sink.write(Buffer.alloc(1))).rejects.toBeInstanceOf(OutputError);
  });
});
