import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NODES, api as shapes } from '../../../../src/host/answers/api.ts';
import { CALLS, READ } from '../../../../src/host/live/api/nodes.ts';
import { apiServer, type Got, HEALTHY_TOKEN, healthy, type Reply } from '../../../support/api-server.ts';
import { askedApi, RIGHT } from '../../../support/asked-api.ts';
import { type Certificates, certificates, noCertificates } from '../../../support/certificates.ts';
import { ROOT } from '../../../support/command.ts';
import { titled } from '../../../support/titled.ts';

describe('the calls that there are', () => {
  // The policy of calls: what is safe, the login pair, and what is asked for by an option of its own.
  const SAFE = [
    ...['/v1/health', '/v1/support', '/v1/stats/app', '/metrics', '/v1/settings/application'],
    ...['/v1/settings/business/profile', '/v1/settings/profile/about', '/v1/account/shards'],
    ...['/v1/certificates/external/ca', '/v1/certificates/webhooks/ca'],
  ];
  it('are these, and no others', () => {
    expect(
      Object.values(READ)
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual([...SAFE, '/v1/stats/db'].toSorted());
    expect(CALLS).toEqual({
      root: { method: 'GET', path: '/' },
      login: { method: 'POST', path: '/v1/users/login' },
      logout: { method: 'POST', path: '/v1/users/logout' },
      message: { method: 'POST', path: '/v1/messages' },
    });
  });
  it('stand in one file alone, and no word of the product changes anything', () => {
    const folder = join(ROOT, 'src/host/live/api');
    for (const file of readdirSync(folder)) {
      const text = readFileSync(join(folder, file), 'utf8').replaceAll(/^ *(\/\/|\*|\/\*\*).*$/gm, '');
      if (file !== 'nodes.ts') expect(text, file).not.toMatch(/['"`]\/(v1|metrics)/);
      expect(text, file).not.toMatch(/['"`](PUT|PATCH|DELETE)['"`]/);
      expect(text, file).not.toMatch(
        /account\/verify|settings\/backup|settings\/restore|services\/|new_password|two-step/,
      );
      if (file !== 'nodes.ts') expect(text, file).not.toMatch(/['"`]POST['"`](?! ?;)(?!;)/);
    }
  });
});

const no = noCertificates();
describe.skipIf(no)(titled('the questions', no), () => {
  const folder = mkdtempSync(join(tmpdir(), 'api-asked-'));
  const open: { readonly stop: () => Promise<void> }[] = [];
  let made: Certificates;
  beforeAll(() => {
    made = certificates(folder);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ stop }) => stop()));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const meeting = async (answer: (got: Got) => Reply = healthy, options: Parameters<typeof askedApi>[0] = {}) => {
    const server = await apiServer(made.good, answer);
    const api = askedApi({ url: server.url, ca: made.caFile, environment: RIGHT, ...options });
    open.push({ stop: api.close }, server);
    return { server, api };
  };
  const at =
    (path: string, reply: Reply) =>
    (got: Got): Reply =>
      got.path === path ? reply : healthy(got);

  it('a whole run: every question, each call once, in the order in which they were asked', async () => {
    const { server, api } = await meeting(healthy, { testMessageTo: '+1 555-010-0077' });
    const asked = ['endpoint', 'tls-versions', 'plain-http', 'root', 'login', ...NODES, 'webhooks-ca-chain'] as const;
    for (const topic of asked) await api.ask(topic);
    await api.close();
    expect(server.calls().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /',
      'POST /v1/users/login',
      ...NODES.map((node) => `GET ${READ[node].path}`),
      'POST /v1/users/logout',
    ]);
    expect(
      server
        .calls()
        .filter(({ auth }) => auth === null)
        .map(({ path }) => path),
    ).toEqual(['/']);
  });

  it('knows every topic that has a shape, and no other', async () => {
    const { api } = await meeting();
    for (const topic of Object.keys(shapes)) {
      const told = api.ask(topic as keyof typeof shapes);
      await told.catch(({ message }: Error) => expect(message).not.toContain('is not a question'));
    }
    await expect(api.ask('__proto__' as never)).rejects.toThrow('is not a question that this host knows');
  });

  it('a node: status, headers, JSON with fields that nobody knows, and how it was asked', async () => {
    const { api } = await meeting();
    expect(await api.ask('health')).toMatchObject({
      ...{ method: 'GET', path: '/v1/health', auth: 'bearer', status: 200, failed: null, text: null, sent: null },
      headers: { 'content-type': 'application/json' },
      body: { health: { gateway_status: 'connected' }, meta: { version: 'v2.57.2', api_status: 'stable' } },
    });
    expect(await api.ask('support')).toMatchObject({ body: { asked: 'GET /v1/support' } });
  });

  it('a refusal, an error and an empty answer are answers', async () => {
    const { api } = await meeting((got) => {
      if (got.path === '/v1/health')
        return { status: 500, body: { errors: [{ code: 1011, title: 'Service not ready' }] } };
      if (got.path === '/v1/support') return { status: 403, body: { errors: [{ code: 1005 }] } };
      return got.path === '/v1/certificates/external/ca' ? { status: 404, body: null } : healthy(got);
    });
    expect(await api.ask('health')).toMatchObject({ status: 500, body: { errors: [{ code: 1011 }] } });
    expect(await api.ask('support')).toMatchObject({ status: 403 });
    expect(await api.ask('external-ca')).toMatchObject({ status: 404, body: null, text: null, bytes: 0 });
  });

  it('holds no credential, whatever the server says back', async () => {
    const basic = Buffer.from('wa:Correct-1').toString('base64');
    const echo = (got: Got): Reply => {
      const reply = healthy(got);
      const said = `${HEALTHY_TOKEN} Correct-1 ${basic} Bearer ${HEALTHY_TOKEN}`;
      if (got.path === '/v1/users/login') return { ...reply, headers: { 'x-echo': said } };
      if (got.path === '/metrics') return { body: said, headers: { 'content-type': 'text/plain' } };
      return {
        status: 200,
        body: { errors: [{ details: said }], [said]: said },
        headers: { location: `/x?t=${HEALTHY_TOKEN}` },
      };
    };
    const { api } = await meeting(echo);
    const told = [await api.ask('login'), await api.ask('health'), await api.ask('metrics'), await api.ask('root')];
    const evidence = JSON.stringify(told);
    for (const secret of [HEALTHY_TOKEN, 'Correct-1', basic]) expect(evidence).not.toContain(secret);
    expect(evidence).toContain('***');
  });

  it('the first 2 KiB of what is no JSON', async () => {
    const { api } = await meeting(at('/metrics', { body: `# HELP web_uptime\n${'x'.repeat(9000)}` }));
    const { body, text, bytes } = await api.ask('metrics');
    expect([body, text?.length, text?.slice(0, 6), bytes]).toEqual([null, 2048, '# HELP', 9018]);
  });

  it('a message: to the number that was given, told without it, and never twice', async () => {
    const sent = {
      messages: [{ id: 'gBEGkYiEB1VXAglK1ZEqA1YKPrU' }],
      contacts: [{ input: '15550100077', wa_id: '15550100077' }],
    };
    const { server, api } = await meeting(at('/v1/messages', { status: 201, body: sent }), {
      testMessageTo: '+1 555-010-0077',
    });
    const call = await api.ask('message');
    expect(call).toMatchObject({ method: 'POST', path: '/v1/messages', auth: 'bearer', status: 201 });
    expect(JSON.parse(server.calls().at(-1)?.body ?? '')).toMatchObject({
      to: '15550100077',
      type: 'text',
      recipient_type: 'individual',
    });
    expect(call.sent).toMatchObject({ to: '*********77', text: { body: expect.stringContaining('test message') } });
    expect(JSON.stringify(call)).not.toContain('15550100077');
    const reset = await meeting(at('/v1/messages', { reset: true }), { testMessageTo: '15550100077' });
    await reset.api.ask('health');
    expect((await reset.api.ask('message')).failed).toMatchObject({ step: 'http', kind: 'closed' });
    expect(reset.server.calls().filter(({ path }) => path === '/v1/messages').length).toBe(1);
  });

  it('no message without a number, nor by an API key', async () => {
    const { server, api } = await meeting();
    await expect(api.ask('message')).rejects.toThrow('no number of a recipient was given');
    const byKey = await meeting(healthy, { environment: { WA_API_KEY: 'k' }, testMessageTo: '15550100077' });
    await expect(byKey.api.ask('message')).rejects.toThrow('an API key is not good for it');
    expect([...server.calls(), ...byKey.server.calls()]).toEqual([]);
  });

  it('the published default account: one attempt, and a token that it gets is given back at once', async () => {
    const users = [{ token: 'canary-default-token', expires_after: '2026-11-29 08:14:03+00:00' }];
    const { server, api } = await meeting(at('/v1/users/login', { body: { users } }), { environment: {} });
    const call = await api.ask('default-admin');
    expect(call).toMatchObject({ status: 200, auth: 'basic', body: { users: [{ token: '***' }] }, sent: null });
    expect(JSON.stringify(call)).not.toContain('canary-default-token');
    expect(server.calls()).toEqual([
      {
        method: 'POST',
        path: '/v1/users/login',
        auth: `Basic ${Buffer.from('admin:secret').toString('base64')}`,
        body: '',
      },
      { method: 'POST', path: '/v1/users/logout', auth: 'Bearer canary-default-token', body: '' },
    ]);
    const change = await meeting(at('/v1/users/login', { status: 401, body: { errors: [{ code: 1024 }] } }), {
      environment: {},
    });
    expect(await change.api.ask('default-admin')).toMatchObject({ status: 401, body: { errors: [{ code: 1024 }] } });
    expect(change.server.calls().length).toBe(1);
  });

  it('the CA for webhooks: one call for two questions; its certificates, none, or none that can be read', async () => {
    const PATH = '/v1/certificates/webhooks/ca';
    const asked = async (reply: Reply) => {
      const { server, api } = await meeting(at(PATH, reply));
      const [call, chain] = await Promise.all([api.ask('webhooks-ca'), api.ask('webhooks-ca-chain')]);
      // On a kept connection that was ended a GET goes out once more.
      expect(server.calls().filter(({ path }) => path === PATH).length).toBe(reply.reset ? 2 : 1);
      const session = await api.access.session();
      return { call, chain, text: await session.webhooksCa(new AbortController().signal) };
    };
    const two = await asked({
      body: `${made.ca}\n${made.good.certificate}`,
      headers: { 'content-type': 'text/plain' },
    });
    expect(two.chain).toMatchObject({
      why: null,
      chain: [{ subject: 'CN=Test authority', selfSigned: true }, { subject: 'CN=localhost' }],
    });
    expect(two.text).toContain('-----BEGIN CERTIFICATE-----');
    expect(await asked({ status: 404, body: null })).toMatchObject({ chain: { chain: [], why: null }, text: null });
    expect((await asked({ body: 'hello' })).chain.why).toBe('what the API answered holds no certificate');
    expect((await asked({ status: 403, body: {} })).chain.why).toBe('the API answered with 403');
    expect((await asked({ reset: true })).chain.why).toContain('ended the connection');
    const broken = '-----BEGIN CERTIFICATE-----\nTUlJ\n-----END CERTIFICATE-----';
    expect((await asked({ body: broken })).chain.why).toBe(
      'what the API answered holds a certificate that cannot be read',
    );
  });

  it('the address of the webhook is told whole to whoever connects to it, and masked in the answer', async () => {
    const url = 'https://me:canary@hook.example/in?token=canary';
    const { api } = await meeting(
      at('/v1/settings/application', { body: { settings: { application: { webhooks: { url } } } } }),
    );
    const { signal } = new AbortController();
    const session = await api.access.session();
    expect(await session.webhookUrl(signal)).toBe(url);
    expect(JSON.stringify(await api.ask('settings-application'))).not.toContain('canary');
    const none = await meeting(at('/v1/settings/application', { body: { settings: { application: {} } } }));
    expect(await (await none.api.access.session()).webhookUrl(signal)).toBeNull();
  });
});
