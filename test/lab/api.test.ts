import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noCertificates } from '../support/certificates.ts';
import { type StandInApi, startStandInApi } from '../support/lab-api.ts';
import { titled } from '../support/titled.ts';
import { call, get, logIn } from './api-calls.ts';
import { ERROR_CODES } from './stand-in/errors.ts';

const missing = noCertificates();
const META = { version: 'v2.57.2', api_status: 'stable' };
const KEY = /^[a-z]+\d:[0-9a-f]{12}$/;

describe.skipIf(missing)(titled("the stand-in's nodes, as they are documented", missing), () => {
  let api: StandInApi;
  beforeAll(async () => {
    api = await startStandInApi('single');
  });
  afterAll(() => api?.stop());

  it('logs in with a token that is good for 7 days, and out again', async () => {
    const { status, json } = await logIn(api);
    expect(status).toBe(200);
    expect(json.users[0].expires_after).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+00:00$/);
    const days = (Date.parse(json.users[0].expires_after) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(7, 2);
    expect(json.meta).toEqual(META);
    const authorization = `Bearer ${json.users[0].token}`;
    expect((await call(api, 'GET', '/v1/health', { authorization })).status).toBe(200);
    expect((await call(api, 'POST', '/v1/users/logout', { authorization })).status).toBe(200);
    expect((await call(api, 'GET', '/v1/health', { authorization })).status).toBe(401);
  });
  it('tells its health as a single instance does', async () => {
    expect((await get(api, '/v1/health')).json).toEqual({ health: { gateway_status: 'connected' }, meta: META });
  });
  it('tells every field of support, secrets of the environment among them', async () => {
    const { support } = (await get(api, '/v1/support')).json;
    expect(support).toMatchObject({
      context: 'healthcheck',
      db_engine: 'PGSQL',
      multi_connect: false,
      socket_conn: 'UP',
    });
    expect(support.db_info).toEqual([expect.any(String)]);
    expect(support.env).toContainEqual(expect.stringMatching(/^WA_DB_PASSWORD=./));
    expect(support.device_iso8601).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Date.parse(`${support.expire_timestamp}Z`)).toBeGreaterThan(Date.now());
    expect(Object.keys(support.schema)).toEqual([
      'axolotl',
      'callback',
      'cluster',
      'config',
      'contact',
      'jobqueue',
      'message',
    ]);
    for (const disk of ['data', 'logs', 'media_incoming', 'media_outgoing'])
      expect(support[`free_space_${disk}`]).toBeGreaterThan(1e9);
    expect(support.version).toBe('2.57.2');
    expect(support).not.toHaveProperty('role');
  });
  it('gives metrics as rows of labels and values', async () => {
    const { stats } = (await get(api, '/v1/stats/app')).json;
    expect(stats.app.callback_queue_size).toEqual({ data: [{ value: 3 }], help: expect.any(String), type: 'gauge' });
    expect(stats.app.callback_requests.data[0].labels).toEqual({ result: 'success', type: 'inbound_message' });
    const { stats: database } = (await get(api, '/v1/stats/db')).json;
    expect(Object.keys(database.db)).toContain('db_pending_messages');
    const { metrics } = (await get(api, '/metrics')).json;
    expect(metrics.web_queue_len.data).toEqual([{ labels: { node: 'waweb' }, value: 128 }]);
    expect((await get(api, '/metrics?format=prometheus')).text).toContain('\nweb_queue_len{node="waweb"} 128\n');
  });
  it('tells its settings, profile, shards and certificates', async () => {
    const { application } = (await get(api, '/v1/settings/application')).json.settings;
    expect(application).toMatchObject({ callback_persist: true, heartbeat_interval: 5, unhealthy_interval: 30 });
    expect(application.webhooks.url).toBe(api.webhookUrl);
    const { profile } = (await get(api, '/v1/settings/business/profile')).json.settings.business;
    expect(Object.keys(profile)).toEqual(['address', 'description', 'email', 'vertical', 'websites']);
    expect((await get(api, '/v1/settings/profile/about')).json.settings.profile.about.text).toBeTruthy();
    expect((await get(api, '/v1/account/shards')).json.account).toEqual({ shards: 1 });
    for (const path of ['external/ca', 'webhooks/ca'])
      expect((await get(api, `/v1/certificates/${path}`)).text).toMatch(/^-----BEGIN CERTIFICATE-----/);
    api.fault('webhook-unset');
    expect((await get(api, '/v1/certificates/webhooks/ca')).status).toBe(404);
    api.fault('none');
  });
  it('lets an API key ask health, stats and metrics, and nothing else', async () => {
    const authorization = `Apikey ${api.apiKey}`;
    for (const path of ['/v1/health', '/v1/stats/app', '/metrics'])
      expect((await call(api, 'GET', path, { authorization })).status).toBe(200);
    for (const path of ['/v1/support', '/v1/settings/application'])
      expect((await call(api, 'GET', path, { authorization })).status).toBe(401);
    expect((await call(api, 'GET', '/v1/health')).status).toBe(401);
  });
  it('says in headers, in TLS and in its page that it is a stand-in', async () => {
    const root = await call(api, 'GET', '/');
    expect(root.text).toContain('Stand-in');
    expect(root.headers).toMatchObject({ server: 'wa-preflight-stand-in', 'x-frame-options': 'DENY' });
  });
  it('throttles wrong passwords, and forgives with the next change', async () => {
    const wrong = { user: 'admin', password: 'wrong' };
    const statuses: number[] = [];
    for (let tries = 0; tries < 11; tries += 1) statuses.push((await logIn(api, wrong)).status);
    expect([statuses[0], statuses[10]]).toEqual([401, 401]);
    api.fault('login-throttled');
    expect((await logIn(api)).json.errors).toEqual([expect.objectContaining({ code: 1015 })]);
    api.fault('none');
    expect((await logIn(api)).status).toBe(200);
  });
  it.each(Object.entries(ERROR_CODES))('answers error %s when it is told to', async (code, [title, status]) => {
    api.fault(`error=${code}@support`);
    const answered = await get(api, '/v1/support');
    api.fault('none');
    expect(answered.status).toBe(status);
    expect(answered.json.errors).toEqual([expect.objectContaining({ code: Number(code), title })]);
    expect(answered.json.meta).toEqual(META);
  });
  it('records every call without its credentials, and those that nobody should make', async () => {
    api.forgetCalls();
    const { json } = await logIn(api);
    const authorization = `Bearer ${json.users[0].token}`;
    for (const [method, path] of [
      ...[
        ['POST', '/v1/account'],
        ['PATCH', '/v1/settings/application'],
        ['DELETE', '/v1/certificates/webhooks/ca'],
      ],
      ...[
        ['PUT', '/v1/services/message/gc'],
        ['POST', '/v1/users'],
        ['POST', '/v1/settings/backup'],
      ],
    ] as const)
      expect((await call(api, method, path, { authorization })).status).toBe(500);
    const calls = api.calls();
    expect(calls.map(({ never }) => never)).toEqual([false, true, true, true, true, true, true]);
    expect(calls[0]).toMatchObject({ method: 'POST', path: '/v1/users/login', auth: 'basic', status: 200 });
    expect(JSON.stringify(calls)).not.toContain(json.users[0].token);
  });
});

describe.skipIf(missing).each([
  {
    topology: 'ha',
    connected: ['wacore1'],
    shards: 1,
    owners: {
      wacore1: [
        [-1, -1],
        [0, 0],
      ],
    },
  },
  {
    topology: 'multiconnect',
    connected: ['master1', 'wacore1', 'wacore2'],
    shards: 2,
    owners: { master1: [[-1, -1]], wacore1: [[0, 0]], wacore2: [[1, 1]] },
  },
] as const)(titled('the nodes of a cluster: $topology', missing), ({ topology, connected, shards, owners }) => {
  let api: StandInApi;
  beforeAll(async () => {
    api = await startStandInApi(topology);
  });
  afterAll(() => api?.stop());
  const nameOf = (key: string) => key.split(':')[0] ?? '';

  it('tells health by host name and container, with roles', async () => {
    const health: Record<string, { gateway_status: string; role: string }> = (await get(api, '/v1/health')).json.health;
    for (const key of Object.keys(health)) expect(key).toMatch(KEY);
    const up = Object.entries(health).filter(([, node]) => node.gateway_status === 'connected');
    expect(up.map(([key]) => nameOf(key))).toEqual(connected);
    const roles = Object.values(health).map(({ role }) => role);
    expect(roles.filter((role) => role === 'primary_master')).toHaveLength(1);
    expect(roles.filter((role) => role === 'secondary_master')).toHaveLength(1);
    expect((await get(api, '/v1/account/shards')).json.account.shards).toBe(shards);
  });
  it('tells who owns which shard', async () => {
    const support: Record<string, { shards: number[][] }> = (await get(api, '/v1/support')).json.support;
    const owned = Object.entries(support).filter(([, node]) => node.shards.length > 0);
    expect(Object.fromEntries(owned.map(([key, node]) => [nameOf(key), node.shards]))).toEqual(owners);
  });
  it('tells stats for each node, those of the database by the primary master alone', async () => {
    const { stats } = (await get(api, '/v1/stats/app')).json;
    expect(Object.values(stats.app)).toSatisfy((nodes: object[]) =>
      nodes.every((node) => 'callback_queue_size' in node),
    );
    const { stats: database } = (await get(api, '/v1/stats/db')).json;
    const told = Object.entries(database.db).filter(([, node]) => Object.keys(node as object).length > 0);
    expect(told.map(([key]) => nameOf(key))).toEqual(['master1']);
  });
  it('hands over what a node that is gone had', async () => {
    api.behave({ unreachable: ['wacore1', 'master1'] });
    const { health } = (await get(api, '/v1/health')).json;
    api.fault('none');
    const of = (name: string) => Object.entries(health).find(([key]) => nameOf(key) === name)?.[1];
    expect(of('wacore1')).toEqual({
      errors: [
        {
          code: 1014,
          title: 'Internal error',
          details: expect.stringContaining('Please check if wacore is running: wacore1:6252'),
        },
      ],
    });
    expect(of('wacore2')).toMatchObject({ gateway_status: 'connected', role: 'coreapp' });
    expect(of('master2')).toMatchObject({ role: 'primary_master' });
  });
});
