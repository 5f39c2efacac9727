import { describe, expect, it } from 'vitest';
import { securityCertificate } from '../../../checks/security/certificate.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { NO_API, notLoggedIn, over, refused, UNREACHED } from '../api/answers.ts';

// The installed host's clock says 2026-11-22T12:00:00Z.
type Over = { readonly [key: string]: Json };

const LEAF: Over = {
  subject: 'CN=wa-1.internal',
  issuer: 'CN=Internal CA',
  validFrom: '2026-01-01T00:00:00Z',
  validTo: '2027-11-01T00:00:00Z',
  fingerprint: 'AA:BB',
  selfSigned: false,
  names: ['DNS:wa-1.internal'],
  keyBits: 2048,
};
const CA: Over = {
  ...LEAF,
  subject: 'CN=Internal CA',
  validTo: '2036-01-01T00:00:00Z',
  names: [],
  selfSigned: true,
  fingerprint: 'CC',
};
const OWN: Over = { ...LEAF, subject: 'CN=localhost', issuer: 'CN=localhost', names: [], selfSigned: true };

const session = (chain: readonly Json[], change: Over = {}): Json => ({
  protocol: 'TLSv1.3',
  cipher: 'X',
  trusted: true,
  by: '--api-ca',
  fault: 'SELF_SIGNED_CERT_IN_CHAIN',
  chain,
  ...change,
});
const shown = (chain: readonly Json[], change: Over = {}, endpoint: Over = {}) =>
  judged(securityCertificate, over('endpoint', { tls: session(chain, change), ...endpoint }));
const untrusted = (fault: string): Over => ({ trusted: false, by: null, fault });
const BY_CONTAINER: Over = { url: 'https://127.0.0.1:9090', from: 'container wa-waweb-1' };

describe('security.certificate', () => {
  it.each([
    ['2026-12-22T12:00:01Z', 'pass'],
    ['2026-12-22T12:00:00Z', 'warn'],
    ['2026-11-22T12:00:01Z', 'warn'],
    ['2026-11-22T12:00:00Z', 'fail'],
    ['2020-01-01T00:00:00Z', 'fail'],
    ['never', 'unknown'],
  ])('a leaf, or its authority, until %s: %s', async (validTo, outcome) => {
    expect((await shown([{ ...LEAF, validTo }, CA])).outcome).toBe(outcome);
    const authority = await shown([LEAF, { ...CA, validTo }], untrusted('CERT_HAS_EXPIRED'));
    expect(authority.outcome).toBe(outcome === 'pass' ? 'warn' : outcome);
  });

  it('fails what is not valid yet', async () => {
    expect((await shown([{ ...LEAF, validFrom: '2026-11-22T12:00:01Z' }, CA])).outcome).toBe('fail');
    expect((await shown([{ ...LEAF, validFrom: '2026-11-22T12:00:00Z' }, CA])).outcome).toBe('pass');
  });

  it('only warns of an expired authority that is not needed', async () => {
    const old = { ...CA, validTo: '2026-01-01T00:00:00Z' };
    expect((await shown([LEAF, old], { by: 'system', fault: null })).outcome).toBe('warn');
    expect((await shown([LEAF, old], { by: '--api-fingerprint' })).outcome).toBe('fail');
  });

  it.each([
    [['DNS:wa-1.internal'], 'https://wa-1.internal:9090', 'pass'],
    [['DNS:WA-1.internal.'], 'https://wa-1.internal', 'pass'],
    [['DNS:other.internal'], 'https://wa-1.internal:9090', 'fail'],
    [['DNS:*.internal.example'], 'https://wa-1.internal.example', 'pass'],
    [['DNS:*.internal.example'], 'https://a.b.internal.example', 'fail'],
    [['DNS:*.internal.example'], 'https://internal.example', 'fail'],
    [['DNS:*.internal'], 'https://wa-1.internal', 'fail'],
    [['DNS:*'], 'https://wa-1.internal', 'fail'],
    [['IP Address:10.0.0.7'], 'https://10.0.0.7:9090', 'pass'],
    [['DNS:10.0.0.7'], 'https://10.0.0.7:9090', 'fail'],
    [['IP Address:FD00:0:0:0:0:0:0:7', 'IP Address:fd00::7'], 'https://[fd00::7]:9090', 'pass'],
    [[], 'https://wa-1.internal', 'pass'],
    [[], 'https://wa-2.internal', 'fail'],
    [['DNS:other.internal'], 'https://localhost:9090', 'pass'],
    [['DNS:other.internal'], 'https://127.0.0.1:9090', 'pass'],
    [['DNS:other.internal'], 'https://[::1]:9090', 'pass'],
  ])('names %j, given as %s: %s', async (names, url, outcome) => {
    expect((await shown([{ ...LEAF, names }, CA], {}, { url })).outcome).toBe(outcome);
  });

  it('judges no name that nobody gave', async () => {
    expect((await shown([OWN], { by: '--api-fingerprint' }, BY_CONTAINER)).outcome).toBe('pass');
    expect(
      (await shown([OWN], { by: '--api-fingerprint' }, { ...BY_CONTAINER, url: 'https://172.18.0.3:443' })).outcome,
    ).toBe('pass');
    expect((await shown([OWN], { by: '--api-fingerprint' }, { from: 'a person' })).outcome).toBe('fail');
  });

  it('warns of a certificate that nobody vouches for, with the fingerprint to pin', async () => {
    const result = await shown([OWN], untrusted('DEPTH_ZERO_SELF_SIGNED_CERT'), BY_CONTAINER);
    expect(saying(result)).toMatch(/^warn\nNobody vouches .* localhost: it is self-signed; its fingerprint is AA:BB$/);
    expect(result.findings[0]?.remedy).toContain('--api-fingerprint AA:BB');
    const incomplete = await shown([LEAF], untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE'));
    expect(saying(incomplete)).toMatch(/^warn\n.*intermediate certificate is not sent/);
  });

  it('fails where it is another one than the pinned', async () => {
    expect(saying(await shown([LEAF], untrusted('PIN_MISMATCH')))).toMatch(
      /^fail\n.*another certificate than the pinned/,
    );
  });

  it('tells a wrong name and an expiry once', async () => {
    const other = { ...LEAF, names: ['DNS:other.internal'] };
    expect((await shown([other, CA], untrusted('ERR_TLS_CERT_ALTNAME_INVALID'))).findings).toHaveLength(1);
    const url = 'https://127.0.0.1:9090';
    const local = await shown([other, CA], untrusted('ERR_TLS_CERT_ALTNAME_INVALID'), { url });
    expect(saying(local)).toMatch(/^warn\nThe certificate is for other.internal, not for 127.0.0.1$/);
    expect(local.findings[0]?.remedy).toContain('--api-url');
    const old = { ...LEAF, validTo: '2026-01-01T00:00:00Z' };
    expect((await shown([old, CA], untrusted('CERT_HAS_EXPIRED'))).findings).toHaveLength(1);
  });

  it.each([
    [2048, 'pass'],
    [2047, 'warn'],
    [1024, 'warn'],
    [512, 'warn'],
    [521, 'pass'],
    [384, 'pass'],
    [256, 'pass'],
    [null, 'pass'],
  ])('a key of %s bits: %s', async (keyBits, outcome) => {
    expect((await shown([LEAF, { ...CA, keyBits }])).outcome).toBe(outcome);
  });

  it('is judged without a login, is skip without an API, and unknown without a certificate', async () => {
    expect((await judged(securityCertificate, notLoggedIn('no-login'))).outcome).toBe('pass');
    expect((await judged(securityCertificate, NO_API)).outcome).toBe('skip');
    expect(await judged(securityCertificate, UNREACHED)).toMatchObject({
      outcome: 'skip',
      findings: [{ subject: 'api.login' }],
    });
    expect((await shown([])).outcome).toBe('unknown');
    expect((await judged(securityCertificate, over('endpoint', { tls: null }))).outcome).toBe('unknown');
    expect((await judged(securityCertificate, refused('endpoint'))).outcome).toBe('unknown');
  });
});
