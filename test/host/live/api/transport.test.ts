import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { apiServer, type Got, healthy, type Reply } from '../../../support/api-server.ts';
import { askedApi, RIGHT } from '../../../support/asked-api.ts';
import { type Certificates, certificates, noCertificates } from '../../../support/certificates.ts';
import { titled } from '../../../support/titled.ts';

const no = noCertificates();
describe.skipIf(no)(titled('the connection to the API', no), () => {
  const folder = mkdtempSync(join(tmpdir(), 'api-line-'));
  const open: { readonly stop: () => Promise<void> }[] = [];
  let made: Certificates;
  beforeAll(() => {
    made = certificates(folder);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ stop }) => stop()));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const meeting = async (answer: (got: Got) => Reply = healthy) => {
    const server = await apiServer(made.good, answer);
    const api = askedApi({ url: server.url, ca: made.caFile, environment: RIGHT });
    open.push({ stop: api.close }, server);
    return { server, api };
  };

  it('is one for all calls that follow each other', async () => {
    const { server, api } = await meeting();
    for (const node of ['health', 'support', 'stats-app', 'metrics', 'shards'] as const) await api.ask(node);
    expect([server.calls().length, server.connections()]).toEqual([6, 1]);
  });

  it('is made anew where the server ended it between two calls, or ends it after each', async () => {
    const { server, api } = await meeting();
    await api.ask('health');
    server.dropKept();
    expect((await api.ask('health')).status).toBe(200);
    const closing = await meeting((got) => ({ ...healthy(got), headers: { connection: 'close' } }));
    await closing.api.ask('health');
    await closing.api.ask('support');
    expect(closing.server.connections()).toBe(3);
  });

  it('is a second one at most, so that one slow node holds up no other', async () => {
    const { server, api } = await meeting((got) => ({
      ...healthy(got),
      ...(got.path === '/metrics' && { afterMs: 1500 }),
    }));
    await api.ask('login');
    const slow = api.ask('metrics');
    const since = performance.now();
    const rest = await Promise.all(
      (['health', 'support', 'shards', 'stats-app'] as const).map((node) => api.ask(node)),
    );
    expect(performance.now() - since).toBeLessThan(1400);
    expect(rest.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await slow).status).toBe(200);
    expect(server.connections()).toBe(2);
  });

  it('does not send twice what may count: a login that was ended before its answer', async () => {
    const { server, api } = await meeting(() => ({ reset: true }));
    expect(await api.ask('login')).toMatchObject({
      state: 'unreachable',
      call: { failed: { step: 'http', kind: 'closed' } },
    });
    await api.ask('login');
    expect(server.calls().length).toBe(1);
  });

  it('uses no proxy of the environment, whatever Node is told', async () => {
    const { server, api } = await meeting();
    const proxy = createServer((socket) => socket.destroy());
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    let asked = 0;
    proxy.on('connection', () => {
      asked += 1;
    });
    const { port } = proxy.address() as AddressInfo;
    const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'NODE_USE_ENV_PROXY', 'ALL_PROXY'];
    for (const name of names) process.env[name] = name.startsWith('NODE') ? '1' : `http://127.0.0.1:${port}`;
    try {
      expect((await api.ask('health')).status).toBe(200);
    } finally {
      for (const name of names) delete process.env[name];
      await new Promise<void>((done) => proxy.close(() => done()));
    }
    expect([asked, server.connections()]).toEqual([0, 1]);
  });

  it('says why there is none', async () => {
    const closed = askedApi({ url: 'https://127.0.0.1:1', environment: RIGHT });
    open.push({ stop: closed.close });
    expect(await closed.ask('endpoint')).toMatchObject({
      url: 'https://127.0.0.1:1',
      tls: null,
      failed: { step: 'tcp', kind: 'refused', code: 'ECONNREFUSED' },
    });
    expect(await closed.ask('login')).toMatchObject({ state: 'unreachable', call: { status: null } });
    expect((await closed.ask('root')).failed).toMatchObject({ step: 'tcp', kind: 'refused' });
    const nowhere = askedApi({ url: 'https://no-such-host.invalid', environment: RIGHT });
    open.push({ stop: nowhere.close });
    expect((await nowhere.ask('endpoint')).failed).toMatchObject({ step: 'dns' });
  });

  it('says that no TLS is spoken, or that it is ended in the middle of the handshake', async () => {
    const plain = createServer((socket) =>
      socket
        .on('error', () => {})
        .resume()
        .end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    const ending = createServer((socket) => socket.on('error', () => {}).once('data', () => socket.destroy()));
    for (const server of [plain, ending]) {
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      open.push({ stop: () => new Promise((done) => server.close(() => done())) });
    }
    const at = async (server: typeof plain) => {
      const api = askedApi({ url: `https://127.0.0.1:${(server.address() as AddressInfo).port}` });
      return (await api.ask('endpoint')).failed;
    };
    expect(await at(plain)).toMatchObject({ step: 'tls', kind: 'tls-failed' });
    expect(await at(ending)).toMatchObject({ step: 'tls', kind: 'closed' });
  });

  it('ends when whoever asked gives up', async () => {
    const { api } = await meeting((got) => (got.path === '/v1/health' ? { afterMs: 20_000 } : healthy(got)));
    await api.ask('login');
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('cancelled')), 100);
    const since = performance.now();
    await expect(api.ask('health', stop.signal)).rejects.toThrow('cancelled');
    expect(performance.now() - since).toBeLessThan(500);
    expect((await api.ask('shards')).status).toBe(200);
  });
});
