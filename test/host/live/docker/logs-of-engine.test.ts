import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { crashLogs, logs as logsShape } from '../../../../src/host/answers/deployment.ts';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import { crashLogs as askCrashLogs } from '../../../../src/host/live/docker/crash-logs.ts';
import { logs as askLogs } from '../../../../src/host/live/docker/logs.ts';
import { noCompiler, removeContainers, WEBAPP } from '../../../support/containers.ts';
import { type Dockerd, noDockerd, startDockerd } from '../../../support/dockerd.ts';
import { loadWriters, runWriter, type Writing } from '../../../support/log-writer.ts';

const missing = noDockerd() ?? noCompiler();
const asking = () => ({ signal: new AbortController().signal, progress: () => {} });
const LOGS = '/usr/local/waent/logs';

describe.skipIf(missing)(`logs of containers under a real Engine (${missing ?? 'real dockerd'})`, () => {
  let dockerd: Dockerd;
  let made: string[] = [];
  beforeAll(async () => {
    dockerd = await startDockerd(null);
    await loadWriters(dockerd);
  }, 60_000);
  afterAll(() => dockerd?.stop());
  afterEach(async () => {
    vi.unstubAllEnvs();
    await removeContainers(dockerd, ...made);
    made = [];
  });

  const run = async (name: string, writing: Writing) => {
    made.push(name);
    await runWriter(dockerd, name, writing);
  };
  const logs = async () => {
    vi.stubEnv('DOCKER_HOST', dockerd.host);
    return logsShape.parse(await askLogs(asking(), dockerAccess()));
  };
  const only = async () => {
    const [one, ...more] = (await logs()).containers;
    expect(more).toEqual([]);
    if (!one) throw new Error('no container was found');
    return one;
  };
  const crashes = async () => {
    vi.stubEnv('DOCKER_HOST', dockerd.host);
    return crashLogs.parse(await askCrashLogs(asking(), dockerAccess())).containers;
  };

  it.each(['json-file', 'local'])(
    'reads both streams of the driver %s, also of a stopped container',
    async (driver) => {
      const words = [
        'out',
        'all is well',
        'err',
        'QSqlError: gone',
        'out',
        '{"code":1011,"title":"Service not ready"}',
      ];
      await run('wacore', { words, driver, ends: true });
      const one = await only();
      expect(one).toMatchObject({
        name: 'wacore',
        role: 'coreapp',
        skipped: null,
        notKept: false,
        lines: 3,
        cut: null,
      });
      expect(one.markers.map(({ marker, count, newest }) => [marker, count, newest])).toEqual(
        expect.arrayContaining([
          ['sql-error', 1, ['QSqlError: gone']],
          ['not-ready', 1, ['{"code":1011,"title":"Service not ready"}']],
        ]),
      );
      const [marker] = one.markers;
      expect(Math.abs(Date.now() - Date.parse(marker?.last ?? ''))).toBeLessThan(60_000);
      expect(one.from).toMatch(/^\d{4}-.*Z$/);
      if (driver === 'json-file') expect(one.size).toBeGreaterThan(100);
      else expect(one.size).toBeNull();
    },
  );

  it('reads a terminal, whose stream has no frames', async () => {
    await run('wacore', {
      words: ['out', 'fine', 'out', 'QSqlError here', 'binary', '1', 'out', ''],
      tty: true,
      ends: true,
    });
    const one = await only();
    expect(one.markers).toMatchObject([{ marker: 'sql-error', count: 1, newest: ['QSqlError here'] }]);
  });

  it.each([
    ['none', {}],
    ['syslog', { 'syslog-address': 'udp://127.0.0.1:9', 'cache-disabled': 'true' }],
  ])('says that the driver %s keeps nothing to be read', async (driver, options) => {
    await run('wacore', { words: ['out', 'QSqlError'], driver, options, ends: true });
    const one = await only();
    expect(one).toMatchObject({ notKept: true, lines: 0, markers: [], read: 0 });
    expect(one.skipped).toContain('configured logging driver does not support reading');
  });

  it.each([false, true])(
    'holds a line of 20 MB, and reads what stands behind it (terminal: %s)',
    async (tty) => {
      const before = process.memoryUsage().rss;
      await run('wacore', {
        words: ['part', 'QSqlError ', 'long', '20000000', 'out', '', 'out', 'deadlock found'],
        tty,
        ends: true,
      });
      const one = await only();
      expect(process.memoryUsage().rss - before).toBeLessThan(150 << 20);
      expect(one).toMatchObject({ cut: null, skipped: null, lines: 2 });
      expect(one.markers.map(({ marker }) => marker)).toEqual(['sql-error', 'sql-deadlock']);
      expect(one.markers[0]?.newest[0]?.length).toBeLessThanOrEqual(302);
    },
    60_000,
  );

  it('puts a line together that Docker keeps in parts', async () => {
    await run('wacore', {
      words: ['long', '20000', 'part', ' QSqlError at the end', 'out', '', 'out', 'next'],
      ends: true,
    });
    const one = await only();
    expect(one).toMatchObject({ lines: 2, cut: null });
    expect(one.markers).toMatchObject([{ marker: 'sql-error', count: 1 }]);
    expect(one.markers[0]?.newest[0]).toContain('QSqlError at the end');
  });

  it('reads bytes that are no text', async () => {
    await run('wacore', { words: ['binary', '1', 'out', ' QSqlError', 'out', 'next'], ends: true });
    const one = await only();
    expect(one.markers).toMatchObject([{ marker: 'sql-error', count: 1 }]);
    expect(JSON.stringify(one)).not.toContain('\\ud');
  });

  it('shows no secret, no number and no message', async () => {
    const env = [
      'WA_DB_PASSWORD=Tr0ub4dor&3',
      'WA_SECRET=0123456789abcdef',
      'WA_DB_HOSTNAME=db-1.internal',
      'SHORT=abc',
    ];
    const lines = [
      'QSqlError: user wa password Tr0ub4dor&3 at db-1.internal',
      'QSqlError url Tr0ub4dor%263 and 0123456789abcdef',
      'QSqlError {"to":"66812345678","text":{"body":"hello \\"dear\\" friend"}} +66 81 234 5678',
    ];
    await run('wacore', { words: lines.flatMap((line) => ['out', line]), env, ends: true });
    const text = JSON.stringify(await only());
    expect(text).toContain('db-1.internal');
    for (const secret of ['Tr0ub4dor', '0123456789abcdef', '6681234', '234 56', 'hello', 'friend'])
      expect(text).not.toContain(secret);
  });

  it('asks for the newest lines, and says that there are older ones', async () => {
    await run('wacore', { words: ['out', 'QSqlError old', 'lines', '20000', 'out', 'deadlock found new'], ends: true });
    const one = await only();
    expect(one).toMatchObject({ lines: 20_000, cut: 'older' });
    expect(one.markers.map(({ marker }) => marker)).toEqual(['sql-deadlock']);
  });

  it('reads a log that grows meanwhile, and ends', async () => {
    await run('wacore', { words: ['grow', '1'] });
    await pause(500);
    const since = performance.now();
    const one = await only();
    expect(performance.now() - since).toBeLessThan(9000);
    expect(one.markers).toMatchObject([{ marker: 'sql-error' }]);
  });

  it('finds crash logs in the folder of a running Coreapp, and of a Webapp nothing', async () => {
    const host = mkdtempSync(join(tmpdir(), 'crash-'));
    try {
      writeFileSync(join(host, 'wa-service-1f-crash.log'), 'x'.repeat(42));
      writeFileSync(join(host, 'core.77'), '');
      writeFileSync(join(host, 'other.log'), '');
      symlinkSync('/etc/passwd', join(host, 'evil-crash.log'));
      utimesSync(join(host, 'core.77'), 1_700_000_000, 1_700_000_000);
      await run('wacore', { words: ['stay', '1'], binds: [`${host}:${LOGS}`] });
      await run('waweb', { image: WEBAPP, words: ['stay', '1'] });
      const [one, ...more] = await crashes();
      expect(more).toEqual([]);
      expect(one).toMatchObject({ name: 'wacore', skipped: null, how: 'folder', cut: false });
      expect(one?.files.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
        { path: `${LOGS}/core.77`, bytes: 0, modifiedAt: '2023-11-14T22:13:20.000Z' },
        { path: `${LOGS}/wa-service-1f-crash.log`, bytes: 42, modifiedAt: expect.stringMatching(/Z$/) },
      ]);
    } finally {
      rmSync(host, { recursive: true, force: true });
    }
  });

  it.each(['', '../../../../../../../../..'])(
    'never leaves the container, where its folder is a link: "%s"',
    async (up) => {
      const host = mkdtempSync(join(tmpdir(), 'crash-'));
      try {
        writeFileSync(join(host, 'evil-crash.log'), 'of the host');
        await run('wacore', { words: ['link', `${up}${host}:${LOGS}`, 'stay', '1'] });
        await pause(300);
        expect(await crashes()).toMatchObject([{ how: 'folder', files: [], skipped: null }]);
      } finally {
        rmSync(host, { recursive: true, force: true });
      }
    },
  );

  it('asks Docker what changed in a stopped Coreapp, and when', async () => {
    const words = ['folder', LOGS, 'file', `${LOGS}/wa-service-2a-crash.log`, 'file', '/core', 'file', '/score'];
    await run('wacore', { words, ends: true });
    const [one] = await crashes();
    expect(one).toMatchObject({ how: 'changes', skipped: null, cut: false });
    expect(one?.files.map(({ path, bytes }) => [path, bytes]).toSorted()).toEqual([
      ['/core', 5],
      [`${LOGS}/wa-service-2a-crash.log`, 5],
    ]);
    expect(Math.abs(Date.now() - Date.parse(one?.files[0]?.modifiedAt ?? ''))).toBeLessThan(60_000);
  });
});
