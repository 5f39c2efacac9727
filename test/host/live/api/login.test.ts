import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findLogin, tokenIn } from '../../../../src/host/live/api/login.ts';
import { type ApiServer, apiServer, type Got, healthy, type Reply } from '../../../support/api-server.ts';
import { type AskedApi, askedApi, RIGHT } from '../../../support/asked-api.ts';
import { type Certificates, certificates, noCertificates } from '../../../support/certificates.ts';
import { titled } from '../../../support/titled.ts';

describe('where a login is looked for', () => {
  const found = (environment: Readonly<Record<string, string>>, given: Parameters<typeof findLogin>[1] = null) => {
    const { login, places } = findLogin(environment, given);
    return { login, states: places.map(({ state }) => state) };
  };
  const [password, key] = [{ user: 'wa', password: 'p' }, { key: 'k' }];
  it.each([
    ['nowhere', {}, null, null, ['not-given', 'not-given', 'not-given']],
    ['a password', { WA_API_USERNAME: 'wa', WA_API_PASSWORD: 'p' }, null, password, ['used', 'not-given', 'not-given']],
    ['a key', { WA_API_KEY: 'k' }, null, key, ['not-given', 'used', 'not-given']],
    [
      'both: the password, which opens more',
      { WA_API_USERNAME: 'wa', WA_API_PASSWORD: 'p', WA_API_KEY: 'k' },
      null,
      password,
      ['used', 'not-needed', 'not-given'],
    ],
    [
      'half a login, and a key',
      { WA_API_USERNAME: 'wa', WA_API_KEY: 'k' },
      null,
      key,
      ['incomplete', 'used', 'not-given'],
    ],
    [
      'half a login',
      { WA_API_PASSWORD: 'p', WA_API_USERNAME: '' },
      null,
      null,
      ['incomplete', 'not-given', 'not-given'],
    ],
    ['a person, whose word goes first', { WA_API_KEY: 'k' }, password, password, ['not-given', 'not-needed', 'used']],
  ] as const)('%s', (_, environment, given, login, states) => {
    expect(found(environment, given)).toEqual({ login, states });
  });

  it('says what is missing', () => {
    expect(findLogin({ WA_API_USERNAME: 'wa' }, null).places[0]?.detail).toBe('WA_API_PASSWORD is missing');
    expect(findLogin({ WA_API_PASSWORD: 'p' }, null).places[0]?.detail).toBe('WA_API_USERNAME is missing');
  });
});

describe('the token of a login', () => {
  it.each([
    [
      'one',
      { users: [{ token: 'abc', expires_after: '2026-11-29 08:14:03+00:00' }] },
      'abc',
      '2026-11-29T08:14:03.000Z',
    ],
    ['without a time', { users: [{ token: 'abc' }] }, 'abc', null],
    ['with a time that is none', { users: [{ token: 'abc', expires_after: 'soon' }] }, 'abc', null],
  ])('%s', (_, body, token, expiresAt) => expect(tokenIn(body)).toEqual({ token, expiresAt }));
  it.each([
    ['no users', {}],
    ['no token', { users: [{}] }],
    ['an empty one', { users: [{ token: '' }] }],
    ['one that would end a header', { users: [{ token: 'a\r\nX-Evil: 1' }] }],
    ['users that are no list', { users: { token: 'abc' } }],
    ['a list', [1]],
    ['nothing', null],
  ])('none: %s', (_, body) => expect(tokenIn(body)).toBeNull());
});

const no = noCertificates();
describe.skipIf(no)(titled('the login', no), () => {
  const folder = mkdtempSync(join(tmpdir(), 'api-login-'));
  const open: { readonly stop: () => Promise<void> }[] = [];
  let made: Certificates;
  beforeAll(() => {
    made = certificates(folder);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ stop }) => stop()));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const meeting = async (
    answer: (got: Got) => Reply = healthy,
    environment: Readonly<Record<string, string>> = RIGHT,
  ): Promise<{ server: ApiServer; api: AskedApi }> => {
    const server = await apiServer(made.good, answer);
    const api = askedApi({ url: server.url, ca: made.caFile, environment });
    open.push({ stop: api.close }, server);
    return { server, api };
  };
  const error = (code: number) => ({ errors: [{ code, title: 'x' }] });

  it.each([
    ['a token', healthy, 'token'],
    ['refused', () => ({ status: 401, body: error(1005) }), 'denied'],
    ['refused without a word', () => ({ status: 401 }), 'denied'],
    ['the initial password', () => ({ status: 401, body: error(1024) }), 'password-change'],
    ['too many attempts', () => ({ status: 429 }), 'throttled'],
    ['too many attempts, by the code', () => ({ status: 400, body: error(1015) }), 'throttled'],
    ['access denied', () => ({ status: 403, body: error(1005) }), 'failed'],
    ['in trouble', () => ({ status: 500, body: error(1014) }), 'failed'],
    ['a redirect', () => ({ status: 302, headers: { location: 'https://127.0.0.1:1/' } }), 'failed'],
    ['good, without a token', () => ({ body: { users: [] } }), 'failed'],
    ['good, and no JSON', () => ({ body: '<html>' }), 'failed'],
    ['no answer at all', () => ({ reset: true }), 'unreachable'],
  ] as const)('%s', async (_, answer, state) => {
    const { server, api } = await meeting(answer);
    const told = await api.ask('login');
    expect([told.state, told.user]).toEqual([state, 'wa']);
    expect(told.expiresAt).toBe(state === 'token' ? '2026-11-29T08:14:03.000Z' : null);
    // One attempt, whoever asks, and however often.
    expect((await api.ask('login')).state).toBe(state);
    if (state !== 'token') await expect(api.ask('health')).rejects.toThrow(/^health was not asked: /);
    expect(server.calls().filter(({ path }) => path === '/v1/users/login').length).toBe(1);
  });

  it('is tried once by all who ask at the same time, and given back once', async () => {
    const { server, api } = await meeting();
    await Promise.all([
      ...(['health', 'support', 'metrics', 'shards'] as const).map((node) => api.ask(node)),
      api.ask('login'),
    ]);
    await Promise.all([api.close(), api.close()]);
    const paths = server.calls().map(({ path }) => path);
    expect(paths.filter((path) => path === '/v1/users/login').length).toBe(1);
    expect(paths.filter((path) => path === '/v1/users/logout').length).toBe(1);
    expect(paths.at(-1)).toBe('/v1/users/logout');
  });

  it('does not try a wrong password again until there is another one', async () => {
    const { server, api } = await meeting(healthy, { ...RIGHT, WA_API_PASSWORD: 'wrong-Pass-1' });
    expect((await api.ask('login')).state).toBe('denied');
    expect((await api.ask('login')).state).toBe('denied');
    api.access.renew();
    expect((await api.ask('login')).state).toBe('denied');
    api.give({ login: { user: 'wa', password: 'Correct-1' } });
    expect(await api.ask('login')).toMatchObject({
      state: 'token',
      places: [{ state: 'not-needed' }, {}, { state: 'used' }],
    });
    expect(server.calls().length).toBe(2);
    // What a person gave holds for the next run too.
    api.access.renew();
    expect((await api.ask('login')).state).toBe('token');
  });

  it('without one', async () => {
    const { server, api } = await meeting(healthy, {});
    expect(await api.ask('login')).toMatchObject({ state: 'no-login', user: null, call: null });
    await expect(api.ask('support')).rejects.toThrow('support was not asked: there is no login for the API');
    await api.close();
    expect(server.calls()).toEqual([]);
  });

  it('by an API key: three nodes, no login and no logout', async () => {
    const { server, api } = await meeting(healthy, { WA_API_KEY: 'canary-key-1234' });
    expect(await api.ask('login')).toMatchObject({ state: 'key', user: null, call: null });
    for (const node of ['health', 'stats-app', 'metrics', 'stats-db'] as const)
      expect((await api.ask(node)).auth).toBe('apikey');
    for (const node of ['support', 'settings-application', 'business-profile', 'shards', 'webhooks-ca'] as const)
      await expect(api.ask(node)).rejects.toThrow(`${node} was not asked: an API key is not good for it`);
    await api.close();
    expect(server.calls().map(({ path, auth }) => [path, auth])).toEqual([
      ['/v1/health', 'Apikey canary-key-1234'],
      ['/v1/stats/app', 'Apikey canary-key-1234'],
      ['/metrics', 'Apikey canary-key-1234'],
      ['/v1/stats/db', 'Apikey canary-key-1234'],
    ]);
  });

  it('gives back a token also where whoever asked for it gave up', async () => {
    const slow = (got: Got): Reply =>
      got.path === '/v1/users/login' ? { ...healthy(got), afterMs: 400 } : healthy(got);
    const { server, api } = await meeting(slow);
    const stop = new AbortController();
    const login = api.ask('login', stop.signal);
    setTimeout(() => stop.abort(new Error('cancelled')), 150);
    await expect(login).rejects.toThrow('cancelled');
    await api.close();
    expect(server.calls().map(({ path }) => path)).toEqual(['/v1/users/login', '/v1/users/logout']);
  });

  it('takes no longer than that to end where the API is silent', async () => {
    const { api } = await meeting((got) => (got.path === '/v1/users/logout' ? { afterMs: 20_000 } : healthy(got)));
    await api.ask('login');
    const since = performance.now();
    await api.close();
    expect(performance.now() - since).toBeLessThan(1500);
    await expect(api.ask('health')).rejects.toThrow('the run is over');
  });

  it('leaves no connection behind, and logs out also where the kept one was closed', async () => {
    const { server, api } = await meeting();
    await api.ask('health');
    server.dropKept();
    await api.close();
    expect(server.calls().at(-1)?.path).toBe('/v1/users/logout');
    await pause(50);
    expect(server.open()).toBe(0);
  });

  it('logs the earlier run out when the next one begins', async () => {
    const { server, api } = await meeting();
    await api.ask('login');
    api.access.renew();
    await api.ask('login');
    await api.close();
    expect(
      server
        .calls()
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual([...['/v1/users/login', '/v1/users/login', '/v1/users/logout', '/v1/users/logout']]);
  });
});
