import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { dockerStatx } from '../../../../checks/docker/statx.ts';
import { dockerVersion } from '../../../../checks/docker/version.ts';
import type { DockerAnswers } from '../../../../src/host/answers/docker.ts';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import { request } from '../../../../src/host/live/docker/request.ts';
import { statx as statxBy } from '../../../../src/host/live/docker/statx.ts';
import { hostStatx } from '../../../../src/host/live/statx.ts';
import type { Json } from '../../../../src/model.ts';
import { type Dockerd, noDockerd, startDockerd } from '../../../support/dockerd.ts';
import { containers, engine, info, version } from '../../../support/engine-asked.ts';
import { judged } from '../../../support/judged.ts';
import { answer, standInEngine, standInSocket } from '../../../support/stand-in-engine.ts';

const missing = noDockerd();
const signal = () => new AbortController().signal;
const statx = (by: AbortSignal, quick: boolean) => statxBy(by, dockerAccess(), quick);
const NOTHING = { containers: 0, images: 0 };

afterEach(() => vi.unstubAllEnvs());

const denying = (action: object) => ({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['statx'], ...action }] });

/** The check's result on what a real Engine answered just now. */
const judgedNow = async (probe: DockerAnswers['statx']) =>
  judged(dockerStatx, {
    'docker "statx"': probe as Json,
    'docker "engine"': (await engine(signal())) as Json,
    'docker "version"': (await version(signal())) as Json,
    'docker "info"': (await info(signal())) as Json,
    'system "statx"': await hostStatx(signal(), false),
    'exec "runc" "--version"': { exitCode: 0, stdout: 'libseccomp: 2.5.4', stderr: '' },
  });

/** Runs the probe in a process of its own, and ends it by SIGKILL as soon as the Engine holds what `seen` waits for. */
const killedInMidProbe = async (dockerd: Dockerd, seen: keyof typeof NOTHING): Promise<void> => {
  const module = new URL('../../../../src/host/live/docker/statx.ts', import.meta.url).href;
  const access = new URL('../../../../src/host/live/docker/access.ts', import.meta.url).href;
  const script = `const { statx } = await import(${JSON.stringify(module)}); const { dockerAccess } = await import(${JSON.stringify(access)}); for (;;) await statx(new AbortController().signal, dockerAccess(), false)`;
  const env = { DOCKER_HOST: dockerd.host, PATH: process.env['PATH'] ?? '' };
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env, stdio: 'ignore' });
  const exit = once(child, 'exit');
  while ((await dockerd.counts())[seen] === 0) await pause(5);
  child.kill('SIGKILL');
  await exit;
  // The Engine still finishes what the dead client asked last.
  for (let before = ''; ; await pause(300)) {
    const now = JSON.stringify(await dockerd.counts());
    if (now === before) return;
    before = now;
  }
};

describe.skipIf(missing)(
  `statx under a real Engine with its own default profile (${missing ?? 'real dockerd'})`,
  () => {
    let dockerd: Dockerd;
    beforeAll(async () => {
      dockerd = await startDockerd(null);
    });
    afterAll(() => dockerd?.stop());
    const here = () => vi.stubEnv('DOCKER_HOST', dockerd.host);

    it('is allowed, and nothing is left', async () => {
      here();
      const probe = await statx(signal(), false);
      expect(probe).toMatchObject({ ran: true, own: { errno: 0 }, unconfined: null, leftOver: [], sweptBefore: 0 });
      expect((await judgedNow(probe)).outcome).toBe('pass');
      expect(await dockerd.counts()).toEqual(NOTHING);
    });
    it('answers with facts that are real', async () => {
      here();
      const raw = (await dockerd.get('/version')) as { Version: string };
      const told = await version(signal());
      expect(told).toMatchObject({ version: raw.Version, os: 'linux' });
      expect(await info(signal())).toMatchObject({
        dataRoot: `${dockerd.folder}/root`,
        storageDriver: 'vfs',
        loggingDriver: 'json-file',
        defaultRuntime: 'runc',
        securityOptions: expect.arrayContaining([expect.stringMatching(/^name=seccomp,profile=(default|builtin)$/)]),
      });
      expect(await containers(signal())).toEqual({ onlyRunning: false, containers: [] });
      expect(await engine(signal())).toMatchObject({ state: 'reachable', product: 'docker', from: 'DOCKER_HOST' });
      const answers = { 'docker "engine"': (await engine(signal())) as Json, 'docker "version"': told as Json };
      expect((await judged(dockerVersion, answers)).outcome).toBe('pass');
    });
    it('lists a container whose image was deleted', async () => {
      here();
      const way = { kind: 'socket', path: dockerd.host.slice('unix://'.length) } as const;
      const ask = (method: 'POST' | 'DELETE', path: string, body?: object | Buffer) =>
        request(way, { method, path, ...(body && { body }) }, signal(), 10_000);
      await ask('POST', '/images/create?fromSrc=-&repo=gone&tag=1', Buffer.alloc(1024));
      const created = await ask('POST', '/containers/create?name=orphan', { Image: 'gone:1', Cmd: ['/none'] });
      expect(created.status).toBe(201);
      expect((await ask('DELETE', '/images/gone:1?force=1')).status).toBe(200);
      expect((await containers(signal())).containers).toMatchObject([
        { name: 'orphan', state: 'created', product: null },
      ]);
      expect((await ask('DELETE', '/containers/orphan?force=1')).status).toBe(204);
      expect(await dockerd.counts()).toEqual(NOTHING);
    });
    it('runs in parallel without the runs disturbing each other', async () => {
      here();
      const probes = await Promise.all([statx(signal(), false), statx(signal(), false), statx(signal(), false)]);
      for (const probe of probes)
        expect(probe).toMatchObject({ ran: true, own: { errno: 0 }, leftOver: [], sweptBefore: 0 });
      expect(await dockerd.counts()).toEqual(NOTHING);
    });
    it.each([1, 60, 120, 180, 240])('leaves nothing when it is cancelled after %i ms', async (ms) => {
      here();
      const stop = new AbortController();
      setTimeout(() => stop.abort(new Error('cancelled')), ms);
      const since = performance.now();
      await statx(stop.signal, false).catch((error: Error) => expect(error.message).toBe('cancelled'));
      expect(performance.now() - since).toBeLessThan(ms + 2000);
      expect(await dockerd.counts()).toEqual(NOTHING);
    });
    it.each(['images', 'containers'] as const)('sweeps the %s that a killed run left', async (seen) => {
      here();
      await killedInMidProbe(dockerd, seen);
      const left = await dockerd.counts();
      expect(left[seen]).toBeGreaterThan(0);
      const probe = await statx(signal(), false);
      expect(probe).toMatchObject({ ran: true, own: { errno: 0 }, leftOver: [] });
      expect(probe.sweptBefore).toBe(left.images + left.containers);
      expect(await dockerd.counts()).toEqual(NOTHING);
    });
  },
);

describe.skipIf(missing)(`statx under real Engines whose profile refuses it (${missing ?? 'real dockerd'})`, () => {
  it.each([
    ['EPERM', { action: 'SCMP_ACT_ERRNO', errnoRet: 1 }, { errno: 1 }, 'refused with EPERM'],
    ['ENOSYS', { action: 'SCMP_ACT_ERRNO', errnoRet: 38 }, { errno: 38 }, 'answered with ENOSYS'],
    ['SIGSYS', { action: 'SCMP_ACT_KILL_PROCESS' }, { errno: null, signal: 'SIGSYS' }, 'killed (SIGSYS)'],
  ])('%s: blocked, works unconfined, and the profile is named', async (_, action, own, words) => {
    const dockerd = await startDockerd(denying(action));
    try {
      vi.stubEnv('DOCKER_HOST', dockerd.host);
      const probe = await statx(signal(), false);
      expect(probe).toMatchObject({ ran: true, own, unconfined: { errno: 0 }, leftOver: [] });
      const result = await judgedNow(probe);
      expect(result.outcome).toBe('fail');
      expect(result.message).toContain(words);
      expect(result.findings[0]?.remedy).toBe(
        `Add "statx" to the allowed system calls in ${dockerd.folder}/seccomp.json, and restart Docker.`,
      );
      expect(await dockerd.counts()).toEqual(NOTHING);
    } finally {
      await dockerd.stop();
    }
  });
});

describe('the statx probe where it cannot run', () => {
  it('asks no Engine with --quick', async () => {
    vi.stubEnv('DOCKER_HOST', 'unix:///nowhere.sock');
    expect(await statx(signal(), true)).toMatchObject({ ran: false, reason: '--quick leaves the probe out' });
  });
  it('says why where there is no Engine', async () => {
    vi.stubEnv('DOCKER_HOST', 'unix:///nowhere.sock');
    await expect(statx(signal(), false)).rejects.toThrow('gave no answer (absent)');
  });
  it('is cancelled in time where the Engine hangs in the middle, and says what may be left', async () => {
    const standIn = await standInEngine((asked, response) => {
      const url = asked.url ?? '';
      if (url === '/version') answer(response, { Version: '24.0.7' });
      else if (url === '/info') answer(response, { ServerVersion: '24.0.7', Architecture: 'x86_64', OSType: 'linux' });
      else if (asked.method === 'GET') answer(response, []);
      else if (url.startsWith('/images/create')) answer(response, { status: 'sha256:1' });
    });
    vi.stubEnv('DOCKER_HOST', standIn.host);
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('cancelled')), 300);
    const since = performance.now();
    try {
      await expect(statx(stop.signal, false)).rejects.toThrow(/^cancelled; left over: container wa-preflight-/);
      expect(performance.now() - since).toBeLessThan(5000);
    } finally {
      await standIn.stop();
    }
  });
  it('tries once more where only the first start failed, and takes the same failure twice for the truth', async () => {
    for (const failures of [1, 2]) {
      let starts = 0;
      const standIn = await standInEngine((asked, response) => {
        const url = asked.url ?? '';
        const controls = url.includes('-control');
        if (url === '/version') answer(response, { Version: '24.0.7' });
        else if (url === '/info') answer(response, { ServerVersion: '24.0.7', Architecture: 'x86_64' });
        else if (url.endsWith('/start'))
          answer(response, { message: 'busy' }, !controls && starts++ < failures ? 500 : 204);
        else if (url.endsWith('/wait')) answer(response, { StatusCode: 0 });
        else answer(response, [], url.startsWith('/containers/create') ? 201 : 200);
      });
      vi.stubEnv('DOCKER_HOST', standIn.host);
      const probe = await statx(signal(), false);
      await standIn.stop();
      const own = failures === 1 ? { errno: 0 } : { errno: null, startError: '500: busy' };
      expect(probe).toMatchObject({ ran: true, own, unconfined: { errno: 0 }, leftOver: [] });
    }
  });
  it.each([
    ['s390x', 'linux', 'an Engine on s390x'],
    ['x86_64', 'windows', 'an Engine on x86_64'],
  ])('says so for an Engine on %s %s', async (Architecture, OSType, words) => {
    const standIn = await standInEngine((asked, response) => {
      if (asked.url === '/version') answer(response, { Version: '24.0.7' });
      else answer(response, asked.url === '/info' ? { ServerVersion: '24.0.7', Architecture, OSType } : []);
    });
    vi.stubEnv('DOCKER_HOST', standIn.host);
    const probe = await statx(signal(), false);
    await standIn.stop();
    expect(probe).toMatchObject({ ran: false, reason: expect.stringContaining(words) });
  });
  it('removes nothing of a run elsewhere that is younger than a minute', async () => {
    const removed: string[] = [];
    const now = Math.floor(Date.now() / 1000);
    const labels = { 'wa-preflight.probe': 'x', 'wa-preflight.pid': '1', 'wa-preflight.origin': 'elsewhere' };
    const listed = [
      { Id: 'young', Created: now - 20, Labels: labels },
      { Id: 'old', Created: now - 120, Labels: labels },
    ];
    const standIn = await standInEngine((asked, response) => {
      if (asked.method === 'DELETE') removed.push(asked.url ?? '');
      if (asked.url === '/version') answer(response, { Version: '24.0.7' });
      else if (asked.url === '/info') answer(response, { ServerVersion: '24.0.7', Architecture: 's390x' });
      else if (asked.url?.startsWith('/containers/json')) answer(response, listed);
      else answer(response, []);
    });
    vi.stubEnv('DOCKER_HOST', standIn.host);
    expect((await statx(signal(), false)).sweptBefore).toBe(1);
    await standIn.stop();
    expect(removed).toEqual(['/containers/old?force=1&v=1']);
  });
  it('is told in one sentence where something else is on the socket', async () => {
    const standIn = await standInSocket((socket) => socket.destroy());
    vi.stubEnv('DOCKER_HOST', standIn.host);
    await expect(statx(signal(), false)).rejects.toThrow('gave no answer (not-an-engine)');
    await standIn.stop();
  });
});
