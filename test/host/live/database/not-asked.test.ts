import { createServer } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { accessOf } from '../../../../src/host/live/database/access.ts';
import { clientNetwork } from '../../../../src/host/live/database/client-network.ts';
import { dockerAccess } from '../../../../src/host/live/docker/access.ts';
import { answer, standInEngine } from '../../../support/stand-in-engine.ts';
import { loginTo } from './login-to.ts';

const ID = 'c0ffee'.padEnd(64, '0');
const container = { Id: ID, Names: ['/wacore'], Image: 'docker.whatsapp.biz/coreapp:v2.53.1', State: 'running' };

/** Answers as an Engine whose Coreapp has this first process. */
const coreappAt =
  (Pid: number): Parameters<typeof standInEngine>[0] =>
  ({ url = '' }, response) => {
    if (url === '/version') answer(response, { Version: '24.0.7' });
    else if (url.startsWith('/containers/json')) answer(response, [container]);
    else answer(response, { State: { Pid }, Config: { Env: [] }, HostConfig: { NetworkMode: 'wa' } });
  };

const ask = (signal = new AbortController().signal) =>
  clientNetwork(
    { signal, progress: () => {} },
    accessOf(async () => loginTo('db'), dockerAccess()),
  );
const nothing = { addresses: [], steps: [], failed: null };
const root = process.getuid?.() === 0;

describe("a client's network that is not asked from", () => {
  let stop: () => Promise<void> | void = () => {};
  afterEach(async () => {
    vi.unstubAllEnvs();
    await stop();
    stop = () => {};
  });
  const engineOn = async (pid: number) => {
    const standIn = await standInEngine(coreappAt(pid));
    stop = standIn.stop;
    vi.stubEnv('DOCKER_HOST', standIn.host);
  };

  it.each([
    ['of another kernel, whose number means a process of ours', process.pid],
    ['of another kernel, whose number means nothing here', 2 ** 22 + 1],
    ['that is not told', 0],
  ])('has a first process %s', async (_, pid) => {
    await engineOn(pid);
    const skipped = root
      ? 'no process of this machine is seen to be that of wacore'
      : 'entering the network of wacore takes root';
    expect(await ask()).toEqual({ skipped, container: 'wacore', ...nothing });
  });
  it('is on another machine', async () => {
    const server = createServer(coreappAt(process.pid));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    stop = () => new Promise<void>((done) => server.close(() => done()));
    const address = server.address();
    vi.stubEnv('DOCKER_HOST', `tcp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
    const skipped = 'wacore runs on the Docker Engine of another machine';
    expect(await ask()).toEqual({ skipped, container: 'wacore', ...nothing });
  });
  it('has no Engine that answers', async () => {
    vi.stubEnv('DOCKER_HOST', 'unix:///nowhere.sock');
    expect(await ask()).toEqual({
      skipped: expect.stringMatching(/^the Docker Engine at unix:\/\/\/nowhere\.sock gave no answer \(absent\)/),
      container: null,
      ...nothing,
    });
  });
  it('was not found while the login was looked for: the Engine is not asked again', async () => {
    await engineOn(process.pid);
    const asking = { signal: new AbortController().signal, progress: () => {} };
    const known = accessOf(async () => ({ ...loginTo('db'), noClient: 'no client container runs' }), dockerAccess());
    const skipped = 'no client container runs';
    expect(await clientNetwork(asking, known)).toEqual({ skipped, container: null, ...nothing });
  });
  it('is nothing to tell when cancelled, or without a login', async () => {
    await engineOn(process.pid);
    await expect(ask(AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
    const none = accessOf(async () => ({ ...loginTo('db'), login: null }), dockerAccess());
    const asking = { signal: new AbortController().signal, progress: () => {} };
    await expect(clientNetwork(asking, none)).rejects.toThrow('there is no database login');
  });
});
