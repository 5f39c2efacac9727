import { describe, expect, it } from 'vitest';
import { databaseConnect } from '../../../checks/database/connect.ts';
import type { ConnectFailure } from '../../../src/host/answers/database.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, login, NO_LOGIN, over, refused } from './answers.ts';

const NET = 'database "client-network"';
const failed = (step: string, kind: string, message = 'its words', code: string | null = null) =>
  over('connect', { failed: { step, kind, message, code }, steps: [{ step: 'dns', ms: 1 }] });
const network = (change: { readonly [key: string]: Json }) => ({
  [NET]: { skipped: null, container: 'wacore', addresses: ['10.20.0.15'], steps: [], failed: null, ...change },
});
const unreached = { step: 'dns', kind: 'no-such-host', message: 'EAI_AGAIN', code: 'EAI_AGAIN' };

it('database.connect names the way to an address, never to a name', async () => {
  const remedy = async (address: string | null) =>
    (
      await judged(
        databaseConnect,
        over('connect', { address, failed: { step: 'tcp', kind: 'unreachable', message: '', code: null } }),
      )
    ).findings[0]?.remedy;
  expect(await remedy('10.20.0.15')).toContain('(ip route get 10.20.0.15)');
  expect(await remedy(null)).toBe('Find out why this host has no route to db-1.internal.');
});

describe('database.connect', () => {
  it('passes a connection, with each step timed and the whole as data', async () => {
    const result = await judged(databaseConnect, answers);
    expect(saying(result)).toBe(
      'pass\nConnected to db-1.internal:3306 (10.20.0.15) as user wa, login from --db-env-file, in 7.7 ms: name resolution 1.2 ms, TCP 0.4 ms, TLS 3.1 ms, authentication 2.4 ms, the first query 0.6 ms',
    );
    expect(result.measured).toMatchObject({
      value: 'connected',
      display: 'connected in 7.7 ms',
      places: [{ place: '--db-env-file', state: 'used' }, {}, {}, {}],
      connect: { address: '10.20.0.15', steps: [{}, {}, {}, {}, { step: 'query' }] },
    });
  });

  it('is skip without a login, names the places and tells how to give one', async () => {
    const result = await judged(databaseConnect, NO_LOGIN);
    expect(result).toMatchObject({
      outcome: 'skip',
      message: expect.stringMatching(/^There is no database login \(looked at --db-env-file\)\. Give a login: /),
      measured: { value: 'no login' },
      findings: [{ remedy: expect.stringMatching(/--db-env-file db\.env.*WA_DB_\*.*--db-url.*terminal/) }],
    });
  });

  it('names the last step that was reached, the words and the code, user and host', async () => {
    const result = await judged(databaseConnect, failed('login', 'denied', 'Access denied', 'ER_ACCESS_DENIED_ERROR'));
    expect(saying(result)).toBe(
      'fail\nNo connection to db-1.internal:3306 (10.20.0.15) as user wa, login from --db-env-file: authentication failed: Access denied (ER_ACCESS_DENIED_ERROR); reached before: name resolution 1 ms',
    );
    expect(result.measured).toMatchObject({ value: 'login', display: 'authentication failed' });
  });

  const KINDS: readonly ConnectFailure['kind'][] = [
    ...(['no-such-host', 'refused', 'unreachable', 'no-answer', 'closed', 'not-this-engine', 'protocol'] as const),
    ...(['too-much', 'tls-not-offered', 'tls-untrusted', 'tls-failed', 'tls-required', 'denied'] as const),
    ...(['auth-plugin', 'cleartext-refused', 'no-such-database', 'too-many-connections', 'blocked'] as const),
    ...(['starting', 'other'] as const),
  ];

  it('has a remedy of its own for each kind, and for both engines', async () => {
    const remedies = new Map<string, string>();
    for (const kind of KINDS)
      for (const engine of ['mysql', 'postgresql']) {
        const key = 'database "login"';
        const result = await judged(databaseConnect, {
          ...failed('login', kind),
          [key]: login({ engine })[key] ?? null,
        });
        expect(result.outcome, kind).toBe('fail');
        expect(result.findings[0]?.remedy, kind).toMatch(/^[A-Z].*\.$/);
        remedies.set(kind, result.findings[0]?.remedy ?? '');
      }
    expect(new Set(remedies.values()).size).toBe(KINDS.length);
  });

  it('shows what a server says made printable, and cannot tell when the question was refused', async () => {
    const evil = await judged(databaseConnect, failed('login', 'denied', '\u001b[2Jdenied\u202e'));
    expect(evil.message).toContain('\\x1b[2Jdenied\\u{202e}');
    expect(saying(await judged(databaseConnect, refused('connect')))).toBe(
      'unknown\nCould not find out: the server went away',
    );
    expect((await judged(databaseConnect, refused('login'))).outcome).toBe('unknown');
  });

  it("warns where the running client's environment differs, by names alone, and of TLS files that are missing", async () => {
    const differs = await judged(
      databaseConnect,
      over('login', { client: { container: 'wacore', differs: ['WA_DB_PASSWORD', 'WA_DB_HOSTNAME'] } }),
    );
    expect(saying(differs)).toMatch(
      /^warn\n.*\nContainer wacore runs with other values of WA_DB_PASSWORD, WA_DB_HOSTNAME/,
    );
    const same = await judged(databaseConnect, over('login', { client: { container: 'wacore', differs: [] } }));
    expect(same.outcome).toBe('pass');
    const tls = { mode: 'prefer', from: 'the default', ca: null, certificate: null, missing: ['/opt/certs/ca.pem'] };
    expect(saying(await judged(databaseConnect, login({ tls })))).toMatch(/^warn\n.*\n.*\/opt\/certs\/ca\.pem/);
  });
});

describe("database.connect from the client's network", () => {
  it('says so when both lead there, and says nothing when it was not asked', async () => {
    const both = await judged(databaseConnect, { ...answers, ...network({}) });
    expect(both.findings[1]).toMatchObject({ outcome: 'pass', subject: "from Coreapp's network" });
    expect((await judged(databaseConnect, answers)).findings).toHaveLength(1);
  });

  it.each([
    ['the name', unreached, /Docker's default bridge resolves no names/],
    ['the port', { ...unreached, step: 'tcp', kind: 'no-answer' }, /to the network of the client's containers/],
  ])('fails where the client does not reach %s', async (_, fault, remedy) => {
    const result = await judged(databaseConnect, { ...answers, ...network({ failed: fault }) });
    expect(result).toMatchObject({ outcome: 'fail', findings: [{ outcome: 'pass' }, { outcome: 'fail' }] });
    expect(result.findings[1]).toMatchObject({
      subject: "from Coreapp's network",
      remedy: expect.stringMatching(remedy),
    });
    expect(result.message).toContain('from this host it can');
  });

  it('is unknown where only the client reaches it: nothing is wrong, and nothing could be judged', async () => {
    const result = await judged(databaseConnect, { ...failed('tcp', 'unreachable'), ...network({}) });
    expect(result.outcome).toBe('unknown');
    const further = await judged(databaseConnect, { ...failed('login', 'denied'), ...network({}) });
    expect(further.outcome).toBe('fail');
  });

  it('stands without a second opinion', async () => {
    expect((await judged(databaseConnect, refused('client-network'))).outcome).toBe('pass');
  });
});
