import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { network } from '../../../../src/host/answers/network.ts';
import { webhookPost } from '../../../../src/host/live/network/webhook.ts';
import { type Certificates, certificates, noCertificates } from '../../../support/certificates.ts';
import { standIn } from '../../../support/network/stand-ins.ts';

const missing = noCertificates();
const SECRET = 'canary-Zx81';

describe.skipIf(missing)(`one POST to the webhook (${missing ?? 'a server on loopback'})`, () => {
  let folder: string;
  let certs: Certificates;
  const servers: { close: () => unknown }[] = [];
  const heard: string[] = [];
  const serve = async (shown: Certificates['good'], answer: (response: ServerResponse) => void) => {
    const server: Server = createServer({ cert: shown.certificate, key: shown.key }, (asked, response) => {
      let body = '';
      asked.on('data', (chunk) => {
        body += chunk;
      });
      asked.on('end', () => {
        heard.push(`${asked.method} ${asked.url} ${asked.headers['content-type']} ${body}`);
        answer(response);
      });
    });
    server.on('tlsClientError', () => {});
    servers.push(server);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return (server.address() as AddressInfo).port;
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'webhook-'));
    certs = certificates(folder);
  });
  afterAll(() => {
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const posted = async (url: string | null, testWebhook = true) => {
    const session = { webhookUrl: async () => url, webhooksCa: async () => certs.ca };
    const docker = { clients: async () => [] } as never;
    const access = { api: { session: async () => session } as never, docker, testWebhook };
    const asking = { signal: new AbortController().signal, progress: () => {} };
    const answer = network['webhook-post'].parse(await webhookPost(asking, access));
    expect(JSON.stringify(answer)).not.toContain(SECRET);
    return answer;
  };
  const at = (port: number) => `https://localhost:${port}/hook/${SECRET}?token=${SECRET}`;

  it('sends an empty notification and tells the status', async () => {
    const port = await serve(certs.good, (response) => response.end('thanks'));
    heard.length = 0;
    expect(await posted(at(port))).toEqual({
      skipped: null,
      container: null,
      status: 200,
      ms: expect.any(Number),
      failed: null,
    });
    expect(heard).toEqual([`POST /hook/${SECRET}?token=${SECRET} application/json {}`]);
  });
  it.each([
    [302, { location: `http://127.0.0.1:1/${SECRET}` }],
    [404, {}],
    [500, {}],
  ])('tells %s as it is, and follows nothing', async (status, headers) => {
    const port = await serve(certs.good, (response) => response.writeHead(status, headers).end());
    expect(await posted(at(port))).toMatchObject({ status, failed: null });
  });
  it('sends nothing to a server whose certificate is not good', async () => {
    heard.length = 0;
    for (const shown of [certs.wrongName, certs.expired, certs.selfSigned]) {
      const port = await serve(shown, (response) => response.end());
      expect(await posted(at(port))).toMatchObject({ status: null, failed: { step: 'tls', kind: 'untrusted' } });
    }
    expect(heard).toEqual([]);
  });
  it('gives up after 5 s on one that takes it and says nothing', async () => {
    const silent = await serve(certs.good, () => {});
    const since = performance.now();
    expect(await posted(at(silent))).toMatchObject({ status: null, failed: { step: 'http', kind: 'no-answer' } });
    expect(performance.now() - since).toBeLessThan(6500);
  });
  it.each([
    ['silent', 'tls', 'no-answer'],
    ['garbage', 'tls', 'tls-failed'],
    ['http', 'tls', 'tls-failed'],
    ['hangs-up', 'tls', 'closed'],
  ] as const)('tells of a server that is %s', async (kind, step, what) => {
    const server = await standIn({ address: '127.0.0.1', port: 0, kind });
    servers.push(server);
    const { port } = server.address() as AddressInfo;
    expect(await posted(at(port))).toMatchObject({ status: null, ms: null, failed: { step, kind: what } });
  });
  it('tells of a port at which nobody listens', async () => {
    expect(await posted(at(1))).toMatchObject({ failed: { step: 'tcp', kind: 'refused' } });
  });
  it('is not sent unless it was asked for, nor without an https address', async () => {
    heard.length = 0;
    const port = await serve(certs.good, (response) => response.end());
    expect(await posted(at(port), false)).toMatchObject({ skipped: '--test-webhook asks for it', status: null });
    expect(await posted(null)).toMatchObject({ skipped: 'the API names no webhook' });
    expect(await posted('no address')).toMatchObject({ skipped: 'the API names no webhook' });
    expect(await posted(`http://localhost:${port}/${SECRET}`)).toMatchObject({
      skipped: 'the webhook is no https address',
    });
    expect(heard).toEqual([]);
  });
});
