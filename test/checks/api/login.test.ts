import { describe, expect, it } from 'vitest';
import { apiHealth } from '../../../checks/api/health.ts';
import { apiLogin } from '../../../checks/api/login.ts';
import { apiSupport } from '../../../checks/api/support.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, lost, NO_API, notLoggedIn, over, refused, UNREACHED } from './answers.ts';

describe('api.login', () => {
  it('passes a login, and tells the version and how long the token is good', async () => {
    const result = await judged(apiLogin, answers);
    expect(saying(result)).toMatch(/^pass\nLogged in at https:.* as user admin, client v2\.57\.2; .* until 2026-11-29/);
    expect(result.measured).toMatchObject({ display: 'logged in, client v2.57.2' });
  });

  it.each([
    ['3.0.1', ', client 3.0.1'],
    ['\u001b[2J', ''],
    [7, ''],
  ])('reads the version %j of an answer', async (version, words) => {
    const call = { ...(answers['api "health"'] as object), body: { meta: { version } } };
    expect((await judged(apiLogin, over('login', { call }))).message).toContain(`as user admin${words};`);
  });

  it('says what a key is good for', async () => {
    const result = await judged(apiLogin, notLoggedIn('key'));
    expect(saying(result)).toMatch(/^pass\n.*health, stats and metrics only/);
    expect((await judged(apiHealth, notLoggedIn('key'))).outcome).toBe('pass');
    expect((await judged(apiSupport, notLoggedIn('key'))).outcome).toBe('skip');
  });

  it('is skip without an API, and without a login, and says how to give one', async () => {
    expect(saying(await judged(apiLogin, NO_API))).toMatch(/^skip\n.*--api-url/);
    const half = [
      { place: 'WA_API_USERNAME and WA_API_PASSWORD', state: 'incomplete', detail: 'WA_API_PASSWORD is missing' },
      { place: 'WA_API_KEY', state: 'not-given', detail: null },
    ];
    const result = await judged(apiLogin, over('login', { state: 'no-login', places: half, call: null }));
    expect(saying(result)).toMatch(/^skip\n.*WA_API_PASSWORD is missing\).*or WA_API_KEY/);
    expect(result.message).not.toContain('WA_API_KEY: ');
  });

  it.each([
    ['untrusted', 'unknown', 'no login was sent'],
    ['denied', 'fail', 'tried once'],
    ['throttled', 'unknown', '1015'],
    ['password-change', 'fail', '1024'],
    ['failed', 'unknown', 'neither a token nor a reason'],
  ] as const)('%s is %s', async (state, outcome, words) => {
    const result = await judged(apiLogin, notLoggedIn(state));
    expect(result.outcome).toBe(outcome);
    expect(result.message).toContain(words);
    expect(result.findings[0]?.remedy).toMatch(/^[A-Z].*\.$/s);
  });

  it('names the fingerprint to pin after comparing it', async () => {
    const { findings } = await judged(apiLogin, notLoggedIn('untrusted'));
    expect(findings[0]?.remedy).toMatch(
      /^Compare that fingerprint on the server itself .*--api-fingerprint 5A:17:.*\.$/,
    );
    const elsewhere = notLoggedIn('untrusted', over('endpoint', { url: 'https://web.example:8443' }));
    expect((await judged(apiLogin, elsewhere)).findings[0]?.remedy).toContain('-connect 127.0.0.1:8443 ');
  });

  it('fails where the API is not reached, whether or not there is a login, and names the step', async () => {
    expect(saying(await judged(apiLogin, UNREACHED))).toMatch(
      /^fail\n.*TCP failed: connection refused \(ECONNREFUSED\)/,
    );
    expect((await judged(apiLogin, notLoggedIn('no-login', UNREACHED))).outcome).toBe('fail');
    const call = lost('health')['api "health"'] ?? null;
    expect(call).not.toBeInstanceOf(Error);
    const halfway = over('login', { state: 'unreachable', call: call as never });
    expect(saying(await judged(apiLogin, halfway))).toMatch(/^fail\n.*HTTP failed: socket hang up/);
  });

  it.each([
    ['dns', 'no-such-host', 'Correct the name'],
    ['tcp', 'no-answer', 'Open https'],
    ['tcp', 'unreachable', 'no route'],
    ['tls', 'no-answer', 'Restart Webapp'],
    ['tls', 'tls-failed', 'WA_WEB_SECURITY_LEVEL'],
    ['http', 'not-http', 'Find out what answers'],
    ['tcp', 'other', "Look into Webapp's log"],
  ] as const)('has a remedy for %s %s', async (step, kind, words) => {
    const failed = { step, kind, message: 'it failed', code: null };
    const result = await judged(apiLogin, over('endpoint', { failed, tls: null }));
    expect(result.findings[0]?.remedy).toContain(words);
  });

  it('cannot tell without an answer', async () => {
    expect((await judged(apiLogin, refused('endpoint'))).outcome).toBe('unknown');
    expect((await judged(apiLogin, refused('login'))).outcome).toBe('unknown');
  });
});
