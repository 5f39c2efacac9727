import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { openContainerLog, openLogHead } from '../../../../src/host/live/sources/container-log.ts';
import { patience } from '../../../../src/host/live/sources/patience.ts';
import { sourceOf } from '../../../../src/host/live/sources/source-of.ts';
import { at, frame } from '../../../support/log-frames.ts';
import { readSource } from '../../../support/read-source.ts';
import { answer, type StandIn, standInEngine } from '../../../support/stand-in-engine.ts';

// Logs by a stand-in: no Engine at all, which keeps lines and gives the last so many of them.

let engine: StandIn | null = null;
let asked: URL[] = [];
afterEach(async () => {
  await engine?.stop();
  engine = null;
});

const withLog = async (act: (response: ServerResponse, query: URLSearchParams) => void) => {
  asked = [];
  engine = await standInEngine((request, response) => {
    const url = new URL(request.url ?? '', 'http://docker');
    asked.push(url);
    response.on('error', () => {});
    act(response, url.searchParams);
  });
};

/** Gives so many lines, the last `tail` of them, in pieces. */
const keeping =
  (count: number, lineOf: (nth: number) => string) => (response: ServerResponse, query: URLSearchParams) => {
    const from = query.has('tail') ? Math.max(count - Number(query.get('tail')), 0) : 0;
    let nth = from;
    const more = () => {
      while (nth < count) {
        const pieces: Buffer[] = [];
        for (let many = 0; many < 200 && nth < count; many += 1, nth += 1)
          pieces.push(frame(1, `${at(nth)}${lineOf(nth)}\n`));
        if (!response.write(Buffer.concat(pieces))) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  };

const wanted = (most: number) => ({ id: 'a'.repeat(64), since: Date.now() - 1000, until: Date.now(), most });
const way = () => ({ kind: 'socket', path: engine?.path ?? '' }) as const;
const planned = {
  path: 'x',
  part: 'coreapp-logs',
  collector: 'docker logs',
  origin: 'x',
  form: 'log',
  priority: 2,
} as const;
const read = (most: number, open = openContainerLog, waits = 20_000) =>
  readSource(
    sourceOf(planned, (signal) => open({ way: way(), patience: patience('it', waits) }, wanted(most), signal)),
  );

describe('the log of a container', () => {
  it('is whole where it is small, by one question', async () => {
    await withLog(keeping(300, (nth) => `line ${nth}`));
    const { bytes, state } = await read(1 << 20);
    const lines = bytes.toString().split('\n');
    expect([state, lines.length, asked.length]).toEqual(['whole', 301, 1]);
    expect(lines[299]).toMatch(/^2026-.*Z line 299$/);
    const query = Object.fromEntries(asked[0]?.searchParams ?? []);
    expect(query).toMatchObject({ stdout: '1', stderr: '1', timestamps: '1', tail: '5000' });
    expect(query['since']).toMatch(/^\d+\.\d{3}$/);
  });

  it.each([
    [1 << 20, 'held'],
    [6 << 20, 'asked for again'],
  ])('holds its newest lines, %d bytes of them (%s)', async (most) => {
    const count = 200_000;
    await withLog(keeping(count, (nth) => `${nth} ${'z'.repeat(60)}`));
    const { bytes, state, reason } = await read(most);
    const lines = bytes.toString().split('\n');
    expect(state).toBe('cut');
    expect(reason).toMatch(/there is more of it: the newest [\d.]+ [KM]iB are here/);
    expect(lines[0]).toBe(`[wa-preflight: ${reason}]`);
    const first = Number(lines[1]?.split(' ')[1]);
    // No line is missing between the first and the newest one, and none is torn.
    expect(lines.slice(1, -1)).toEqual(
      Array.from({ length: count - first }, (_, nth) => `${at(first + nth)}${first + nth} ${'z'.repeat(60)}`),
    );
    expect(bytes.length).toBeLessThanOrEqual(most + 200);
    expect(bytes.length).toBeGreaterThan(most * 0.98);
  });

  it('takes a line of 20 MB whole', async () => {
    await withLog((response) => {
      response.write(frame(1, at(0)));
      for (let part = 0; part < 1250; part += 1) response.write(frame(1, `${at(0)}${'x'.repeat(16_000)}`));
      response.end(frame(1, `${at(0)}end\n`));
    });
    const { bytes, state } = await read(64 << 20);
    expect([state, bytes.length]).toEqual(['whole', at(0).length + 1250 * 16_000 + 4]);
  });

  it('ends where a log has no end, with the last that came', async () => {
    const chunk = Buffer.concat(Array.from({ length: 500 }, () => frame(1, `${at(1)}endless\n`)));
    await withLog((response) => {
      const more = () => {
        while (!response.destroyed) if (!response.write(chunk)) return;
      };
      response.on('drain', more);
      more();
    });
    const before = process.memoryUsage().rss;
    const from = performance.now();
    const { bytes, state, reason } = await read(1 << 20);
    expect(performance.now() - from).toBeLessThan(10_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 << 20);
    expect(state).toBe('cut');
    expect(reason).toMatch(/^its end was not reached within (8 s|34 MiB): /);
    expect(bytes.length).toBeLessThanOrEqual((1 << 20) + 200);
    expect(bytes.at(-1)).toBe(10);
  });

  it('keeps whole lines of what came before it broke off', async () => {
    await withLog((response) => {
      response.write(Buffer.concat([frame(1, `${at(0)}whole\n`), frame(1, `${at(1)}password=hal`)]));
      setTimeout(() => response.destroy(), 50);
    });
    const { bytes, state, reason } = await read(1 << 20);
    expect(state).toBe('cut');
    expect(bytes.toString()).toBe(`[wa-preflight: ${reason}]\n${at(0)}whole\n`);
  });

  it.each([
    ['is silent', () => {}, 'timed-out', /gave no answer to \/containers\/a+\/logs within 0\.5 s/],
    [
      'is gone',
      (response: ServerResponse) => answer(response, { message: 'No such container' }, 404),
      'absent',
      /404: No such container/,
    ],
    [
      'keeps nothing',
      (response: ServerResponse) =>
        answer(response, { message: 'configured logging driver does not support reading' }, 501),
      'absent',
      /its logging driver keeps nothing/,
    ],
    ['is broken', (response: ServerResponse) => answer(response, { message: 'boom' }, 500), 'failed', /500: boom/],
    ['is empty', (response: ServerResponse) => void response.end(), 'empty', /nothing was written in this time/],
  ])('tells why there is none: it %s', async (_, act, state, reason) => {
    await withLog(act);
    const found = await read(1 << 20, openContainerLog, 500);
    expect(found).toMatchObject({ state, reason: expect.stringMatching(reason) });
    expect(found.bytes.length).toBe(0);
  });

  it('is not waited for any more by an Engine that was silent for long', async () => {
    await withLog(() => {});
    const held = { way: way(), patience: patience('the Docker Engine', 400) };
    const source = sourceOf(planned, (signal) => openContainerLog(held, wanted(10), signal));
    await readSource(source);
    await readSource(source);
    const from = performance.now();
    expect(await readSource(source)).toMatchObject({
      state: 'timed-out',
      reason: expect.stringContaining('was not asked for'),
    });
    expect(performance.now() - from).toBeLessThan(50);
  });

  it('ends at once when it is cancelled', async () => {
    await withLog(() => {});
    const stop = new AbortController();
    const reading = openContainerLog({ way: way(), patience: patience('it', 9000) }, wanted(10), stop.signal);
    setTimeout(() => stop.abort(new Error('stopped')), 50);
    await expect(reading).rejects.toThrow('stopped');
  });
});

describe('the head of a log', () => {
  it('is its first lines, whole ones, and a line that says that there is more', async () => {
    await withLog(keeping(100_000, (nth) => `line ${nth}`));
    const { bytes, state, reason } = await read(10_000, openLogHead);
    const lines = bytes.toString().split('\n');
    expect(state).toBe('cut');
    expect(lines[0]).toBe(`${at(0)}line 0`);
    expect(lines.at(-2)).toBe(`[wa-preflight: ${reason}]`);
    expect(bytes.length).toBeLessThan(10_200);
    expect(asked[0]?.searchParams.has('tail')).toBe(false);
  });

  it('holds nothing of a line that does not fit', async () => {
    await withLog((response) => response.end(frame(1, `${at(0)}${'s'.repeat(20_000)}\n`)));
    expect(await read(10_000, openLogHead)).toMatchObject({ bytes: Buffer.alloc(0), state: 'cut' });
  });
});
