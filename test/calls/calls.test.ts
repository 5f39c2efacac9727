import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { har } from '../../src/calls/har.ts';
import { madeCalls } from '../../src/calls/made.ts';
import { postman } from '../../src/calls/postman.ts';
import type { ApiCall } from '../../src/host/answers/api.ts';
import type { Evidence } from '../../src/host/evidence.ts';
import { hostileStrings } from '../support/hostile.ts';
import { HAR_SCHEMA } from './har-schema.ts';
import { POSTMAN_SCHEMA } from './postman-schema.ts';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const [isHar, isPostman] = [ajv.compile(HAR_SCHEMA), ajv.compile(POSTMAN_SCHEMA)];

let second = 10;
const call = (path: string, change: Partial<ApiCall> = {}): ApiCall => ({
  ...{ method: 'GET', path, auth: 'bearer', startedAt: `2026-11-22T03:10:${second++}.000Z`, ms: 12.5, status: 200 },
  ...{
    headers: { 'content-type': 'application/json' },
    body: { ok: true },
    text: null,
    bytes: 11,
    failed: null,
    sent: null,
  },
  ...change,
});
const silent: Partial<ApiCall> = {
  ...{ status: null, headers: {}, body: null, bytes: 0 },
  failed: { step: 'http', kind: 'no-answer', message: 'it did not answer within 8.0 s', code: null },
};
const login = {
  ...{ places: [], state: 'token', user: 'wa', expiresAt: null },
  call: call('/v1/users/login', { method: 'POST', auth: 'basic', body: { users: [{ token: '***' }] } }),
};
const values: Record<string, unknown> = {
  'host "memory"': { total: 1 },
  'api "endpoint"': { url: 'https://web.example:9090' },
  'api "login"': login,
  'api "root"': call('/', { auth: 'none', body: null, text: 'hello', headers: { 'content-type': 'text/plain' } }),
  'api "health"': call('/v1/health'),
  'api "metrics"': call('/metrics?format=prometheus', { auth: 'apikey' }),
  'api "support"': call('/v1/support', silent),
  'api "message"': call('/v1/messages', {
    ...{ method: 'POST', sent: { to: '*********77', type: 'text', text: { body: 'x' } }, status: 201 },
  }),
  'api "default-admin"': call('/v1/users/login', { method: 'POST', auth: 'basic', status: 401 }),
  'api "tls-versions"': { versions: [], weak: [] },
};
const evidence: Evidence = {
  ...Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value: value as never }])),
  'api "shards"': { error: 'shards was not asked' },
};
const ORDER = ['login', 'root', 'health', 'metrics', 'support', 'message', 'default-admin'];

describe('the calls in evidence', () => {
  it('are all of them, in the order in which they were made', () => {
    const reversed = Object.fromEntries(Object.entries(evidence).reverse());
    for (const told of [evidence, reversed]) expect(madeCalls(told).map(({ name }) => name)).toEqual(ORDER);
  });
  it('what is no call is none', () => {
    expect(
      madeCalls({
        'api "health"': { value: { status: 'x' } },
        'api "root"': { value: null },
        'api "login"': { value: 7 },
      }),
    ).toEqual([]);
  });
});

describe('HAR', () => {
  const written = JSON.parse(har(evidence));
  const entries: readonly {
    readonly request: {
      readonly url: string;
      readonly headers: readonly { name: string; value: string }[];
      readonly postData?: { text: string };
    };
    readonly response: { readonly status: number; readonly content: { readonly text: string } };
    readonly comment: string;
  }[] = written.log.entries;

  it('is HAR 1.2', () => {
    expect(isHar(written), JSON.stringify(isHar.errors)).toBe(true);
  });
  it('is so without any call', () => {
    const empty = JSON.parse(har({}));
    expect(isHar(empty)).toBe(true);
    expect(empty.log.entries).toEqual([]);
  });
  it('has the calls in order, at their address, variables in place of what is secret', () => {
    expect(entries.map(({ comment }) => comment.split(':')[0])).toEqual(ORDER);
    expect(entries.map(({ request }) => request.url)).toContain('https://web.example:9090/metrics?format=prometheus');
    const credentials = entries.map(
      ({ request }) => request.headers.find(({ name }) => name === 'Authorization')?.value ?? null,
    );
    expect(credentials).toEqual([
      ...[
        'Basic {{username}}:{{password}}',
        null,
        'Bearer {{token}}',
        'Apikey {{api_key}}',
        'Bearer {{token}}',
        'Bearer {{token}}',
      ],
      'Basic {{username}}:{{password}}',
    ]);
    expect(JSON.parse(entries[5]?.request.postData?.text ?? '')).toMatchObject({ to: '{{recipient}}', type: 'text' });
  });
  it('tells what was answered, and why nothing was', () => {
    expect(entries[1]?.response.content.text).toBe('hello');
    expect(entries[2]?.response.content.text).toBe('{"ok":true}');
    expect(entries[4]).toMatchObject({
      response: { status: 0 },
      comment: 'support: no answer: it did not answer within 8.0 s',
    });
  });
});

describe('the Postman collection', () => {
  const written = JSON.parse(postman(evidence));

  it('is one of version 2.1', () => {
    expect(isPostman(written), JSON.stringify(isPostman.errors)).toBe(true);
  });
  it('is so without any call', () => {
    const empty = JSON.parse(postman({}));
    expect(isPostman(empty)).toBe(true);
    expect(empty.item).toEqual([]);
  });
  it('logs in first, keeps the token for the rest, and logs out at last', () => {
    expect(written.item.map(({ name }: { name: string }) => name)).toEqual([...ORDER, 'logout']);
    const [first, root, health] = written.item;
    expect(first.event[0].script.exec.join()).toContain(
      "pm.collectionVariables.set('token', pm.response.json().users[0].token)",
    );
    expect(first.request.auth.basic).toContainEqual({ key: 'password', value: '{{password}}', type: 'string' });
    expect(root.request.auth).toEqual({ type: 'noauth' });
    expect(health.request).toMatchObject({
      auth: { bearer: [{ key: 'token', value: '{{token}}' }] },
      url: { raw: '{{base_url}}/v1/health', host: ['{{base_url}}'], path: ['v1', 'health'] },
    });
    expect(written.item.at(-1).request).toMatchObject({ method: 'POST', url: { raw: '{{base_url}}/v1/users/logout' } });
  });
  it('has variables in place of what is secret, and the address', () => {
    expect(written.variable).toEqual([
      { key: 'base_url', value: 'https://web.example:9090' },
      ...['username', 'password', 'api_key', 'token', 'recipient'].map((key) => ({ key, value: '' })),
    ]);
    expect(written.item[3].request.header).toContainEqual({ key: 'Authorization', value: 'Apikey {{api_key}}' });
    expect(written.item[3].request.url.query).toEqual([{ key: 'format', value: 'prometheus' }]);
  });
  it('leads nowhere else, whatever path a recording tells', () => {
    const foreign = { ...login.call, auth: 'bearer' as const, path: '@elsewhere.invalid/v1/health' };
    const { item } = JSON.parse(postman({ 'api "health"': { value: foreign as never } }));
    expect(item[0].request.url.raw).toBe('{{base_url}}/');
  });
  it('does not log out where nobody was logged in', () => {
    const denied = { ...login, call: { ...login.call, status: 401 } };
    const { item } = JSON.parse(postman({ 'api "login"': { value: denied as never } }));
    expect(item.length).toBe(1);
  });
});

describe('foreign words', () => {
  it('in a recording make a valid document of both kinds, 2,000 of them', () => {
    for (const said of hostileStrings(2000)) {
      const foreign = call(said, {
        startedAt: said,
        headers: { [said]: said, location: said },
        body: null,
        text: said,
      });
      const told: Evidence = { 'api "health"': { value: foreign }, 'api "endpoint"': { value: { url: said } } };
      expect(isHar(JSON.parse(har(told))), JSON.stringify([said, isHar.errors])).toBe(true);
      expect(isPostman(JSON.parse(postman(told)))).toBe(true);
    }
  });
});
