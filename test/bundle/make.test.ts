import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeBundle } from '../../src/bundle/make.ts';
import { SecretLeft } from '../../src/bundle/secret-left.ts';
import { verifyBundle } from '../../src/bundle/verify.ts';
import { SourceError } from '../../src/host/source.ts';
import { CANARY, cleanerThat, makingIn, membersIn, newFolder, textOf } from './making.ts';

let folder = '';
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const verified = (name: string) =>
  verifyBundle(join(folder, name), {
    sidecar: readFileSync(join(folder, `${name}.sha256`), 'utf8'),
    key: null,
    scan: null,
  });
const states = (files: readonly { readonly path: string; readonly state: string }[]) =>
  Object.fromEntries(files.map(({ path, state }) => [path, state]));
const log = (lines: number, word = 'status'): string =>
  Array.from({ length: lines }, (_, at) => `2026-11-20T07:00:00Z INFO ${word} ${at} ${(at * 7919) % 10_007}\n`).join(
    '',
  );

describe('a bundle', () => {
  it('stands in its order, is whole, and verifies', async () => {
    const made = await makeBundle(
      makingIn(folder, [textOf('network/a.txt', `password ${CANARY} end\n`), textOf('host/b.log', 'one\ntwo\n')]),
    );
    const members = await membersIn(join(folder, 'b.zip'));
    expect([...members.keys()]).toEqual([
      ...['summary.html', 'README.txt', 'manifest.json', 'ticket.txt', 'redaction/report.json'],
      ...['redaction/rules.json', 'host/b.log', 'network/a.txt', 'errors.json', 'collector.log'],
    ]);
    expect(members.get('host/b.log')?.toString()).toBe('one\ntwo\n');
    expect(Buffer.concat([...members.values()]).includes(CANARY)).toBe(false);
    expect(made.manifest.complete).toBe(true);
    expect((await verified('b.zip')).changes).toEqual([]);
    expect(statSync(join(folder, 'b.zip')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['b.zip', 'b.zip.sha256']);
  });

  it('is the same bytes from the same input', async () => {
    const sources = [textOf('host/b.log', log(1000))];
    // Rows tell when they were collected, to the millisecond: the rest of the archive is compared.
    const once = async () => {
      await makeBundle(makingIn(folder, sources));
      const members = await membersIn(join(folder, 'b.zip'));
      for (const name of readdirSync(folder)) rmSync(join(folder, name));
      return [...members].filter(([path]) => !['manifest.json', 'collector.log', 'summary.html'].includes(path));
    };
    expect(await once()).toEqual(await once());
  });

  it('is never written over another file', async () => {
    writeFileSync(join(folder, 'b.zip'), 'mine');
    await expect(makeBundle(makingIn(folder, [textOf('host/b.log', 'x\n')]))).rejects.toThrow(/is there already/);
    expect(readFileSync(join(folder, 'b.zip'), 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(['b.zip']);
  });

  it('goes into several files that open on their own where one is too small', async () => {
    const noise = (from: number) =>
      Array.from({ length: 90_000 }, (_, at) => `${Math.imul(at + from, 2_654_435_761) >>> 0}\n`).join('');
    const sources = [0, 1, 2, 3].map((at) =>
      textOf(`app/coreapp/c${at}/container.log`, noise(at * 1e6), { part: 'coreapp-logs', priority: 4 }),
    );
    const made = await makeBundle(makingIn(folder, sources, { maxSize: 1e6 }));
    expect(made.volumes.length).toBeGreaterThan(1);
    const files: string[] = [];
    for (const { path, bytes } of made.volumes) {
      expect(bytes).toBeLessThanOrEqual(1e6);
      const name = path?.split('/').at(-1) ?? '';
      expect((await verified(name)).changes).toEqual([]);
      const members = await membersIn(join(folder, name));
      files.push(...[...members.keys()].filter((one) => one.startsWith('app/')));
      expect(JSON.parse(members.get('manifest.json')?.toString() ?? '').files.length).toBe(made.manifest.files.length);
      expect(members.get('README.txt')?.toString()).toContain(`of ${made.volumes.length}`);
    }
    expect(files.sort()).toEqual(sources.map(({ path }) => path));
  });

  it('cuts a log to its newest part at a line end where there is no room, and says so in both places', async () => {
    const making = makingIn(folder, [textOf('host/b.log', log(60_000), { priority: 4 })], { most: 1_500_000 });
    const { manifest } = await makeBundle(making);
    const text = (await membersIn(join(folder, 'b.zip'))).get('host/b.log')?.toString() ?? '';
    const [first = '', second = ''] = text.split('\n');
    expect(first).toMatch(/^\[wa-preflight: \d+ bytes before this line did not fit into the bundle\]$/);
    expect(second).toMatch(/^2026-11-20T07:00:00Z INFO status \d+ \d+$/);
    expect(text.endsWith(log(60_000).slice(-100))).toBe(true);
    expect(manifest.files.find(({ path }) => path === 'host/b.log')).toMatchObject({ state: 'cut' });
    expect(manifest.complete).toBe(true);
  });

  it('has a row for a file that finds no room, and is not complete then', async () => {
    const json = textOf('host/large.json', `[${'1,'.repeat(50_000)}1]`, { form: 'json', priority: 4 });
    const { manifest } = await makeBundle(makingIn(folder, [textOf('host/a.log', 'x\n'), json], { most: 50_000 }));
    expect(states(manifest.files)).toMatchObject({ 'host/a.log': 'whole', 'host/large.json': 'no-room' });
    expect(manifest.complete).toBe(false);
  });
});

describe('what a bundle lacks', () => {
  const failing = (path: string, error: Error) => textOf(path, '', { open: () => Promise.reject(error) });

  it('is a row with a state and a reason each, and an error of the source is no end', async () => {
    const { manifest } = await makeBundle(
      makingIn(
        folder,
        [
          failing('host/denied', new SourceError('denied', 'permission denied')),
          failing('host/gone', new SourceError('absent', 'there is no such file')),
          failing('host/bug', new TypeError('x is not a function')),
          textOf('host/hangs', '', { open: () => new Promise(() => {}) }),
          textOf('host/empty', ''),
          textOf('journal/j.log', 'x\n', { part: 'journal' }),
        ],
        { patience: 150, isWanted: ({ part }) => part !== 'journal' },
      ),
    );
    expect(states(manifest.files)).toMatchObject({
      ...{ 'host/denied': 'denied', 'host/gone': 'absent', 'host/bug': 'failed', 'host/hangs': 'timed-out' },
      ...{ 'host/empty': 'empty', 'journal/j.log': 'left-out' },
    });
    expect(manifest.complete).toBe(false);
  });

  it('is nothing where it was left out by choice, is not there or is empty', async () => {
    const { manifest } = await makeBundle(
      makingIn(
        folder,
        [
          failing('host/gone', new SourceError('absent', 'there is no such file')),
          textOf('host/empty', ''),
          textOf('journal/j.log', 'x\n', { part: 'journal' }),
        ],
        { isWanted: ({ part }) => part !== 'journal' },
      ),
    );
    expect(manifest.complete).toBe(true);
  });

  it('keeps what came before an error in the middle', async () => {
    const chunks = async function* () {
      yield Buffer.from('one\ntwo\n');
      throw new SourceError('failed', 'EIO');
    };
    const torn = textOf('host/torn.log', '', { open: async () => ({ chunks: chunks(), lacks: () => null }) });
    const { manifest } = await makeBundle(makingIn(folder, [torn]));
    expect(manifest.files.find(({ path }) => path === 'host/torn.log')).toMatchObject({
      ...{ state: 'failed', reason: 'EIO', bytes: 8 },
    });
  });
});

describe('a redactor that throws in its n-th call', () => {
  const sources = Array.from({ length: 6 }, (_, at) => textOf(`host/f${at}.log`, `a ${CANARY} b\n${log(20)}`));
  it.each(Array.from({ length: 9 }, (_, at) => at + 1))('n = %i: a stub, a whole archive, incomplete', async (n) => {
    const { manifest } = await makeBundle(makingIn(folder, sources, { cleaner: cleanerThat(n) }));
    const withheld = manifest.files.filter(({ state }) => state === 'withheld');
    // Six sources, then errors.json and collector.log: the ninth call never comes.
    expect(withheld.length).toBe(n <= 8 ? 1 : 0);
    expect(manifest.complete).toBe(n > 8);
    expect((await verified('b.zip')).changes).toEqual([]);
    const members = await membersIn(join(folder, 'b.zip'));
    for (const { path } of withheld) {
      expect(path).toMatch(/\.withheld\.txt$/);
      expect(members.get(path)?.toString()).toMatch(/left out of the bundle: it could not be cleaned/);
    }
    expect(Buffer.concat([...members.values()]).includes(CANARY)).toBe(false);
  });
});

describe('nothing is written, and nothing left', () => {
  it('where the second scan finds something', async () => {
    const leaky = { ...cleanerThat(), prove: () => Promise.reject(new SecretLeft('summary.html: a rule finds it')) };
    const going = makeBundle(makingIn(folder, [textOf('host/b.log', 'x\n')], { cleaner: leaky }));
    await expect(going).rejects.toThrow(SecretLeft);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([0, 3, 30, 60])('where it is stopped after %i ms', async (ms) => {
    const stop = new AbortController();
    const slow = async function* () {
      for (let at = 0; at < 100; at += 1) {
        await new Promise((done) => setTimeout(done, 5));
        yield Buffer.from(log(5000));
      }
    };
    const source = textOf('host/slow.log', '', { open: async () => ({ chunks: slow(), lacks: () => null }) });
    setTimeout(() => stop.abort(new Error('stopped')), ms);
    const since = performance.now();
    await expect(makeBundle(makingIn(folder, [source], { signal: stop.signal }))).rejects.toThrow('stopped');
    expect(performance.now() - since).toBeLessThan(2000);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('where the folder is gone by then', async () => {
    rmSync(folder, { recursive: true });
    await expect(makeBundle(makingIn(folder, [textOf('host/b.log', 'x\n')]))).rejects.toThrow(/could not be written/);
    expect(existsSync(folder)).toBe(false);
  });
});
