import { describe, expect, it } from 'vitest';
import { tooDeep } from '../../../../src/depth.ts';
import { maskedNumber, maskOf } from '../../../../src/host/live/api/mask.ts';
import { cutter, secretsOf } from '../../../../src/host/live/api/secrets.ts';
import { hostileStrings } from '../../../support/hostile.ts';

const SECRETS = ['Canary-Password-1', 'wa:Canary-Password-1', 'canary.key.12345'];
const { json, text, headers } = maskOf(SECRETS);

describe('what an answer of the API must not tell', () => {
  it('the values of variables, but for those that are harmless', () => {
    const env = [
      'WA_DB_ENGINE=MYSQL',
      'WA_DB_HOSTNAME=db.lab',
      'WA_DB_PASSWORD=a=b=c',
      'WA_SECRET=x',
      'MINE=1',
      'BARE',
      'WA_API_KEY=',
    ];
    expect(json({ support: { env } })).toEqual({
      support: {
        env: [
          'WA_DB_ENGINE=MYSQL',
          'WA_DB_HOSTNAME=db.lab',
          'WA_DB_PASSWORD=***',
          'WA_SECRET=***',
          'MINE=***',
          'BARE',
          'WA_API_KEY=***',
        ],
      },
    });
    expect(json({ 'core-a:1f0c2b7d9e11': { env: { WA_DB_PORT: 3306, WA_DB_PASSWORD: 'x', OTHER: 7 } } })).toEqual({
      'core-a:1f0c2b7d9e11': { env: { WA_DB_PORT: 3306, WA_DB_PASSWORD: '***', OTHER: '***' } },
    });
  });

  it.each([
    [
      'a token',
      { users: [{ token: 'eyJ', expires_after: '2026-11-29 08:14:03+00:00' }] },
      { users: [{ token: '***', expires_after: '2026-11-29 08:14:03+00:00' }] },
    ],
    ['a backup', { settings: { data: 'blob' } }, { settings: { data: '***' } }],
    [
      'names that hold secrets',
      { a: { db_password: 'x', api_key: 'y', apiKey: 'z', pin: 123456, Authorization: 'q' } },
      { a: { db_password: '***', api_key: '***', apiKey: '***', pin: '***', Authorization: '***' } },
    ],
    [
      'what is empty stays so',
      { password: '', token: null, secret: false },
      { password: '', token: null, secret: false },
    ],
    [
      'a private key',
      { pem: 'a -----BEGIN EC PRIVATE KEY-----\nMII\n-----END EC PRIVATE KEY----- b' },
      { pem: 'a *** b' },
    ],
    ['a private key that is cut off', { pem: '-----BEGIN PRIVATE KEY-----\nMII' }, { pem: '***' }],
    [
      'credentials in an address',
      { webhooks: { url: 'https://me:pw@hook.example:8443/in?token=abc&x=1' } },
      { webhooks: { url: 'https://***@hook.example:8443/***' } },
    ],
    [
      "what follows a webhook's host",
      { webhooks: { url: 'https://hook.example/in/secret-path' }, websites: ['https://shop.example/home?x=1'] },
      { webhooks: { url: 'https://hook.example/***' }, websites: ['https://shop.example/home?x=***'] },
    ],
  ])('%s', (_, before, after) => expect(json(before)).toEqual(after));

  it.each([
    ['alone', { debug_info: '15550100042' }, { debug_info: '*********42' }],
    ['as a number', { wa_id: 15550100042 }, { wa_id: '*********42' }],
    ['short, where its name tells', { wa_id: '5550142' }, { wa_id: '*****42' }],
    ['with a plus, in groups', { details: 'of +1 (555) 010-0042 now' }, { details: 'of +* (***) ***-**42 now' }],
    ['in words', { details: 'user 15550100042: not valid' }, { details: 'user *********42: not valid' }],
    ['as an id of a chat', { id: '15550100042@s.whatsapp.net' }, { id: '*********42@s.whatsapp.net' }],
    ['as an id of a group', { id: '15550100042-1445627445@g.us' }, { id: '*********42-1445627445@g.us' }],
  ])('a phone number %s', (_, before, after) => expect(json(before)).toEqual(after));

  it('nothing else', () => {
    const plain = {
      health: { 'core-a:1f0c2b7d9e11': { gateway_status: 'connected', role: 'coreapp' } },
      support: {
        debug_info: 'unregistered',
        version: '2.57.2',
        device_iso8601: '2026-11-22T03:10:44Z',
        expire_timestamp: '1761177600',
        e2e: { registration_id: 911204417, identity_timestamp: '2024-02-11T09:00:00Z' },
        free_space_data: 9223372036853727000,
        shards: [[-1, -1]],
        multi_connect: false,
        lc: null,
        share: 0.123456789012,
        text: '0.123456789012 of 10.20.30.40, id 6f9619ff-8b86-d011-b42d-00cf4fc964ff',
      },
      errors: [{ code: 1014, details: 'Please check if wacore is running: mast-b:6252' }],
    };
    expect(json(plain)).toEqual(plain);
  });

  it('keeps the last two digits of a number', () => expect(maskedNumber('+66 81 234 5678')).toBe('+** ** *** **78'));

  it('headers: cookies and credentials go, the rest stays, and not too much of it', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`x-${at}`, 'y'.repeat(9000)]));
    expect(
      headers({
        'set-cookie': ['a=b', 'c=d'],
        authorization: 'Basic x',
        'x-auth-token': 'q',
        server: 'nginx',
        'x-list': ['1', '2'] as never,
      }),
    ).toEqual({ 'set-cookie': '***', authorization: '***', 'x-auth-token': '***', server: 'nginx', 'x-list': '1, 2' });
    const kept = Object.values(headers(many));
    expect([kept.length, Math.max(...kept.map(({ length }) => length))]).toEqual([100, 4097]);
  });

  it('drops names that are traps, and numbers that are none', () => {
    const parsed = JSON.parse('{"__proto__":{"isAdmin":true},"a":[{"__proto__":1,"b":1e999}]}');
    expect(JSON.stringify(json(parsed))).toBe('{"a":[{"b":null}]}');
  });

  it('cuts a long text short after the secrets were cut out of it', () => {
    const [password = ''] = SECRETS;
    for (let before = 16_370; before < 16_390; before += 1) {
      const told = String(json(`${'x'.repeat(before)}${password}${'y'.repeat(100)}`));
      expect(told).not.toContain('Canary');
      expect(told.length).toBeLessThanOrEqual(16_385);
    }
  });

  it('takes no longer for texts that were made to take long', () => {
    const since = performance.now();
    for (const part of ['a.', 'a://', '?a=', '+1 ', '-----BEGIN ', '1', 'a@', '&'])
      text(part.repeat((1 << 20) / part.length));
    expect(performance.now() - since).toBeLessThan(3000);
  });
});

describe('the secrets of a run', () => {
  const said = (password: string, form: string) => cutter(secretsOf({ user: 'wa', password }))(form);
  const PASSWORD = 'Pä"ss w/ö$r\\d1';
  it.each([
    ['as it is', PASSWORD],
    ['in a URL', encodeURIComponent(PASSWORD)],
    ['in JSON', JSON.stringify(PASSWORD).slice(1, -1)],
    ['in base64', Buffer.from(PASSWORD).toString('base64')],
    ['in hex', Buffer.from(PASSWORD).toString('hex')],
    ['as a login is sent', Buffer.from(`wa:${PASSWORD}`).toString('base64')],
  ])('are cut out %s', (_, form) => expect(said(PASSWORD, `a ${form} b`)).toBe('a *** b'));

  it('are cut out of keys too', () => {
    expect(json({ [`x ${SECRETS[2]}`]: 1 })).toEqual({ 'x ***': 1 });
  });
  it('a short one is cut out where it stands alone', () => {
    expect(said('abc1', 'abc1 xabc1 "abc1" abc12')).toBe('*** xabc1 "***" abc12');
  });
  it('none of them is no secret', () => expect(cutter(secretsOf(null))('text')).toBe('text'));
  it('the key of the API', () =>
    expect(cutter(secretsOf({ key: 'canary-key-1' }))('of canary-key-1!')).toBe('of ***!'));
});

describe('foreign strings in an answer', () => {
  it('are masked without harm, 10,000 of them, and hold no secret', () => {
    for (const [at, said] of hostileStrings(10_000).entries()) {
      const told = json({ [said]: [said, { [`${said}${SECRETS[0]}`]: `${said}${SECRETS[at % 3]}${said}` }] });
      expect(JSON.stringify(told)).not.toMatch(/Canary-Password|canary\.key/);
      expect(tooDeep(told)).toBe(false);
    }
  });
});
