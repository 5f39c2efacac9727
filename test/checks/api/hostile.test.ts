import { describe, expect, it } from 'vitest';
import { accountTestMessage } from '../../../checks/account/test-message.ts';
import { apiHealth } from '../../../checks/api/health.ts';
import { apiProfile } from '../../../checks/api/profile.ts';
import { apiReady } from '../../../checks/api/ready.ts';
import { apiSettings } from '../../../checks/api/settings.ts';
import { apiStats } from '../../../checks/api/stats.ts';
import { apiStatsDatabase } from '../../../checks/api/stats-database.ts';
import { apiSupport } from '../../../checks/api/support.ts';
import { apiTemplates } from '../../../checks/api/templates.ts';
import { lifecycleBuild } from '../../../checks/lifecycle/build.ts';
import { webhookConfigured } from '../../../checks/webhook/configured.ts';
import { webhookDelivery } from '../../../checks/webhook/delivery.ts';
import type { Json } from '../../../src/model.ts';
import { judged } from '../../support/judged.ts';
import { body } from './answers.ts';

// Bodies made of the names that are looked for and of values that nobody promised: each comes to an outcome, in printable words.

const CHECKS = [
  [apiHealth, 'health'],
  [apiReady, 'health'],
  [apiTemplates, 'health'],
  [apiSupport, 'support'],
  [apiReady, 'support'],
  [lifecycleBuild, 'support'],
  [apiSettings, 'settings-application'],
  [webhookConfigured, 'settings-application'],
  [apiProfile, 'business-profile'],
  [apiProfile, 'profile-about'],
  [apiStats, 'stats-app'],
  [apiStats, 'metrics'],
  [webhookDelivery, 'stats-app'],
  [apiStatsDatabase, 'stats-db'],
  [accountTestMessage, 'message'],
] as const;

const ROOTS: Readonly<Record<string, readonly string[]>> = {
  health: ['health'],
  support: ['support'],
  'settings-application': ['settings', 'application'],
  'business-profile': ['settings', 'business', 'profile'],
  'profile-about': ['settings', 'profile', 'about'],
  'stats-app': ['stats', 'app'],
  metrics: ['metrics'],
  'stats-db': ['stats', 'db'],
  message: [],
};
const NAMES = [
  ...[
    'errors',
    'code',
    'title',
    'details',
    'gateway_status',
    'role',
    'core-a:1f0c2b7d9e11',
    '__proto__',
    'constructor',
  ],
  ...['socket_conn', 'version', 'schema', 'message', 'free_space_data', 'shards', 'device_iso8601', 'expire_timestamp'],
  ...['webhooks', 'url', 'max_concurrent_requests', 'garbagecollector_enable', 'log_level', 'heartbeat_interval'],
  ...['data', 'value', 'labels', 'result', 'callback_queue_size', 'callback_requests', 'db_request_duration_us_count'],
  ...['db_request_duration_us_sum', 'db_pending_callbacks', 'web_queue_len', 'web_pending_connections', 'text'],
] as const;
const LEAVES: readonly Json[] = [
  ...[null, true, false, 0, -1, 1e300, 2 ** 63, 1011, 1014, '', ' ', '1014', 'connected', 'coreapp', 'primary_master'],
  ...[
    'UP',
    'DN',
    'success',
    '\u001b[2J',
    '\u202e',
    '\ud800',
    'x'.repeat(5000),
    'https://[',
    '2026-13-45T99:99',
    '[object Object]',
  ],
  ...['Please check if wacore is running: \u001b[31m:6252', [[0, 1e9]], [[-1, -1]], [['a']], []],
];

/** The same numbers for the same seed: a linear congruential generator (Numerical Recipes). */
const numbers = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const made = (next: (below: number) => number, depth: number): Json => {
  if (depth === 0 || next(4) === 0) return LEAVES[next(LEAVES.length)] ?? null;
  if (next(4) === 0) return Array.from({ length: next(4) }, () => made(next, depth - 1));
  return Object.fromEntries(
    Array.from({ length: next(7) }, () => [NAMES[next(NAMES.length)] ?? '', made(next, depth - 1)] as const),
  );
};

const within = (roots: readonly string[], value: Json): Json =>
  roots.reduceRight<Json>((inner, name) => ({ [name]: inner, errors: [] }), value);

describe('bodies of any kind', () => {
  it.each(CHECKS)('%o, answered so by %s', async (check, node) => {
    const next = numbers(7 + node.length);
    for (let at = 0; at < 60; at += 1) {
      const told = within(ROOTS[node] ?? [], made(next, 4));
      const result = await judged(check, body(node, told));
      expect(['pass', 'skip', 'warn', 'unknown', 'fail']).toContain(result.outcome);
      const words = JSON.stringify(result);
      expect(result.message, JSON.stringify(told)).not.toMatch(/\bundefined\b|\bNaN\b|Cannot read|is not a function/);
      expect(words.length).toBeLessThan(100_000);
      expect(words).not.toMatch(/\\u00[01]|\u202e/);
    }
  });
});
