import { describe, expect, it } from 'vitest';
import { accountTestMessage } from '../../../checks/account/test-message.ts';
import { apiHealth } from '../../../checks/api/health.ts';
import { apiLogin } from '../../../checks/api/login.ts';
import { apiProfile } from '../../../checks/api/profile.ts';
import { apiSettings } from '../../../checks/api/settings.ts';
import { apiStats } from '../../../checks/api/stats.ts';
import { apiStatsDatabase } from '../../../checks/api/stats-database.ts';
import { apiSupport } from '../../../checks/api/support.ts';
import type { Outcome } from '../../../src/model.ts';
import { judged } from '../../support/judged.ts';
import { answers, bare, erring, lost, over } from './answers.ts';

/** Every documented code: what it comes to at the health node, at the settings (advice, administrators only), and at a message. */
const CODES: readonly (readonly [code: number, health: Outcome, settings: Outcome, message: Outcome])[] = [
  [0, 'fail', 'warn', 'fail'],
  [1000, 'fail', 'warn', 'fail'],
  ...[1001, 1002, 1003, 1007, 1012, 1013, 1019, 1020, 1021, 1026].map(
    (code) => [code, 'warn', 'warn', 'warn'] as const,
  ),
  ...[1004, 1008, 1009, 1010, 1015, 1025].map((code) => [code, 'unknown', 'unknown', 'unknown'] as const),
  [1005, 'unknown', 'skip', 'skip'],
  [1006, 'unknown', 'skip', 'skip'],
  [1011, 'skip', 'skip', 'skip'],
  [1014, 'fail', 'warn', 'fail'],
  [1016, 'fail', 'warn', 'fail'],
  [1017, 'warn', 'warn', 'warn'],
  [1018, 'warn', 'warn', 'warn'],
  [1022, 'fail', 'warn', 'fail'],
  [1023, 'fail', 'warn', 'fail'],
  [1024, 'fail', 'warn', 'fail'],
  ...Array.from({ length: 14 }, (_, at) => [2000 + at, 'warn', 'warn', 'warn'] as const),
  [1027, 'fail', 'warn', 'fail'],
];

const NODES = [
  [apiHealth, 'health'],
  [apiSupport, 'support'],
  [apiSettings, 'settings-application'],
  [apiProfile, 'business-profile'],
  [apiStats, 'stats-app'],
  [apiStatsDatabase, 'stats-db'],
  [accountTestMessage, 'message'],
] as const;

describe.each(CODES)('error %i', (code, health, settings, message) => {
  const told = { code, title: 'A title', details: 'some details' };

  it.each(NODES)('%o comes to one finding, with a remedy', async (check, node) => {
    const result = await judged(check, erring(node, 500, [told]));
    expect(result.findings).toHaveLength(1);
    expect(result.message).toContain(`error ${code} (A title): some details`);
    expect(result.findings[0]?.remedy).toMatch(/^[A-Z].*\.$/s);
    expect(result.message).not.toMatch(/undefined|null|NaN/);
  });

  it('is blamed on whom it tells of', async () => {
    expect((await judged(apiHealth, erring('health', 500, [told]))).outcome).toBe(health);
    expect((await judged(apiSettings, erring('settings-application', 500, [told]))).outcome).toBe(settings);
    expect((await judged(accountTestMessage, erring('message', 400, [told]))).outcome).toBe(message);
  });
});

describe('the same error at several nodes', () => {
  const told = { code: 1014, title: 'Internal error', details: 'Please check if wacore is running: wacore:6252' };

  it('is told by api.health, and the others refer to it', async () => {
    const both = erring('support', 500, [told], erring('health', 500, [told]));
    const result = await judged(apiSupport, both);
    expect(result).toMatchObject({ outcome: 'skip', findings: [{ subject: 'api.health' }] });
    const apart = await judged(apiSupport, erring('support', 500, [told]));
    expect(apart.outcome).toBe('fail');
  });

  it('is told by api.ready where it is 1011', async () => {
    const starting = { code: 1011, title: 'Service not ready' };
    const both = erring('stats-app', 500, [starting], erring('health', 500, [starting]));
    expect(await judged(apiStats, both)).toMatchObject({ outcome: 'skip', findings: [{ subject: 'api.ready' }] });
  });
});

describe('an answer without a code', () => {
  it.each([
    [301, 'unknown', 'unknown'],
    [401, 'unknown', 'unknown'],
    [403, 'unknown', 'skip'],
    [404, 'unknown', 'skip'],
    [418, 'unknown', 'unknown'],
    [429, 'unknown', 'unknown'],
    [500, 'fail', 'warn'],
    [501, 'fail', 'warn'],
    [502, 'fail', 'warn'],
    [503, 'fail', 'warn'],
    [504, 'fail', 'warn'],
  ] as const)('HTTP %i', async (status, health, settings) => {
    const one = await judged(apiHealth, bare('health', status));
    const other = await judged(apiSettings, bare('settings-application', status));
    expect([one.outcome, other.outcome]).toEqual([health, settings]);
    expect(one.message).toContain(`HTTP ${status}`);
    for (const { findings } of [one, other]) {
      expect(findings).toHaveLength(1);
      expect(findings[0]?.remedy).toMatch(/^[A-Z].*\.$/s);
    }
  });

  it('with a key says so of a key', async () => {
    const result = await judged(apiHealth, over('health', { status: 401, body: null, auth: 'apikey' }));
    expect(result.message).toContain('the API key is not accepted');
    expect(result.findings[0]?.remedy).toContain('WA_API_KEY');
  });

  it('of 401 says that nobody is logged in, whatever its code, and says it once', async () => {
    const told = { code: 1005, title: 'Access denied', details: 'Invalid credentials' };
    const refused = erring('stats-app', 401, [told], erring('health', 401, [told]));
    const health = await judged(apiHealth, over('health', { auth: 'apikey' }, refused));
    expect(health.message).toContain('Invalid credentials; the API key is not accepted');
    expect(health.findings[0]?.remedy).toContain('WA_API_KEY');
    const both = [refused, bare('stats-app', 401, bare('health', 401))];
    for (const answers of both)
      expect(await judged(apiStats, answers)).toMatchObject({ outcome: 'skip', findings: [{ subject: 'api.health' }] });
    const first = erring('health', 401, [{ code: 1024, title: 'Password change required' }]);
    expect((await judged(apiHealth, first)).findings[0]?.remedy).toContain('new_password');
  });

  it.each(NODES)('that got lost leaves %o unknown', async (check, node) => {
    const result = await judged(check, lost(node));
    expect(result.outcome).toBe('unknown');
    expect(result.message).toContain('socket hang up');
  });
});

describe('an error in place of the login', () => {
  const failing = (status: number, errors: readonly { readonly code: number }[]) =>
    over('login', {
      state: 'failed',
      call: { ...(answers['api "health"'] as object), path: '/v1/users/login', status, body: { errors } },
    });

  it.each([
    [500, 1023, 'fail'],
    [500, 1014, 'fail'],
    [500, 1011, 'unknown'],
    [403, 1005, 'unknown'],
    [400, 1008, 'unknown'],
  ] as const)('HTTP %i, error %i: %s', async (status, code, outcome) => {
    const result = await judged(apiLogin, failing(status, [{ code }]));
    expect(result.outcome).toBe(outcome);
    expect(result.message).toContain(`error ${code}`);
  });
});

describe('details of error 1005', () => {
  it.each([
    ['biz_link_on_prem_reg_blocked', 'registers no more numbers', 'Cloud API'],
    ['This version is expired, please upgrade', 'the build of the client has expired', 'Cloud API'],
  ])('%s', async (details, words, remedy) => {
    const result = await judged(apiHealth, erring('health', 403, [{ code: 1005, title: 'Access denied', details }]));
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain(words);
    expect(result.findings[0]?.remedy).toContain(remedy);
  });
});

describe('details of error 1014', () => {
  const saying = (details: string) =>
    judged(apiHealth, erring('health', 500, [{ code: 1014, title: 'Internal error', details }]));

  it.each([
    [
      'Connection refused. Please check if wacore is running: core-1:6252',
      'core-1:6252 (control)',
      'Start Coreapp at core-1.',
    ],
    ['Connection timed out. Please check if wacore is running: core-1:6250', '(messaging)', 'open port 6250'],
    ['Please check if wacore is running: mast-b:6256', "(a master's control)", 'open port 6256'],
    ['Please check if wacore is running: [fd00::7]:6251', 'fd00::7:6251 (contacts)', 'Start Coreapp at fd00::7'],
    ['getaddrinfo failed: Please check if wacore is running: wacore:6252', 'does not resolve', 'network of their own'],
    ['Communication failure: timeout after 45000 ms', 'database stalls', 'latency'],
    ['Communication failure: Unable to decrypt payload.', 'WA_SECRET differs', 'same WA_SECRET'],
    ['No nodes in clusterStore.nodes', 'no master ever came up', 'WA_DB_NAME_PREFIX'],
    ['No information in clusterStore.cluster_info', 'no master ever came up', 'Start the masters'],
    ['Please check if wacore is running: core-1:9999999', 'could not get an answer', 'docker logs'],
    ['something new', 'could not get an answer', 'docker logs'],
  ])('%s', async (details, words, remedy) => {
    const result = await saying(details);
    expect(result.message).toContain(words);
    expect(result.findings[0]?.remedy).toContain(remedy);
  });

  it('may be missing', async () => {
    const result = await judged(apiHealth, erring('health', 500, [{ code: 1014 }]));
    expect(result.message).toContain('error 1014 (Internal error): Webapp could not get an answer');
  });
});
