import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { apiServer, healthy } from '../../../support/api-server.ts';
import { askedApi } from '../../../support/asked-api.ts';
import { type Certificates, certificates, noCertificates } from '../../../support/certificates.ts';
import { titled } from '../../../support/titled.ts';

const no = noCertificates();
describe.skipIf(no)(titled('what the port of the API speaks', no), () => {
  const folder = mkdtempSync(join(tmpdir(), 'api-speaks-'));
  const open: { readonly stop: () => Promise<void> }[] = [];
  let made: Certificates;
  beforeAll(() => {
    made = certificates(folder);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ stop }) => stop()));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const versionsOf = async (tls: Parameters<typeof apiServer>[2]) => {
    const server = await apiServer(made.good, healthy, tls);
    open.push(server);
    const told = await askedApi({ url: server.url }).ask('tls-versions');
    expect(server.calls()).toEqual([]);
    return { ...told, states: told.versions.map(({ state }) => state) };
  };

  it('TLS 1.2 and 1.3 alone', async () => {
    const { states, versions, weak } = await versionsOf({
      ciphers: 'TLS_AES_256_GCM_SHA384:ECDHE-ECDSA-AES256-GCM-SHA384',
    });
    expect(states).toEqual(['refused', 'refused', 'accepted', 'accepted']);
    expect(versions.map(({ cipher }) => cipher?.startsWith('TLS_') ?? null)).toEqual([null, null, true, true]);
    expect(weak).toEqual([]);
  });
  it('TLS 1.3 alone', async () => {
    const { states, weak } = await versionsOf({ minVersion: 'TLSv1.3' });
    expect([states, weak]).toEqual([['refused', 'refused', 'refused', 'accepted'], []]);
  });
  it('all versions, and ciphers that are weak', async () => {
    const { states, weak } = await versionsOf({ minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' });
    expect(states).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
    expect(weak.length).toBeGreaterThan(0);
    expect(new Set(weak).size).toBe(weak.length);
    expect(weak.join()).toMatch(/_SHA(,|$)/);
  });
  it('old versions alone', async () => {
    const { states } = await versionsOf({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' });
    expect(states).toEqual(['accepted', 'accepted', 'refused', 'refused']);
  });

  const listening = async (server: Server): Promise<string> => {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    open.push({
      stop: () =>
        new Promise((done) => {
          for (const socket of sockets) socket.destroy();
          server.close(() => done());
        }),
    });
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it('nothing listens: no version is called refused', async () => {
    const { versions, weak } = await askedApi({ url: 'https://127.0.0.1:1' }).ask('tls-versions');
    expect(versions.map(({ state }) => state)).toEqual(['no-answer', 'no-answer', 'no-answer', 'no-answer']);
    expect(weak).toEqual([]);
  });
  it('silence is no refusal, and is not waited for beyond its time', async () => {
    const url = await listening(createTcp(() => {}));
    const since = performance.now();
    const { versions } = await askedApi({ url }).ask('tls-versions');
    expect(versions.map(({ state }) => state)).toEqual(['no-answer', 'no-answer', 'no-answer', 'no-answer']);
    expect(performance.now() - since).toBeLessThan(4000);
    const plain = await askedApi({ url }).ask('plain-http');
    expect(plain.state).toBe('no-answer');
    expect(performance.now() - since).toBeLessThan(9500);
  });

  it('plain HTTP', async () => {
    const asked = (server: Server) => listening(server).then((url) => askedApi({ url }).ask('plain-http'));
    const http = (status: number, headers: Record<string, string> = {}) =>
      createServer((_, response) => response.writeHead(status, headers).end('x'));
    expect(await asked(http(200))).toMatchObject({ state: 'answers', status: 200, location: null });
    expect(await asked(http(400))).toMatchObject({ state: 'answers', status: 400 });
    expect(await asked(http(301, { location: 'https://u:canary@here/' }))).toMatchObject({
      ...{ state: 'redirects', status: 301, location: 'https://***@here/' },
    });
    expect(await asked(http(304))).toMatchObject({ state: 'answers', status: 304 });
    expect(await asked(createTcp((socket) => socket.resume().end('SSH-2.0-x\r\n')))).toMatchObject({
      state: 'not-http',
    });
    expect(await asked(createTcp((socket) => socket.resume().end()))).toMatchObject({ state: 'closed' });
    const tls = await apiServer(made.good);
    open.push(tls);
    expect((await askedApi({ url: tls.url }).ask('plain-http')).state).toMatch(/^(closed|not-http)$/);
    expect((await askedApi({ url: 'https://127.0.0.1:1' }).ask('plain-http')).state).toBe('closed');
  });
});
