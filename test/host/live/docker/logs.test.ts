import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { crashLogs as crashShape, logs as logsShape } from '../../../../src/host/answers/deployment.ts';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import { crashLogs } from '../../../../src/host/live/docker/crash-logs.ts';
import { logs } from '../../../../src/host/live/docker/logs.ts';
import { COREAPP } from '../../../support/containers.ts';
import { answer, type StandIn, standInEngine } from '../../../support/stand-in-engine.ts';

// What an Engine may do to whoever reads logs, by a stand-in: no Engine at all.

const T = '2026-11-22T11:00:00.000000001Z';
const asking = (signal = new AbortController().signal) => ({ signal, progress: () => {} });
const idOf = (at: number) => at.toString(16).padStart(64, '0');

const frame = (text: string, claim = Buffer.byteLength(text)): Buffer => {
  const header = Buffer.alloc(8);
  header[0] = 1;
  header.writeUInt32BE(claim, 4);
  return Buffer.concat([header, Buffer.from(text)]);
};

type Act = (response: ServerResponse, at: number) => void;

let engine: StandIn | null = null;
let asked: string[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await engine?.stop();
  engine = null;
});

/** An Engine with so many Coreapps, whose logs and changes are as they are acted. */
const withEngine = async (
  count: number,
  acts: { readonly logs?: Act; readonly changes?: Act; readonly stat?: Act; readonly logPath?: string },
) => {
  asked = [];
  const listed = Array.from({ length: count }, (_, at) => ({
    ...{
      Id: idOf(at),
      Names: [`/wacore${String(at).padStart(2, '0')}`],
      Image: COREAPP,
      ImageID: 'sha256:1',
      Command: '',
    },
    ...{ State: 'exited', Status: '', Labels: {}, Mounts: [], Ports: [], NetworkSettings: { Networks: {} } },
  }));
  const inspected = (at: number) => ({
    ...{ Id: idOf(at), Name: listed[at]?.Names[0], Image: 'sha256:1', RestartCount: 0, LogPath: acts.logPath ?? '' },
    State: { Status: 'exited', Running: false, Pid: 0, ExitCode: 0, OOMKilled: false, Error: '' },
    ...{ Config: { Image: COREAPP, Env: ['WA_DB_PASSWORD=0123456789'] }, HostConfig: { NetworkMode: 'none' } },
  });
  engine = await standInEngine((request, response) => {
    const url = request.url ?? '';
    const [, id = '', what = ''] = /^\/containers\/([0-9a-f]{64})\/([a-z]+)/.exec(url) ?? [];
    const at = Number.parseInt(id, 16);
    if (what !== 'json') asked.push(`${request.method} ${url}`);
    if (url === '/version') return answer(response, { Version: '28.0.0', ApiVersion: '1.48' });
    if (url.startsWith('/containers/json')) return answer(response, listed);
    if (what === 'json') return answer(response, inspected(at));
    if (what === 'logs' && acts.logs) return acts.logs(response, at);
    if (what === 'changes' && acts.changes) return acts.changes(response, at);
    if (what === 'archive' && acts.stat) return acts.stat(response, at);
    return answer(response, { message: 'no such thing' }, 404);
  });
  vi.stubEnv('DOCKER_HOST', engine.host);
};

const ask = async () => logsShape.parse(await logs(asking(), dockerAccess()));
const askCrashes = async () => crashShape.parse(await crashLogs(asking(), dockerAccess()));
const logRequests = () => asked.filter((one) => one.includes('/logs?'));

/** Writes without an end, as fast as it is taken. */
const endlessly = (response: ServerResponse, chunk: Buffer) => {
  response.writeHead(200);
  const more = () => {
    while (!response.destroyed) if (!response.write(chunk)) return;
  };
  response.on('drain', more).on('error', () => {});
  more();
};

describe('logs of an Engine that is not well', () => {
  it('asks one request of each container, for the last 3 hours', async () => {
    await withEngine(2, { logs: (response) => response.end(frame(`${T} QSqlError 0123456789\n`)) });
    const { containers, notAsked, window } = await ask();
    expect({ notAsked, window }).toEqual({ notAsked: 0, window: 10_800_000 });
    expect(containers.map(({ name, lines, cut }) => [name, lines, cut])).toEqual([
      ['wacore00', 1, null],
      ['wacore01', 1, null],
    ]);
    expect(containers[0]?.markers[0]).toMatchObject({ first: '2026-11-22T11:00:00.000Z', newest: ['QSqlError ***'] });
    expect(logRequests()).toHaveLength(2);
    const since = Number(/since=(\d+)/.exec(logRequests()[0] ?? '')?.[1]);
    expect(Math.abs(Date.now() / 1000 - 10_800 - since)).toBeLessThan(60);
  });

  it('reads no more than so much of a log that never ends, in little memory', async () => {
    const line = frame(`${T} QSqlError and more of the same, again and again\n`);
    await withEngine(3, { logs: (response) => endlessly(response, Buffer.concat(Array(500).fill(line))) });
    const before = process.memoryUsage().rss;
    const since = performance.now();
    const { containers } = await ask();
    expect(performance.now() - since).toBeLessThan(9500);
    for (const one of containers) {
      expect(one).toMatchObject({ skipped: null, cut: 'newer' });
      expect(one.read).toBeLessThan(66 << 20);
      expect(one.markers[0]?.newest).toHaveLength(3);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20);
  });

  it('holds little of a record that claims 4 GiB', async () => {
    const rest = Buffer.alloc(1 << 20, 'x');
    await withEngine(1, {
      logs: (response) => {
        response.writeHead(200);
        response.write(frame(`${T} QSqlError `, 0xffffffff));
        endlessly(Object.assign(response, { writeHead: () => response }), rest);
      },
    });
    const before = process.memoryUsage().rss;
    const [one] = (await ask()).containers;
    expect(one).toMatchObject({ cut: 'newer', lines: 1, markers: [{ marker: 'sql-error', count: 1 }] });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20);
  });

  it('waits for nobody longer than it has time, and loses no other container for it', async () => {
    await withEngine(3, {
      logs: (response, at) => {
        if (at === 0) return;
        response.writeHead(200);
        response.write(frame(`${T} QSqlError\n`));
        if (at === 2) response.end();
      },
    });
    const since = performance.now();
    const { containers } = await ask();
    expect(performance.now() - since).toBeLessThan(9500);
    const [silent, drip, well] = containers;
    expect(silent).toMatchObject({ notKept: false, lines: 0, cut: null });
    expect(silent?.skipped).toContain('did not answer within');
    expect(drip).toMatchObject({ skipped: null, lines: 1, cut: 'newer' });
    expect(well).toMatchObject({ skipped: null, lines: 1, cut: null });
  });

  it('tells why a container gave none', async () => {
    const acts: Record<number, Act> = {
      0: (response) => answer(response, { message: 'can not get logs from container which is dead' }, 409),
      1: (response) => answer(response, { message: 'configured logging driver does not support reading' }, 501),
      2: (response) => response.writeHead(200).end('this is no log at all, is it? '.repeat(10)),
      3: (response) => response.destroy(),
      4: (response) => response.writeHead(200).end(Buffer.from([1, 1, 1, 1, 0, 0, 0, 9])),
      5: (response) => response.writeHead(200).end(),
    };
    await withEngine(6, { logs: (response, at) => acts[at]?.(response, at) });
    const { containers } = await ask();
    expect(containers.map(({ skipped, notKept, lines }) => [skipped, notKept, lines])).toEqual([
      [expect.stringContaining('409: can not get logs'), false, 0],
      [expect.stringContaining('501: configured logging driver'), true, 0],
      // A terminal's stream may be anything.
      [null, false, 1],
      [expect.stringContaining('closed the connection'), false, 0],
      ['what the Docker Engine sent is no log', false, 0],
      [null, false, 0],
    ]);
    expect(containers.map(({ cut }) => cut)).toEqual(Array(6).fill(null));
  });

  it('asks the first 32 containers alone', async () => {
    await withEngine(40, { logs: (response) => response.end(frame(`${T} fine\n`)) });
    const { containers, notAsked } = await ask();
    expect([containers.length, notAsked, logRequests().length]).toEqual([32, 8, 32]);
  });

  it('ends when nobody wants it any more, with one error for all that was going on', async () => {
    await withEngine(1, { logs: () => {}, logPath: '/nowhere/containers/a/a-json.log' });
    const alone = vi.fn();
    process.on('unhandledRejection', alone);
    onTestFinished(() => void process.off('unhandledRejection', alone));
    const stop = new AbortController();
    const asks = logs(asking(stop.signal), dockerAccess());
    // While the measuring process is still starting.
    await vi.waitFor(() => expect(logRequests()).toHaveLength(1), { interval: 2 });
    stop.abort(new Error('cancelled'));
    await expect(asks).rejects.toThrow('cancelled');
    await new Promise((done) => setTimeout(done, 50));
    expect(alone).not.toHaveBeenCalled();
  });

  it('rejects without an Engine', async () => {
    vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/d.sock');
    await expect(logs(asking(), dockerAccess())).rejects.toThrow('gave no answer (absent)');
    await expect(crashLogs(asking(), dockerAccess())).rejects.toThrow('gave no answer (absent)');
  });
});

describe('crash logs by what Docker tells', () => {
  const stat = (response: ServerResponse) =>
    response
      .writeHead(200, {
        'X-Docker-Container-Path-Stat': Buffer.from('{"size":7,"mtime":"2026-11-21T00:00:00Z"}').toString('base64'),
      })
      .end();

  it('are those that were not deleted, and a few of them are looked at', async () => {
    const paths = [
      'a-crash.log',
      'b-crash.log',
      'c-crash.log',
      'd-crash.log',
      'core',
      'core.9',
      'score',
      'core.d/x',
      'x.log',
    ];
    const told = [...paths.map((name) => ({ Path: `/w/${name}`, Kind: 1 })), { Path: '/w/z-crash.log', Kind: 2 }];
    await withEngine(1, { changes: (response) => answer(response, told), stat });
    const [one] = (await askCrashes()).containers;
    expect(one).toMatchObject({ how: 'changes', skipped: null, cut: false });
    expect(one?.files).toEqual([
      ...['a', 'b', 'c'].map((name) => ({
        path: `/w/${name}-crash.log`,
        bytes: 7,
        modifiedAt: '2026-11-21T00:00:00.000Z',
      })),
      ...['d-crash.log', 'core', 'core.9'].map((name) => ({ path: `/w/${name}`, bytes: null, modifiedAt: null })),
    ]);
    expect(asked.filter((one) => one.startsWith('HEAD'))).toHaveLength(3);
  });

  it.each([
    ['no change at all', (response: ServerResponse) => response.end('null'), null],
    ['nonsense', (response: ServerResponse) => response.end('{"a":'), 'makes no sense'],
    ['a refusal', (response: ServerResponse) => answer(response, { message: 'gone' }, 404), '404: gone'],
    ['too much', (response: ServerResponse) => endlessly(response, Buffer.alloc(65_536, ' ')), 'more than 4 MiB'],
    ['silence', () => {}, 'did not answer within 4 s'],
  ])('are told to be unknown after %s', async (_, changes, words) => {
    await withEngine(1, { changes });
    const [one] = (await askCrashes()).containers;
    expect(one?.files).toEqual([]);
    if (words === null) expect(one?.skipped).toBeNull();
    else expect(one?.skipped).toContain(words);
  });

  it('have no time where the header tells none', async () => {
    await withEngine(1, {
      changes: (response) => answer(response, [{ Path: '/core', Kind: 1 }]),
      stat: (response) => response.writeHead(200, { 'X-Docker-Container-Path-Stat': '!!' }).end(),
    });
    expect((await askCrashes()).containers[0]?.files).toEqual([{ path: '/core', bytes: null, modifiedAt: null }]);
  });
});
