import { describe, expect, it } from 'vitest';
import { apiHealth } from '../../../checks/api/health.ts';
import type { Json } from '../../../src/model.ts';
import type { Answers } from '../../support/judged.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, body, erring, minutesAfterStart, NO_API, notLoggedIn, refused } from './answers.ts';

const state = (gateway_status: string) => body('health', { health: { gateway_status } });
const nodes = (told: { readonly [name: string]: Json }, more: Answers = answers) =>
  body('health', { health: told }, more);
const is = (gateway_status: string, role = 'coreapp'): Json => ({ gateway_status, role });
const SILENT: Json = {
  errors: [{ code: 1014, title: 'Internal error', details: 'Please check if wacore is running: core-b:6252' }],
};
const shards = (count: Json, under: Answers = answers) => body('shards', { account: { shards: count } }, under);
const HA = {
  'core-a:1': is('connected'),
  'core-b:2': is('disconnected'),
  'mast-a:3': is('disconnected', 'primary_master'),
};
const MULTI = {
  'core-a:1': is('connected'),
  'core-b:2': is('connected'),
  'core-c:3': is('disconnected'),
  'mast-a:4': is('connected', 'primary_master'),
  'mast-b:5': is('disconnected', 'secondary_master'),
};

describe('api.health of a single instance', () => {
  it.each([
    ['connected', 'pass'],
    ['connecting', 'pass'],
    ['disconnected', 'fail'],
    ['unregistered', 'fail'],
    ['constructor', 'unknown'],
    ['CONNECTED?', 'unknown'],
  ])('%s is %s', async (status, outcome) => {
    const result = await judged(apiHealth, state(status));
    expect(result.outcome).toBe(outcome);
    if (outcome !== 'pass') expect(result.findings[0]?.remedy).toMatch(/^[A-Z].*\.$/s);
  });

  it('lets a schema be made for ten minutes after the start', async () => {
    const told = { body: { health: { gateway_status: 'uninitialized' } } };
    expect((await judged(apiHealth, minutesAfterStart(10, told))).outcome).toBe('warn');
    expect((await judged(apiHealth, minutesAfterStart(10.1, told))).outcome).toBe('fail');
    const elsewhere = { ...state('uninitialized'), 'docker "deployment"': new Error('no Engine') };
    expect(saying(await judged(apiHealth, elsewhere))).toMatch(/^warn\n.*uninitialized\); it takes/);
  });

  it('reads errors in place of the node', async () => {
    const result = await judged(apiHealth, body('health', { health: SILENT }));
    expect(saying(result)).toMatch(/^fail\n.*core-b:6252 \(control\)/);
  });

  it.each([
    [null],
    [{ health: null }],
    [{ health: 'connected' }],
    [{ health: ['connected'] }],
    [{ health: {} }],
    [{ Health: { gateway_status: 'connected' } }],
    ['connected'],
    [[]],
  ])('cannot tell from %j', async (told) => {
    expect((await judged(apiHealth, body('health', told as Json))).outcome).toBe('unknown');
  });

  it('is skip without an API or a login, and unknown without an answer', async () => {
    expect((await judged(apiHealth, NO_API)).outcome).toBe('skip');
    for (const why of ['no-login', 'denied', 'untrusted'] as const)
      expect(await judged(apiHealth, notLoggedIn(why))).toMatchObject({
        outcome: 'skip',
        findings: [{ subject: 'api.login' }],
      });
    expect((await judged(apiHealth, refused('health'))).outcome).toBe('unknown');
  });
});

describe('api.health in high availability', () => {
  it('wants exactly one Coreapp connected, and a spare', async () => {
    expect(saying(await judged(apiHealth, nodes(HA, shards(1))))).toMatch(
      /^pass\nHigh availability: 1 Coreapp connected/,
    );
    const two = await judged(apiHealth, nodes({ ...HA, 'core-b:2': is('connected') }, shards(1)));
    expect(saying(two)).toMatch(/^fail\n.*\(core-a:1, core-b:2\) say connected; exactly 1/);
    const none = await judged(apiHealth, nodes({ ...HA, 'core-a:1': is('disconnected') }, shards(1)));
    expect(none.outcome).toBe('fail');
    const { 'core-b:2': _, ...alone } = HA;
    expect(saying(await judged(apiHealth, nodes(alone, shards(1))))).toMatch(/^warn\nNo Coreapp is spare/);
  });

  it.each([
    ['the number of shards', shards(1)],
    [
      'who owns all shards',
      body('support', {
        support: {
          'core-a:1': {
            shards: [
              [-1, -1],
              [0, 0],
            ],
          },
        },
      }),
    ],
    ['a primary master that is disconnected', erring('support', 403, [{ code: 1005 }])],
  ])('is known by %s', async (_, under) => {
    const two = nodes({ ...HA, 'core-b:2': is('connected') }, under);
    const result = await judged(apiHealth, two);
    expect(saying(result)).toMatch(/^fail\nHigh availability/);
    expect(result.findings).toHaveLength(1);
  });

  it('counts a Coreapp that is connecting, which api.ready judges', async () => {
    expect((await judged(apiHealth, nodes({ ...HA, 'core-a:1': is('connecting') }, shards(1)))).outcome).toBe('pass');
  });

  it('warns of a node that does not answer, and fails where it is needed', async () => {
    const spare = await judged(apiHealth, nodes({ ...HA, 'core-b:2': SILENT }, shards(1)));
    expect(saying(spare)).toMatch(/^warn\ncore-b:2 answers error 1014 .* a spare covers it$/);
    const needed = { ...HA, 'core-a:1': is('disconnected'), 'core-b:2': SILENT };
    expect(saying(await judged(apiHealth, nodes(needed, shards(1))))).toMatch(/^fail\n.*\n.* it is needed$/);
  });

  it('misses a primary master, and does not bear two', async () => {
    const { 'mast-a:3': _, ...headless } = HA;
    expect((await judged(apiHealth, nodes(headless, shards(1)))).outcome).toBe('warn');
    const two = { ...HA, 'mast-b:4': is('disconnected', 'primary_master') };
    expect(saying(await judged(apiHealth, nodes(two, shards(1))))).toMatch(/^fail\n2 nodes say/);
  });
});

describe('api.health in multiconnect', () => {
  it.each([
    ['as many as shards, and the primary master', MULTI, 2, 'pass'],
    ['a shard without an owner', { ...MULTI, 'core-b:2': is('disconnected') }, 2, 'fail'],
    ['one more than shards', { ...MULTI, 'core-c:3': is('connected') }, 2, 'fail'],
    ['fewer than four', MULTI, 4, 'fail'],
    [
      'a primary master that is disconnected',
      { ...MULTI, 'mast-a:4': is('disconnected', 'primary_master') },
      2,
      'fail',
    ],
    ['a primary master that is connecting', { ...MULTI, 'mast-a:4': is('connecting', 'primary_master') }, 2, 'pass'],
    ['a silent primary master', { ...MULTI, 'mast-a:4': SILENT }, 2, 'fail'],
    ['a silent spare', { ...MULTI, 'core-c:3': SILENT }, 2, 'warn'],
    ['a silent second master', { ...MULTI, 'mast-b:5': SILENT }, 2, 'warn'],
    ['a silent owner', { ...MULTI, 'core-b:2': SILENT }, 2, 'fail'],
    ['no spare', { ...MULTI, 'core-c:3': is('connected'), 'core-d:6': is('connected') }, 4, 'warn'],
  ])('%s', async (_, told, count, outcome) => {
    expect((await judged(apiHealth, nodes(told, shards(String(count))))).outcome).toBe(outcome);
  });

  it('without the number of shards, reads what it can from powers of two and from a spare', async () => {
    const by = (told: { readonly [name: string]: Json }) => judged(apiHealth, nodes(told, notLoggedIn('key')));
    expect((await by(MULTI)).outcome).toBe('pass');
    expect(saying(await by({ ...MULTI, 'core-c:3': is('connected') }))).toMatch(/^fail\n.*3 of 4 shards have/);
    expect((await by({ ...MULTI, 'core-b:2': is('disconnected') })).outcome).toBe('fail');
    expect(saying(await by({ ...MULTI, 'mast-a:4': is('connecting', 'primary_master') }))).toMatch(
      /^pass\nMulticonnect: 2/,
    );
    const { 'core-c:3': _, ...tight } = MULTI;
    expect((await by(tight)).outcome).toBe('unknown');
  });

  it('names shards that nobody owns', async () => {
    const support = body('support', {
      support: { 'core-a:1': { shards: [[0, 0]] }, 'core-b:2': { shards: [[2, 2]] }, 'core-c:3': { shards: [] } },
    });
    const result = await judged(apiHealth, nodes({ ...MULTI, 'core-b:2': is('connected') }, shards(4, support)));
    expect(result.message).toContain('nobody owns shard 1, 3');
  });

  it('says what all nodes say in place of an answer once, and nothing of shards and masters', async () => {
    const error = { code: 1014, title: 'Internal error', details: 'Communication failure: Unable to decrypt payload.' };
    const deaf = Object.fromEntries(Object.keys(MULTI).map((name) => [name, { errors: [error] }]));
    const result = await judged(apiHealth, nodes(deaf, shards(2)));
    expect(result.findings).toHaveLength(1);
    expect(result).toMatchObject({
      outcome: 'fail',
      message: expect.stringMatching(/^Each of core-a:1, .*WA_SECRET differs/),
    });
    expect(result.findings[0]?.remedy).toContain('WA_SECRET');
  });

  it('survives nodes of any kind', async () => {
    const odd = { 'a:1': 7, 'b:2': null, 'c:3': {}, 'd:4': { errors: 'x' }, 'e:5': { errors: [null, { code: {} }] } };
    const result = await judged(apiHealth, nodes(odd as never, shards(-3)));
    expect(result.outcome).toBe('fail');
    expect(saying(result)).not.toMatch(/undefined|NaN|object/);
  });
});
