import { describe, expect, it } from 'vitest';
import type { ApiAnswers } from '../../src/host/answers/api.ts';
import { hostOf, keyOf, type Question } from '../../src/host/host.ts';
import type { Json } from '../../src/model.ts';
import { poller } from '../../src/wait/poll.ts';
import { apiCall, health, oneHealth, oneSupport, refusal } from '../support/api-answers.ts';

const ENDPOINT: ApiAnswers['endpoint'] = {
  ...{ url: 'https://localhost:9090', from: '--api-url', none: null, others: [], address: '127.0.0.1', steps: [] },
  failed: null,
  tls: { protocol: 'TLSv1.3', cipher: '', trusted: true, by: '--api-ca', fault: null, chain: [] },
};
const DOWN: ApiAnswers['endpoint'] = {
  ...{ ...ENDPOINT, tls: null },
  failed: { step: 'tcp', kind: 'refused', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
};
const loginThat = (state: ApiAnswers['login']['state']): ApiAnswers['login'] => ({
  ...{ places: [], state, user: null, expiresAt: null, call: null },
});
const WELL: Readonly<Record<string, unknown>> = {
  'api "endpoint"': ENDPOINT,
  'api "login"': loginThat('token'),
  'api "health"': oneHealth('connected'),
  'api "support"': oneSupport('UP'),
  'api "stats-app"': apiCall('/v1/stats/app', {}),
  'api "settings-application"': apiCall('/v1/settings/application', {}),
  'docker "deployment"': { containers: [] },
};

/** A host that answers from a table, which each poll may change; and all that was asked of it. */
const standIn = (person = false) => {
  const table: Record<string, unknown> = { ...WELL };
  const asked: string[] = [];
  const ask = async (question: Question): Promise<Json> => {
    const key = keyOf(question);
    asked.push(key);
    const answer = table[key];
    const told = typeof answer === 'function' ? answer() : answer;
    if (told === undefined) throw new Error(`nothing is known of ${key}`);
    return told as Json;
  };
  const poll = poller({
    with: (signal) => hostOf((question) => ask(question), { signal, progress: () => {} }),
    person,
    renewDocker: () => asked.push('renew docker'),
    renewApi: () => asked.push('renew api'),
  });
  return {
    table,
    asked,
    times: (key: string) => asked.filter((one) => one === key).length,
    poll: () => poll(new AbortController().signal),
  };
};

describe('polls', () => {
  it('log in once, ask health and support each time, and Docker anew', async () => {
    const host = standIn();
    for (const _ of [1, 2, 3]) await host.poll();
    expect(host.times('api "login"')).toBe(1);
    expect(host.times('api "endpoint"')).toBe(1);
    expect(host.times('renew api')).toBe(0);
    for (const node of ['health', 'support']) expect(host.times(`api "${node}"`)).toBe(3);
    expect(host.times('docker "deployment"')).toBe(3);
    expect(host.times('renew docker')).toBe(2);
  });

  it('look for the API anew until somebody is logged in', async () => {
    const host = standIn();
    host.table['api "endpoint"'] = DOWN;
    host.table['api "login"'] = loginThat('unreachable');
    expect(await host.poll()).toMatchObject({ health: null, endpoint: DOWN });
    Object.assign(host.table, { 'api "endpoint"': ENDPOINT, 'api "login"': loginThat('token') });
    expect((await host.poll()).health?.status).toBe(200);
    expect(host.times('renew api')).toBe(1);
  });

  it('ask a person where there is something to log in at, and not before', async () => {
    const host = standIn(true);
    host.table['api "endpoint"'] = DOWN;
    await host.poll();
    expect(host.times('api "login"')).toBe(0);
    host.table['api "endpoint"'] = ENDPOINT;
    await host.poll();
    expect(host.times('api "login"')).toBe(1);
  });

  it('log in once more where the token is no longer taken, and not a third time', async () => {
    const host = standIn();
    await host.poll();
    let refused = 0;
    host.table['api "health"'] = () => (refused++ < 1 ? refusal('/v1/health', 1005, 401) : oneHealth('connected'));
    expect((await host.poll()).health?.status).toBe(200);
    expect(host.times('api "login"')).toBe(2);
    host.table['api "health"'] = refusal('/v1/health', 1005, 401);
    for (const _ of [1, 2, 3]) expect((await host.poll()).health?.status).toBe(401);
    expect(host.times('api "login"')).toBe(2);
  });

  it('with an API key ask what it is good for, and log in no second time', async () => {
    const host = standIn();
    host.table['api "login"'] = loginThat('key');
    expect(await host.poll()).toMatchObject({ support: null });
    expect(host.times('api "support"')).toBe(0);
    expect(host.times('api "settings-application"')).toBe(0);
    expect(host.times('api "stats-app"')).toBe(1);
    host.table['api "health"'] = refusal('/v1/health', 1005, 401);
    await host.poll();
    expect(host.times('api "login"')).toBe(1);
  });

  it('ask more only where all says ready, and look for a 1011 there', async () => {
    const host = standIn();
    host.table['api "support"'] = oneSupport('UP receiving offline');
    await host.poll();
    expect(host.times('api "stats-app"')).toBe(0);
    host.table['api "support"'] = oneSupport('UP');
    host.table['api "settings-application"'] = refusal('/v1/settings/application', 1011, 500);
    expect((await host.poll()).further.map(({ status }) => status)).toEqual([200, 500]);
  });

  it('ask for the number of shards until it was told or refused, of a cluster alone', async () => {
    const host = standIn();
    await host.poll();
    expect(host.times('api "shards"')).toBe(0);
    host.table['api "health"'] = health({ 'a:1': { gateway_status: 'connected', role: 'coreapp' } });
    await host.poll();
    host.table['api "shards"'] = apiCall('/v1/account/shards', { account: { shards: 4 } });
    expect((await host.poll()).shards).toBe(4);
    expect((await host.poll()).shards).toBe(4);
    expect(host.times('api "shards"')).toBe(2);
  });

  it('survive questions without an answer, and say why', async () => {
    const host = standIn();
    for (const key of Object.keys(host.table)) delete host.table[key];
    expect(await host.poll()).toMatchObject({ endpoint: null, login: null, health: null, containers: [] });
    expect((await host.poll()).failed.join()).toContain('nothing is known of api "endpoint"');
  });

  it('are not held up by an Engine that hangs, and do not ask it again meanwhile', async () => {
    const host = standIn();
    host.table['docker "deployment"'] = () => new Promise(() => {});
    const since = performance.now();
    expect(await host.poll()).toMatchObject({ containers: [], health: { status: 200 } });
    expect((await host.poll()).failed.join()).toContain('Docker did not tell');
    expect(performance.now() - since).toBeLessThan(4000);
    expect(host.times('docker "deployment"')).toBe(1);
  });

  it('end with their signal', async () => {
    const stop = new AbortController();
    const poll = poller({
      with: (signal) =>
        hostOf(() => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))), {
          signal,
          progress: () => {},
        }),
      ...{ person: false, renewDocker: () => {}, renewApi: () => {} },
    });
    const polled = poll(stop.signal);
    stop.abort(new Error('over'));
    await expect(polled).rejects.toThrow('over');
  });
});
