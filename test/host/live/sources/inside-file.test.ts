import { pack } from 'tar-stream';
import { afterEach, describe, expect, it } from 'vitest';
import { openInsideFile } from '../../../../src/host/live/sources/inside-file.ts';
import { patience } from '../../../../src/host/live/sources/patience.ts';
import { sourceOf } from '../../../../src/host/live/sources/source-of.ts';
import { readSource } from '../../../support/read-source.ts';
import { answer, type StandIn, standInEngine } from '../../../support/stand-in-engine.ts';

// Files inside containers by a stand-in's archive of them.

let engine: StandIn | null = null;
let asked: string[] = [];
afterEach(async () => {
  await engine?.stop();
  engine = null;
});

const withArchive = async (act: Parameters<typeof standInEngine>[0]) => {
  asked = [];
  engine = await standInEngine((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.on('error', () => {});
    act(request, response);
  });
};

type Entry = Parameters<ReturnType<typeof pack>['entry']>[0];

const withFile = (header: Entry, content = '') =>
  withArchive((_, response) => {
    const tar = pack();
    tar.entry(header, content);
    tar.entry({ name: 'another.log' }, 'not asked for');
    tar.finalize();
    tar.on('error', () => {}).pipe(response);
  });

const planned = {
  path: 'x',
  part: 'webapp-logs',
  collector: 'docker archive',
  origin: 'x',
  form: 'auto',
  priority: 2,
} as const;
const read = (most: number, path = '/var/log/whatsapp/web.log', waits = 5000) =>
  readSource(
    sourceOf(planned, (signal) => {
      const way = { kind: 'socket', path: engine?.path ?? '' } as const;
      return openInsideFile({ way, patience: patience('it', waits) }, { id: 'abc', path, most }, signal);
    }),
  );

describe('a file inside a container', () => {
  it('is the first of its archive, whole', async () => {
    await withFile({ name: 'web.log' }, 'one\ntwo');
    expect(await read(100)).toEqual({ bytes: Buffer.from('one\ntwo'), state: 'whole', reason: null });
    expect(asked).toEqual(['GET /containers/abc/archive?path=%2Fvar%2Flog%2Fwhatsapp%2Fweb.log']);
  });

  it('is its newest lines where it is larger than wanted', async () => {
    const lines = Array.from({ length: 50_000 }, (_, nth) => `line ${nth}`);
    await withFile({ name: 'web.log' }, lines.join('\n'));
    const { bytes, state, reason } = await read(10_000);
    const [marker, ...kept] = bytes.toString().split('\n');
    expect([state, marker]).toEqual(['cut', `[wa-preflight: ${reason}]`]);
    expect(reason).toBe('there is more of it: the newest 10 KiB of 527 KiB are here');
    expect(kept).toEqual(lines.slice(-kept.length));
    expect(bytes.length).toBeGreaterThan(9900);
    expect(bytes.length).toBeLessThan(10_100);
  });

  it('is reached behind hundreds of MiB, without holding them', async () => {
    const [size, zeros] = [300 << 20, Buffer.alloc(1 << 20)];
    await withArchive((_, response) => {
      const tar = pack();
      const entry = tar.entry({ name: 'sparse.log', size });
      const last = Buffer.from('\nthe end'.padStart(zeros.length, '\0'));
      const more = (left: number): void => {
        const taken = left === 0 || entry.write(left === 1 ? last : zeros);
        if (left === 0) entry.end(last.subarray(0, 0));
        else if (taken) setImmediate(more, left - 1);
        else entry.once('drain', () => more(left - 1));
      };
      more(300);
      tar.on('error', () => {}).pipe(response);
    });
    const before = process.memoryUsage().rss;
    const { bytes, state } = await read(1000, '/sparse.log', 20_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 << 20);
    expect([state, bytes.toString().split('\n').at(-1)]).toEqual(['cut', 'the end']);
  });

  it.each([
    [{ name: 'web.log', type: 'symlink', linkname: '/etc/shadow' }, 'a link'],
    [{ name: 'web.log', type: 'fifo' }, 'a FIFO'],
    [{ name: 'web.log', type: 'character-device', devmajor: 1, devminor: 5 }, 'a device'],
    [{ name: 'web.log', type: 'directory' }, 'a folder'],
    [{ name: 'web.log', type: 'link', linkname: 'etc/shadow' }, 'a hard link'],
  ] as const)('is none that is no regular file: %o', async (header, word) => {
    await withFile(header as Entry);
    expect(await read(100)).toMatchObject({ state: 'absent', reason: expect.stringContaining(`it is ${word}:`) });
    expect(asked).toHaveLength(1);
  });

  it('says so where it is empty, gone, or no tar at all', async () => {
    await withFile({ name: 'web.log' });
    expect(await read(100)).toMatchObject({ state: 'empty' });
    await engine?.stop();
    await withArchive((_, response) => answer(response, { message: 'Could not find the file' }, 404));
    expect(await read(100)).toMatchObject({ state: 'absent', reason: expect.stringContaining('Could not find') });
    await engine?.stop();
    await withArchive((_, response) => void response.end('x'.repeat(2000)));
    expect(await read(100)).toMatchObject({ state: 'failed' });
    await engine?.stop();
    await withArchive((_, response) => void response.end());
    expect(await read(100)).toMatchObject({ state: 'failed', reason: expect.stringContaining('no tar') });
  });

  it('is what came of it where it breaks off', async () => {
    await withArchive((_, response) => {
      const tar = pack();
      const entry = tar.entry({ name: 'web.log', size: 1000 });
      entry.on('error', () => {}).write('begun\n');
      tar.on('error', () => {}).pipe(response);
      setTimeout(() => response.destroy(), 50);
    });
    const { bytes, state, reason } = await read(2000);
    expect([state, bytes.toString()]).toEqual(['cut', 'begun\n']);
    expect(reason).toMatch(/^it broke off after 1 KiB: /);
  });

  it('is given up where the Engine falls silent before its newest bytes', async () => {
    await withArchive((_, response) => {
      const tar = pack();
      const entry = tar.entry({ name: 'web.log', size: 1 << 30 });
      entry.on('error', () => {}).write(Buffer.alloc(1000));
      tar.on('error', () => {}).pipe(response);
    });
    const { state, reason } = await read(100, '/x.log', 700);
    expect(state).toBe('timed-out');
    expect(reason).toMatch(
      /^its newest bytes were not reached, it holds 1024\.0 MiB: the Docker Engine gave no answer/,
    );
  });
});
