import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Evidence } from '../../../../src/host/evidence.ts';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import { liveSources } from '../../../../src/host/live/sources/live-sources.ts';
import { allPatience, patience } from '../../../../src/host/live/sources/patience.ts';
import type { SourceSettings } from '../../../../src/host/live/sources/settings.ts';
import { PARTS, type Source } from '../../../../src/host/source.ts';
import { COREAPP, WEBAPP } from '../../../support/containers.ts';
import { at, frame } from '../../../support/log-frames.ts';
import { readSource } from '../../../support/read-source.ts';
import { deployed, single } from '../../../support/stand-in-deployment.ts';
import { answer, standInEngine } from '../../../support/stand-in-engine.ts';

const asking = { signal: new AbortController().signal, progress: () => {} };
const now = Date.now();

const settings = (given: Partial<SourceSettings> = {}): SourceSettings => ({
  docker: dockerAccess(),
  // The ways to the database and the API are for what the run did not ask; nothing here does.
  access: {} as SourceSettings['access'],
  api: {} as SourceSettings['api'],
  ...{ compose: null, envFile: null, evidence: {}, around: null },
  window: { since: now - 3 * 3_600_000, until: now, most: 1 << 20 },
  ...given,
});
const byPath = (sources: readonly Source[], path: string): Source => {
  const found = sources.find((source) => source.path === path);
  if (!found) throw new Error(`no ${path} among ${sources.map((source) => source.path).join(' ')}`);
  return found;
};
const textOf = async (sources: readonly Source[], path: string): Promise<string> =>
  (await readSource(byPath(sources, path))).bytes.toString();

afterEach(() => vi.unstubAllEnvs());

/** An Engine with so many Coreapps, and what else it is asked goes to `act`. */
const withEngine = async (count: number, others: number, act: (url: string, response: ServerResponse) => void) => {
  const asked: string[] = [];
  const idOf = (nth: number) => nth.toString(16).padStart(64, '0');
  const listed = Array.from({ length: count + others }, (_, nth) => ({
    ...{ Id: idOf(nth), Names: [`/wacore${nth}`], Image: nth < count ? COREAPP : 'other:1', ImageID: 'sha256:1' },
    ...{ State: 'exited', Labels: {}, Mounts: [], Ports: [], NetworkSettings: { Networks: {} } },
  }));
  const engine = await standInEngine((request, response) => {
    const url = request.url ?? '';
    asked.push(url);
    const nth = Number.parseInt(/^\/containers\/([0-9a-f]{64})\/json/.exec(url)?.[1] ?? '', 16);
    if (url === '/version') answer(response, { Version: '28.0.0', ApiVersion: '1.48' });
    else if (url.startsWith('/containers/json')) answer(response, listed);
    else if (!Number.isNaN(nth))
      answer(response, {
        ...{ Id: idOf(nth), Name: `/wacore${nth}`, Image: 'sha256:1', RestartCount: 0, LogPath: '' },
        State: { Status: 'exited', Pid: 0, ExitCode: 0, StartedAt: '2026-01-02T00:00:00Z' },
        ...{ Config: { Image: COREAPP, Env: [] }, HostConfig: { NetworkMode: 'none' } },
      });
    else act(url, response);
  });
  onTestFinished(engine.stop);
  vi.stubEnv('DOCKER_HOST', engine.host);
  return asked;
};

describe('what a bundle may hold', () => {
  it('is something of every part but the report, each path once, and safe', async () => {
    vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/d.sock');
    const sources = await liveSources(settings(), asking);
    expect(new Set(sources.map(({ part }) => part))).toEqual(new Set(PARTS.filter((part) => part !== 'report')));
    expect(new Set(sources.map(({ path }) => path.toLowerCase())).size).toBe(sources.length);
    for (const { path } of sources) expect(path).toMatch(/^(?!.*(^|\/)\.)[\w.+/-]+$/);
  });

  it('says of what is not there why not, in one sentence each, and never throws anything else', async () => {
    vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/d.sock');
    const sources = await liveSources(settings(), asking);
    for (const source of sources) {
      const { state, reason, bytes } = await readSource(source);
      if (state === 'whole') expect(bytes.length).toBeGreaterThan(0);
      else expect(reason).toMatch(/^\S[^\n]{5,}$/);
    }
    const logs = await readSource(byPath(sources, 'app/coreapp/container.log'));
    expect(logs).toMatchObject({ state: 'absent', reason: expect.stringMatching(/nowhere\/d\.sock.*ENOENT/) });
  });

  it('takes from the run what it was answered', async () => {
    vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/d.sock');
    const call = {
      ...{ method: 'GET', path: '/v1/health', startedAt: '2026-11-22T11:00:00Z', ms: 12, status: 200 },
      ...{ headers: {}, bytes: 2, body: { health: {} }, text: null, auth: 'bearer', sent: null, failed: null },
    };
    const evidence = {
      'system "cpu"': { value: { model: 'of the run', logical: 7 } },
      'api "health"': { value: call },
      'api "login"': { value: { state: 'denied', places: [], user: null, expiresAt: null, call: null } },
      'database "server"': { error: 'it said no' },
      'network "dns" "host" "db"': { value: { times: [1] } },
    } as unknown as Evidence;
    const sources = await liveSources(settings({ evidence }), asking);
    expect(JSON.parse(await textOf(sources, 'host/cpu.json'))).toMatchObject({ logical: 7 });
    expect(await textOf(sources, 'network/dns.json')).toContain('"network \\"dns\\" \\"host\\" \\"db\\""');
    expect(await readSource(byPath(sources, 'database/server.json'))).toMatchObject({
      state: 'failed',
      reason: 'the run got no answer: it said no',
    });
    expect(await readSource(byPath(sources, 'app/settings.json'))).toMatchObject({ state: 'denied' });
  });

  it('is the Engine and its containers, and every file that teaches is the same twice', async () => {
    const { asked } = await deployed(single, {
      '/info': { ServerVersion: '24.0.7', secret: 1 },
      '/networks/wa_default': { Name: 'wa_default' },
    });
    const sources = await liveSources(settings(), asking);
    const inspect = byPath(sources, 'docker/inspect/wa-wacore-1.json');
    expect(inspect.teaches).toBe(true);
    expect((await readSource(inspect)).bytes.toString()).toContain('WA_DB_PASSWORD=Canary7Bird');
    const before = asked.length;
    expect(await readSource(inspect)).toEqual(await readSource(inspect));
    expect(asked.length).toBe(before);
    expect(JSON.parse(await textOf(sources, 'docker/networks.json'))).toEqual({ wa_default: { Name: 'wa_default' } });
    expect(await textOf(sources, 'docker/info.json')).toContain('24.0.7');
    expect(byPath(sources, 'app/coreapp/wa-wacore-1/container.log')).toMatchObject({
      part: 'coreapp-logs',
      priority: 2,
    });
    expect(byPath(sources, 'app/webapp/wa-waweb-1/container.log')).toMatchObject({ part: 'webapp-logs' });
    // Nothing of it is in a path, an origin or a reason.
    expect(JSON.stringify(sources)).not.toContain('Canary7Bird');
  });

  it('is the Compose file and the env file that were given, read byte for byte, FIFOs never', async () => {
    vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/d.sock');
    const folder = mkdtempSync(join(tmpdir(), 'compose-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const [compose, env] = [join(folder, 'docker-compose.yml'), join(folder, 'db.env')];
    writeFileSync(compose, Buffer.from('services:\n  db:\n    # caf\xe9\n    image: mysql\n', 'latin1'));
    writeFileSync(env, 'WA_DB_PASSWORD=test#pass\n');
    const sources = await liveSources(settings({ compose, envFile: env }), asking);
    const yaml = byPath(sources, 'compose/docker-compose.yml');
    expect(yaml).toMatchObject({ teaches: true, form: 'yaml', part: 'compose' });
    expect((await readSource(yaml)).bytes.includes(0xe9)).toBe(true);
    expect(byPath(sources, 'compose/db.env')).toMatchObject({ teaches: true, form: 'env' });
    expect(await textOf(sources, 'compose/db.env')).toBe('WA_DB_PASSWORD=test#pass\n');
  });

  it('asks an Engine of ten thousand containers for their list once', async () => {
    const asked = await withEngine(2, 10_000, (_, response) => answer(response, { message: 'no' }, 404));
    const before = process.memoryUsage().rss;
    const sources = await liveSources(settings(), asking);
    const list = JSON.parse(await textOf(sources, 'docker/containers.json')) as { containers: unknown[] };
    expect(list.containers).toHaveLength(10_002);
    expect(asked.filter((url) => url.startsWith('/containers/json'))).toHaveLength(1);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 << 20);
  });

  it('ends soon where the Engine lists its containers and then says no more', async () => {
    await withEngine(20, 0, () => {});
    const from = performance.now();
    const brief = () => patience('the Docker Engine', 1000);
    const all = { ...allPatience(), looking: brief(), logs: brief() };
    const sources = await liveSources(settings(), asking, all);
    const logs = [];
    for (const source of sources.filter(({ collector }) => collector.startsWith('docker logs')))
      logs.push(await readSource(source));
    expect(performance.now() - from).toBeLessThan(12_000);
    expect(logs.length).toBeGreaterThanOrEqual(20);
    for (const { state } of logs) expect(state).toBe('timed-out');
  });

  it('holds the time of a restart and of the incident where its window does not', async () => {
    const asked = await withEngine(1, 0, (url, response) => {
      if (url.includes('/logs?')) response.end(frame(1, `${at(0)}here\n`));
      else answer(response, { message: 'no' }, 404);
    });
    const around = now - 26 * 3_600_000;
    const sources = await liveSources(settings({ around }), asking);
    const file = byPath(sources, 'app/coreapp/wacore0/container-around.log');
    expect(file.priority).toBe(2);
    expect(byPath(sources, 'app/coreapp/wacore0/container.log').priority).toBe(4);
    expect((await readSource(file)).bytes.toString()).toBe(`${at(0)}here\n`);
    const query = new URLSearchParams(asked.at(-1)?.split('?')[1]);
    expect(query.get('since')).toBe(((around - 600_000) / 1000).toFixed(3));
    expect(query.get('until')).toBe(((around + 600_000) / 1000).toFixed(3));
    expect(query.has('tail')).toBe(false);
    expect(sources.some(({ path }) => path === 'app/coreapp/wacore0/container-head.log')).toBe(true);
  });

  it('asks for the webapp log by its known name where the folder cannot be looked into', async () => {
    const stat = Buffer.from(JSON.stringify({ size: 5, mtime: '2026-11-22T11:00:00Z', mode: 0o644 })).toString(
      'base64',
    );
    const engine = await standInEngine((request, response) => {
      const url = request.url ?? '';
      const id = 'c'.repeat(64);
      if (url === '/version') answer(response, { Version: '28.0.0', ApiVersion: '1.48' });
      else if (url.startsWith('/containers/json'))
        answer(response, [{ Id: id, Names: ['/waweb'], Image: WEBAPP, State: 'exited' }]);
      else if (url.endsWith('/json') && url.startsWith('/containers/'))
        answer(response, { Id: id, Name: '/waweb', State: { Status: 'exited' }, Config: { Image: WEBAPP, Env: [] } });
      else if (url.endsWith('/changes'))
        answer(response, [
          { Path: '/var/log/whatsapp/api.log.1', Kind: 1 },
          { Path: '/etc/shadow', Kind: 0 },
        ]);
      else if (request.method === 'HEAD' && !url.includes('lighttpd'))
        response.writeHead(200, { 'X-Docker-Container-Path-Stat': stat }).end();
      else answer(response, { message: 'no' }, 404);
    });
    onTestFinished(engine.stop);
    vi.stubEnv('DOCKER_HOST', engine.host);
    const sources = await liveSources(settings(), asking);
    const files = sources
      .filter(({ collector }) => collector === 'docker archive')
      .map(({ path, estimate }) => [path, estimate]);
    expect(files).toEqual(
      expect.arrayContaining([
        ['app/webapp/waweb/web.log', 5],
        ['app/webapp/waweb/api.log.1', 5],
      ]),
    );
    expect(JSON.stringify(files)).not.toContain('shadow');
  });

  it('ends at once when it is cancelled', async () => {
    await withEngine(1, 0, () => {});
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('stopped')), 100);
    const from = performance.now();
    await expect(liveSources(settings(), { ...asking, signal: stop.signal })).rejects.toThrow();
    expect(performance.now() - from).toBeLessThan(2000);
  });
});
