import { appendFileSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import { liveSources } from '../../../../src/host/live/sources/live-sources.ts';
import type { SourceSettings } from '../../../../src/host/live/sources/settings.ts';
import type { Source } from '../../../../src/host/source.ts';
import { noCompiler, removeContainers, WEBAPP } from '../../../support/containers.ts';
import { type Dockerd, noDockerd, startDockerd } from '../../../support/dockerd.ts';
import { loadWriters, runWriter, type Writing } from '../../../support/log-writer.ts';
import { readSource } from '../../../support/read-source.ts';

const missing = noDockerd() ?? noCompiler();
const asking = { signal: new AbortController().signal, progress: () => {} };
const LOGS = '/usr/local/waent/logs';
const SECRET = 'Tr0ub4dor-and-3';

describe.skipIf(missing)(`sources under a real Engine (${missing ?? 'real dockerd'})`, () => {
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
  const collected = (most = 4 << 20) => {
    vi.stubEnv('DOCKER_HOST', dockerd.host);
    const settings: SourceSettings = {
      docker: dockerAccess(),
      access: {} as SourceSettings['access'],
      api: {} as SourceSettings['api'],
      ...{ compose: null, envFile: null, evidence: {}, around: null },
      window: { since: Date.now() - 3_600_000, until: Date.now() + 1000, most },
    };
    return liveSources(settings, asking);
  };
  const read = async (sources: readonly Source[], path: string) => {
    const source = sources.find((one) => one.path === path);
    if (!source) throw new Error(`no ${path} among ${sources.map((one) => one.path).join(' ')}`);
    const { bytes, state, reason } = await readSource(source);
    return { text: bytes.toString('latin1'), state, reason };
  };
  const LOG = 'app/coreapp/wacore/container.log';

  it.each([
    ['json-file', false],
    ['local', false],
    ['json-file', true],
  ])('puts a secret together that was torn between two records (%s, terminal: %s)', async (driver, tty) => {
    const words = ['out', 'before', 'long', '16380', 'part', `${SECRET} and more`, 'out', '', 'out', 'after'];
    await run('wacore', { words, driver, tty, ends: true });
    const { text, state } = await read(await collected(), LOG);
    const lines = text.split(/\r?\n/);
    expect([state, lines.length]).toEqual(['whole', 4]);
    expect(lines[1]).toMatch(new RegExp(`^\\d{4}-[^ ]*Z x{16380}${SECRET} and more$`));
    expect(lines[2]).toMatch(/Z after$/);
  });

  it('takes a line of 20 MB, also from a terminal', async () => {
    for (const tty of [false, true]) {
      const name = `wacore${Number(tty)}`;
      await run(name, { words: ['long', '20000000', 'out', '', 'out', 'behind'], tty, ends: true });
      const { text, state } = await read(await collected(64 << 20), `app/coreapp/${name}/container.log`);
      const [long = '', behind] = text.split(/\r?\n/);
      expect([state, long.replace(/^\S+ /, '').length]).toEqual(['whole', 20_000_000]);
      expect(behind).toMatch(/Z behind$/);
    }
  }, 60_000);

  it.each([512 * 1024, 5 << 20])('holds the newest %d bytes of a log that has more', async (most) => {
    await run('wacore', { words: ['out', 'the oldest', 'lines', '150000', 'out', 'the newest'], ends: true });
    const { text, state, reason } = await read(await collected(most), LOG);
    expect(state).toBe('cut');
    expect(text.startsWith(`[wa-preflight: ${reason}]\n`)).toBe(true);
    expect(text.endsWith('Z the newest\n')).toBe(true);
    expect(text).not.toContain('the oldest');
    expect(text.length).toBeGreaterThan(most * 0.98);
    expect(text.length).toBeLessThan(most + 200);
  });

  it('reads a log that grows meanwhile, and ends', async () => {
    await run('wacore', { words: ['grow', '1'] });
    const from = performance.now();
    const { text, state } = await read(await collected(), LOG);
    expect(performance.now() - from).toBeLessThan(12_000);
    expect(['whole', 'cut']).toContain(state);
    expect(text.endsWith('QSqlError growing\n')).toBe(true);
  });

  it.each([
    ['none', {}],
    ['syslog', { 'syslog-address': 'udp://127.0.0.1:9', 'cache-disabled': 'true' }],
  ])('says that the driver %s keeps nothing', async (driver, options) => {
    await run('wacore', { words: ['out', 'gone'], driver, options, ends: true });
    expect(await read(await collected(), LOG)).toMatchObject({
      state: 'absent',
      reason: expect.stringContaining('keeps nothing'),
    });
  });

  it('tells how a container ended, and what the Engine knows of it', async () => {
    await run('wacore', { words: ['out', 'x'], env: [`WA_DB_PASSWORD=${SECRET}`], ends: true });
    const sources = await collected();
    const restarts = JSON.parse((await read(sources, 'app/coreapp/wacore/restarts.json')).text);
    expect(restarts).toMatchObject({
      name: 'wacore',
      exitCode: 0,
      restartCount: 0,
      oomKilled: false,
      logDriver: 'json-file',
    });
    const inspect = JSON.parse((await read(sources, 'docker/inspect/wacore.json')).text);
    expect(inspect.Config.Env).toContain(`WA_DB_PASSWORD=${SECRET}`);
    for (const path of ['docker/version.json', 'docker/info.json', 'docker/images.json', 'docker/containers.json'])
      expect((await read(sources, path)).state).toBe('whole');
    const events = await read(sources, 'docker/events.log');
    expect(events.text).toContain('"die"');
    for (const line of events.text.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('Action');
  });

  it.each([
    ['running', ['stay', '1']],
    ['stopped', []],
  ])('reads log files inside a container that is %s: regular files alone, the newest of each', async (_, stay) => {
    const host = mkdtempSync(join(tmpdir(), 'inside-'));
    try {
      writeFileSync(join(host, 'wa-service-1f-crash.log'), 'crashed here\n');
      writeFileSync(join(host, 'core.77'), 'what was in memory');
      writeFileSync(join(host, 'sparse.log'), '');
      truncateSync(join(host, 'sparse.log'), 64 << 20);
      writeFileSync(join(host, 'coreapp.log'), Buffer.from('bytes \xff\xfe\n', 'latin1'));
      symlinkSync('/etc/shadow', join(host, 'evil.log'));
      const words = [
        'folder',
        `${LOGS}`,
        'file',
        `${LOGS}/inner.log`,
        'file',
        `${LOGS}/wa-service-2f-crash.log`,
        'fifo',
        `${LOGS}/pipe.log`,
      ];
      // A volume is seen only where the folder is: without, the Engine tells what the container itself wrote.
      const binds = stay.length > 0 ? [`${host}:${LOGS}`] : [];
      await run('wacore', { words: [...words, ...stay], binds, ends: stay.length === 0 });
      const from = performance.now();
      const sources = await collected(1 << 20);
      const file = (name: string) => read(sources, `app/coreapp/wacore/${name}`);
      expect(await file('inner.log')).toMatchObject({ text: 'crash', state: 'whole' });
      expect(await file('wa-service-2f-crash.log')).toMatchObject({ text: 'crash', state: 'whole' });
      expect(await file('pipe.log')).toMatchObject({ text: '', state: 'absent' });
      if (stay.length > 0) {
        expect(await file('wa-service-1f-crash.log')).toMatchObject({ text: 'crashed here\n', state: 'whole' });
        expect((await file('coreapp.log')).text).toBe('bytes \xff\xfe\n');
        expect(await file('evil.log')).toMatchObject({
          text: '',
          state: 'absent',
          reason: expect.stringContaining('link'),
        });
        expect((await file('sparse.log')).state).toBe('cut');
        const dumps = (await file('core-dumps.json')).text;
        expect(dumps).toContain('core.77');
        expect(dumps).not.toContain('what was in memory');
      }
      expect(performance.now() - from).toBeLessThan(12_000);
    } finally {
      rmSync(host, { recursive: true, force: true });
    }
  });

  it('reads the newest bytes of a giant where it stands', async () => {
    const host = mkdtempSync(join(tmpdir(), 'giant-'));
    try {
      writeFileSync(join(host, 'giant.log'), '');
      truncateSync(join(host, 'giant.log'), 100 * 2 ** 30);
      appendFileSync(join(host, 'giant.log'), '\nthe end\n');
      await run('wacore', { words: ['stay', '1'], binds: [`${host}:${LOGS}`] });
      const from = performance.now();
      const { text, state } = await read(await collected(), 'app/coreapp/wacore/giant.log');
      expect([text, state]).toEqual(['the end\n', 'cut']);
      expect(performance.now() - from).toBeLessThan(5000);
    } finally {
      rmSync(host, { recursive: true, force: true });
    }
  });

  it('tells apart a Webapp with its files, and one without', async () => {
    await run('waweb', { image: WEBAPP, words: ['out', 'x', 'stay', '1'] });
    const sources = await collected();
    expect(await read(sources, 'app/webapp/waweb/web.log')).toMatchObject({ state: 'absent' });
    expect((await read(sources, 'app/webapp/waweb/container.log')).text).toMatch(/Z x\n$/);
  });
});
