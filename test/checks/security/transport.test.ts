import { describe, expect, it } from 'vitest';
import { securityDefaultAdmin } from '../../../checks/security/default-admin.ts';
import { securityHeaders } from '../../../checks/security/headers.ts';
import { securityPlainHttp } from '../../../checks/security/plain-http.ts';
import { securityTls } from '../../../checks/security/tls.ts';
import type { ApiAnswers } from '../../../src/host/answers/api.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, bare, erring, lost, NO_API, notLoggedIn, over, refused, UNREACHED } from '../api/answers.ts';

const VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
const STATES = { y: 'accepted', n: 'refused', '-': 'cannot-try', '?': 'no-answer' } as const;

/** One letter for each version, the oldest first: y accepted, n refused, - cannot be tried, ? no answer. */
const versions = (letters: string, weak: readonly string[] = [], under = answers) => {
  const states = [...letters].map((letter) => STATES[letter as keyof typeof STATES]);
  const tried = VERSIONS.map((version, at) => ({
    version,
    state: states[at] ?? 'refused',
    cipher: null,
    detail: null,
  }));
  return judged(securityTls, over('tls-versions', { versions: tried, weak }, under));
};

describe('security.tls', () => {
  it.each([
    ['nnyy', 'pass'],
    ['nnyn', 'pass'],
    ['--yy', 'pass'],
    ['??yy', 'pass'],
    ['nnny', 'warn'],
    ['nyyy', 'warn'],
    ['ynyy', 'warn'],
    ['nnnn', 'fail'],
    ['yynn', 'fail'],
    ['nnn?', 'unknown'],
    ['????', 'unknown'],
    ['nn--', 'unknown'],
    ['nn?y', 'pass'],
  ])('%s is %s', async (letters, outcome) => {
    expect((await versions(letters)).outcome).toBe(outcome);
  });

  it('is judged where the API agrees to nothing that this host speaks, and left to api.login where that is no TLS', async () => {
    const failed = { step: 'tls', kind: 'tls-failed', message: 'protocol version', code: null } as const;
    const refusing = over('endpoint', { failed, tls: null });
    const old = await versions('yynn', ['AES128-SHA'], refusing);
    expect(saying(old)).toMatch(/^fail\n\S+ takes TLSv1 and TLSv1.1, and none of TLSv1.2 and TLSv1.3/);
    expect(old.findings).toHaveLength(1);
    expect(await versions('nnnn', [], refusing)).toMatchObject({ outcome: 'skip' });
  });

  it('tells what could not be tried, and names weak ciphers', async () => {
    expect((await versions('--yy')).message).toContain('TLSv1 or TLSv1.1 could not be tried');
    expect(saying(await versions('nnyy', ['AES128-SHA']))).toMatch(/^warn\n.*AES128-SHA$/);
  });
});

describe('security.plain-http', () => {
  const plain = (state: ApiAnswers['plain-http']['state'], status: number | null = null) =>
    judged(securityPlainHttp, over('plain-http', { state, status }));

  it.each([
    ['closed', null, 'pass'],
    ['not-http', null, 'pass'],
    ['redirects', 301, 'warn'],
    ['answers', 200, 'fail'],
    ['answers', 204, 'fail'],
    ['answers', 400, 'pass'],
    ['answers', null, 'fail'],
    ['no-answer', null, 'unknown'],
  ] as const)('%s %s is %s', async (state, status, outcome) => {
    expect((await plain(state, status)).outcome).toBe(outcome);
  });
});

describe('security.headers', () => {
  const GOOD = {
    'Strict-Transport-Security': 'max-age=600',
    'X-Frame-Options': 'DENY',
    'X-Content-Type-Options': 'nosniff',
  };
  const sent = (headers: Record<string, string>) => judged(securityHeaders, over('root', { headers }));

  it.each([
    [GOOD, []],
    [{}, ['Strict-Transport-Security', 'X-Frame-Options', 'X-Content-Type-Options']],
    [{ ...GOOD, 'Strict-Transport-Security': 'max-age=0' }, ['Strict-Transport-Security']],
    [{ ...GOOD, 'Strict-Transport-Security': 'Max-Age = "000600"; includeSubDomains' }, []],
    [{ ...GOOD, 'X-Frame-Options': 'ALLOWALL' }, ['X-Frame-Options']],
    [{ ...GOOD, 'X-Frame-Options': '', 'Content-Security-Policy': "frame-ancestors 'none'" }, []],
    [{ ...GOOD, 'X-Content-Type-Options': 'sniff' }, ['X-Content-Type-Options']],
  ])('%j misses %j', async (headers, missing) => {
    const result = await sent(headers);
    expect(result.outcome).toBe(missing.length > 0 ? 'warn' : 'pass');
    expect(result.measured).toMatchObject({ missing });
  });

  it('cannot tell from an error', async () => {
    expect((await judged(securityHeaders, bare('root', 502))).outcome).toBe('unknown');
    expect((await judged(securityHeaders, lost('root'))).outcome).toBe('unknown');
  });
});

describe('security.default-admin', () => {
  it.each([
    [401, [1024], 'fail'],
    [200, [], 'fail'],
    [401, [], 'pass'],
    [401, [1005], 'pass'],
    [429, [], 'unknown'],
    [401, [1015], 'unknown'],
    [403, [1005], 'unknown'],
    [500, [1023], 'unknown'],
  ] as const)('HTTP %i with %j: %s', async (status, codes, outcome) => {
    const told = erring(
      'default-admin',
      status,
      codes.map((code) => ({ code })),
    );
    const result = await judged(securityDefaultAdmin, told);
    expect(result.outcome).toBe(outcome);
    if (outcome !== 'pass') expect(result.findings[0]?.remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('cannot tell where the login got lost', async () => {
    expect((await judged(securityDefaultAdmin, lost('default-admin'))).outcome).toBe('unknown');
  });
});

describe.each([
  [securityTls, 'tls-versions'],
  [securityPlainHttp, 'plain-http'],
  [securityHeaders, 'root'],
  [securityDefaultAdmin, 'default-admin'],
] as const)('%o', (check, topic) => {
  it('passes on a good host, also without a login', async () => {
    expect((await judged(check, answers)).outcome).toBe('pass');
    expect((await judged(check, notLoggedIn('no-login'))).outcome).toBe('pass');
  });

  it('is skip without an API, and unknown without an answer', async () => {
    expect((await judged(check, NO_API)).outcome).toBe('skip');
    expect((await judged(check, UNREACHED)).outcome).toBe('skip');
    expect((await judged(check, refused(topic))).outcome).toBe('unknown');
  });
});
