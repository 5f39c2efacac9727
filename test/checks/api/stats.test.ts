import { describe, expect, it } from 'vitest';
import { apiStats } from '../../../checks/api/stats.ts';
import { apiStatsDatabase } from '../../../checks/api/stats-database.ts';
import { webhookDelivery } from '../../../checks/webhook/delivery.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, bare, body, lost, NO_API, notLoggedIn, over, refused } from './answers.ts';

const metric = (...values: readonly Json[]): Json => ({ data: values.map((value) => ({ value })), type: 'gauge' });
const app = (metrics: { readonly [name: string]: Json }) => body('stats-app', { stats: { app: metrics } });
const sql = (good: number, errors: number, meanMs: number) =>
  app({
    db_request_duration_us_count: metric(good),
    db_request_duration_us_sum: metric(good * meanMs * 1000),
    db_request_error_duration_us_count: metric(errors),
  });

describe('api.stats', () => {
  it('leaves it to api.health where every node answers errors in place of metrics', async () => {
    const errors = [{ code: 1014, title: 'Internal error' }];
    const deaf = body('stats-app', { stats: { app: { 'core-a:1': { errors }, 'core-b:2': { errors } } } });
    expect(await judged(apiStats, deaf)).toMatchObject({ outcome: 'skip', findings: [{ subject: 'api.health' }] });
    const none = body('stats-app', { stats: { app: { 'core-a:1': {}, 'core-b:2': { errors } } } });
    expect((await judged(apiStats, none)).outcome).toBe('unknown');
  });

  it.each([
    [0, 'pass'],
    [999, 'pass'],
    [1000, 'warn'],
    [50_000, 'warn'],
    [50_001, 'fail'],
    [100_000, 'fail'],
    ['1000', 'warn'],
    [-5, 'pass'],
  ])('%j callbacks wait: %s', async (waiting, outcome) => {
    expect((await judged(apiStats, app({ callback_queue_size: metric(waiting) }))).outcome).toBe(outcome);
  });

  it.each([
    [10_000, 0, 'pass'],
    [9999, 1, 'warn'],
    [9900, 100, 'warn'],
    [9899, 101, 'fail'],
    [50, 49, 'warn'],
    [50, 50, 'fail'],
    [0, 0, 'pass'],
  ])('%i statements and %i that failed: %s', async (good, errors, outcome) => {
    const result = await judged(apiStats, sql(good, errors, 1));
    expect(result.outcome).toBe(outcome);
    if (outcome !== 'pass') expect(result.findings[0]?.remedy).toContain('QSqlError');
  });

  it.each([
    [100, 50, 'pass'],
    [100, 50.01, 'fail'],
    [99, 900, 'pass'],
  ])('%i statements of %f ms in the mean: %s', async (good, meanMs, outcome) => {
    expect((await judged(apiStats, sql(good, 0, meanMs))).outcome).toBe(outcome);
  });

  it.each([
    [12, 'pass'],
    [13, 'warn'],
    [127, 'warn'],
    [128, 'fail'],
  ])('%i of 128 connections wait for a worker: %s', async (pending, outcome) => {
    const web = { metrics: { web_queue_len: metric(128), web_pending_connections: metric(0, pending) } };
    expect((await judged(apiStats, body('metrics', web))).outcome).toBe(outcome);
  });

  it('does without the metrics of the Webapp', async () => {
    for (const without of [bare('metrics', 404), lost('metrics'), body('metrics', { metrics: 7 })])
      expect((await judged(apiStats, without)).outcome).toBe('pass');
  });

  it('judges each node of a cluster', async () => {
    const cluster = body('stats-app', {
      stats: {
        app: {
          'core-a:1': { callback_queue_size: metric(5) },
          'core-b:2': { callback_queue_size: metric(1200) },
          'mast-a:3': {},
        },
      },
    });
    const result = await judged(apiStats, cluster);
    expect(saying(result)).toMatch(/^warn\n1,200 callbacks wait at core-b:2/);
    expect(result.findings).toHaveLength(1);
  });

  it('takes a key, is skip without an API, and cannot tell from what it does not know', async () => {
    expect((await judged(apiStats, notLoggedIn('key'))).outcome).toBe('pass');
    expect((await judged(apiStats, NO_API)).outcome).toBe('skip');
    for (const told of [null, { stats: {} }, { stats: { app: {} } }, { stats: { app: { x: { data: 7 } } } }])
      expect((await judged(apiStats, body('stats-app', told as Json))).outcome).toBe('unknown');
    expect((await judged(apiStats, refused('stats-app'))).outcome).toBe('unknown');
  });
});

describe('webhook.delivery', () => {
  const callbacks = (results: { readonly [result: string]: Json }) =>
    app({
      callback_requests: { data: Object.entries(results).map(([result, value]) => ({ labels: { result }, value })) },
    });

  it.each([
    [99, 1, 'pass'],
    [989, 11, 'warn'],
    [90, 10, 'warn'],
    [899, 101, 'fail'],
    [0, 100, 'fail'],
    [99, 0, 'skip'],
    [0, 99, 'skip'],
    [0, 0, 'skip'],
  ])('%i taken and %i not: %s', async (success, failed, outcome) => {
    expect((await judged(webhookDelivery, callbacks({ success, '500': failed }))).outcome).toBe(outcome);
  });

  it('tells the commonest results, over all nodes', async () => {
    const data = (result: string, value: number): Json => ({
      callback_requests: { data: [{ labels: { result }, value }] },
    });
    const cluster = { 'a:1': data('success', 900), 'b:2': data('timeout', 60), 'c:3': data('301', 40) };
    const result = await judged(webhookDelivery, body('stats-app', { stats: { app: cluster } }));
    expect(saying(result)).toMatch(/^warn\n.*took 900 of 1,000 .*timeout: 60, 301: 40$/);
  });

  it('leaves statistics that are not told to api.stats', async () => {
    const result = await judged(webhookDelivery, bare('stats-app', 500));
    expect(result).toMatchObject({ outcome: 'skip', findings: [{ subject: 'api.stats' }] });
    expect((await judged(webhookDelivery, lost('stats-app'))).outcome).toBe('unknown');
    expect((await judged(webhookDelivery, body('stats-app', null))).outcome).toBe('unknown');
  });
});

describe('api.stats-database', () => {
  const db = (metrics: { readonly [name: string]: Json }) => body('stats-db', { stats: { db: metrics } });

  it.each([
    ['db_pending_callbacks', 999, 'pass'],
    ['db_pending_callbacks', 1000, 'warn'],
    ['db_pending_callbacks', 50_001, 'fail'],
    ['db_pending_messages', 1000, 'warn'],
    ['db_messages', 10_000_000, 'pass'],
    ['db_messages', 10_000_001, 'warn'],
  ])('%s of %i: %s', async (name, value, outcome) => {
    expect((await judged(apiStatsDatabase, db({ [name]: metric(value) }))).outcome).toBe(outcome);
  });

  it.each([
    [5000, 'pass'],
    [5001, 'warn'],
    [30_000, 'warn'],
    [30_001, 'fail'],
  ])('answered in %i ms: %s', async (ms, outcome) => {
    expect((await judged(apiStatsDatabase, over('stats-db', { ms }))).outcome).toBe(outcome);
  });

  it('hears the primary master of a cluster', async () => {
    const cluster = db({ 'mast-a:1': { db_pending_callbacks: metric(1500) }, 'core-a:2': {} });
    expect(saying(await judged(apiStatsDatabase, cluster))).toMatch(/^warn\n1,500 callbacks are pending/);
    expect((await judged(apiStatsDatabase, db({ 'core-a:2': {} }))).outcome).toBe('skip');
  });

  it('passes, takes a key, and cannot tell without an answer', async () => {
    expect((await judged(apiStatsDatabase, answers)).outcome).toBe('pass');
    expect((await judged(apiStatsDatabase, notLoggedIn('key'))).outcome).toBe('pass');
    expect((await judged(apiStatsDatabase, lost('stats-db'))).outcome).toBe('unknown');
    expect((await judged(apiStatsDatabase, body('stats-db', {}))).outcome).toBe('unknown');
  });
});
