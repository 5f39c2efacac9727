import { describe, expect, it } from 'vitest';
import { apiSupport } from '../../../checks/api/support.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { body, notLoggedIn, over, refused } from './answers.ts';

const SCHEMA = { axolotl: 3, callback: 5, cluster: 4, config: 6, contact: 9, jobqueue: 4, message: 12 };
const GOOD = { socket_conn: 'UP', version: '2.57.2', schema: SCHEMA, device_iso8601: '2026-11-22T12:00:00Z' };
const one = (change: { readonly [key: string]: Json }) =>
  judged(apiSupport, body('support', { support: { ...GOOD, ...change } }));
const two = (change: { readonly [key: string]: Json }) =>
  judged(
    apiSupport,
    body(
      'support',
      { support: { 'core-a:1': { ...GOOD, shards: [[0, 0]] }, 'core-b:2': { ...GOOD, shards: [], ...change } } },
      body('health', {
        health: {
          'core-a:1': { gateway_status: 'connected', role: 'coreapp' },
          'core-b:2': { gateway_status: 'disconnected', role: 'coreapp' },
        },
      }),
    ),
  );

describe('api.support', () => {
  it.each([
    ['UP', 'pass'],
    ['UP receiving offline', 'pass'],
    ['SC', 'pass'],
    ['DN', 'fail'],
    ['UNK', 'fail'],
    ['something new', 'fail'],
  ])('a socket that is %s: %s', async (socket_conn, outcome) => {
    expect((await one({ socket_conn })).outcome).toBe(outcome);
  });

  it('leaves a socket that is down to api.health where that says so, and a spare alone', async () => {
    const health = body('health', { health: { gateway_status: 'disconnected' } });
    const told = body('support', { support: { ...GOOD, socket_conn: 'DN' } }, health);
    expect((await judged(apiSupport, told)).outcome).toBe('pass');
    expect((await two({ socket_conn: 'DN' })).outcome).toBe('pass');
  });

  it.each([
    [10_000_000_000, 'pass'],
    [9_999_999_999, 'warn'],
    [2_000_000_000, 'warn'],
    [1_999_999_999, 'fail'],
    [0, 'fail'],
    ['1999999999', 'fail'],
    [-1, 'pass'],
    ['lots', 'pass'],
    [9_223_372_036_853_727_000, 'pass'],
  ])('%j bytes free: %s', async (free_space_logs, outcome) => {
    expect((await one({ free_space_logs })).outcome).toBe(outcome);
  });

  it('says that network file systems tell no space, and tells one file system once', async () => {
    expect((await one({ free_space_data: 2 ** 63 })).message).toContain('network file systems tell none for data');
    const { findings } = await one({ free_space_data: 3e9, free_space_logs: 3e9, free_space_media_incoming: 4e9 });
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining('3 GB free for data, logs'),
      expect.stringContaining('4 GB free for media_incoming'),
    ]);
  });

  it('misses schemas, and wants them equal', async () => {
    const { message: _, ...less } = SCHEMA;
    expect(saying(await one({ schema: less }))).toMatch(/^warn\n.*tells no schema version of message$/);
    expect((await one({ schema: 'none' })).outcome).toBe('warn');
    expect((await one({ schema: { ...SCHEMA, later: 1 } })).outcome).toBe('pass');
    expect(saying(await two({ schema: { ...SCHEMA, message: 11 } }))).toMatch(/^fail\n.*message 12 and 11/);
  });

  it('wants one version', async () => {
    expect((await two({ version: 'v2.57.2' })).outcome).toBe('pass');
    expect(saying(await two({ version: '2.55.1' }))).toMatch(/^fail\n.*2\.57\.2 on core-a:1; 2\.55\.1 on core-b:2/);
  });

  it.each([
    ['2026-11-22T12:00:10Z', 'pass'],
    ['2026-11-22T12:00:11Z', 'warn'],
    ['2026-11-22T11:59:50Z', 'pass'],
    ['2026-11-22T11:59:49Z', 'warn'],
    ['2026-11-22T19:00:00+07:00', 'pass'],
    ['2026-11-22 12:00:00', 'pass'],
    ['2026-11-22', 'pass'],
    ['noon', 'pass'],
    [7, 'pass'],
  ])('a clock that says %j: %s', async (device_iso8601, outcome) => {
    expect((await one({ device_iso8601 })).outcome).toBe(outcome);
  });

  it('forgives a clock what the answer took', async () => {
    const told = over('support', { ms: 9000, body: { support: { ...GOOD, device_iso8601: '2026-11-22T12:00:19Z' } } });
    expect((await judged(apiSupport, told)).outcome).toBe('pass');
    expect((await judged(apiSupport, over('support', { startedAt: 'x' }))).outcome).toBe('pass');
  });

  it('tells a node that does not answer once', async () => {
    const silent = { errors: [{ code: 1014, title: 'Internal error' }] };
    const support = { support: { 'core-a:1': GOOD, 'core-b:2': silent } };
    const told = { 'core-a:1': { gateway_status: 'connected', role: 'coreapp' } };
    const apart = body('support', support, body('health', { health: told }));
    expect(saying(await judged(apiSupport, apart))).toMatch(/^warn\ncore-b:2 answers error 1014/);
    const both = body('support', support, body('health', { health: { ...told, 'core-b:2': silent } }));
    expect((await judged(apiSupport, both)).outcome).toBe('pass');
  });

  it('is skip by a key, and cannot tell without an answer that is known', async () => {
    expect((await judged(apiSupport, notLoggedIn('key'))).outcome).toBe('skip');
    expect((await judged(apiSupport, refused('support'))).outcome).toBe('unknown');
    for (const told of [null, [], { support: [] }, { support: {} }, 'x'])
      expect((await judged(apiSupport, body('support', told as Json))).outcome).toBe('unknown');
  });
});
