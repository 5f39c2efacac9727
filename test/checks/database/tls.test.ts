import { describe, expect, it } from 'vitest';
import { databaseTls } from '../../../checks/database/tls.ts';
import type { Json } from '../../../src/model.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, login, NO_LOGIN, over, refused } from './answers.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const tls = (change: { [key: string]: Json } = {}): Json => ({
  ...{ protocol: 'TLSv1.3', cipher: 'X', verified: null, fault: null, subject: null, issuer: null },
  validTo: null,
  ...change,
});
const at = (address: string, session: Json, more: { [key: string]: Json } = {}) =>
  judged(databaseTls, over('connect', { addresses: [address], address, tls: session, ...more }));

const PLACES = [
  ['127.0.0.1', 'pass'],
  ['10.0.0.1', 'pass'],
  ['203.0.113.7', 'warn'],
] as const;

describe('database.tls', () => {
  it('passes a session that is encrypted and verified, wherever it leads', async () => {
    expect(saying(await judged(databaseTls, answers))).toMatch(
      /^pass\nThe session is encrypted \(TLSv1\.3, .*verified$/,
    );
    expect((await at('203.0.113.7', tls({ verified: true }))).outcome).toBe('pass');
  });

  it.each(PLACES)('judges a session that is not encrypted by its way: %s is %s', async (address, outcome) => {
    const result = await at(address, null, { tlsOffered: false });
    expect(result).toMatchObject({ outcome, measured: { value: 'none', display: 'not encrypted' } });
    expect(result.message).toContain('the server offers none');
    expect((await at(address, null, { tlsOffered: true })).message).toContain('though the server offers it');
  });

  it.each(PLACES)('judges a session that verifies nobody by its way: %s is %s', async (address, outcome) => {
    expect((await at(address, tls({ fault: 'self-signed certificate' }))).outcome).toBe(outcome);
    expect((await at(address, tls({ verified: false }))).outcome).toBe(outcome);
  });

  it('says how TLS was asked for, and why a certificate would not verify', async () => {
    const { message } = await at('10.0.0.1', tls({ fault: 'certificate has expired' }));
    expect(message).toContain('TLS mode verify by WA_DB_SSL_CA');
    expect(message).toContain('it would not verify: certificate has expired');
  });

  it('passes a socket without TLS', async () => {
    const key = 'database "login"';
    const socket = { ...over('connect', { tls: null }), [key]: login({ socket: '/run/x.sock' })[key] ?? null };
    expect(saying(await judged(databaseTls, socket))).toMatch(/^pass\n.*over a socket/);
  });

  it.each([
    ['31 days left', 31, 'pass', null],
    ['30 days left', 30, 'pass', null],
    ['a second less than 30 days left', 30 - 1 / 86_400, 'warn', 'expires on 2026-12-22'],
    ['over', -1, 'warn', 'expired on 2026-11-21'],
  ])('a certificate with %s', async (_, days, outcome, words) => {
    const validTo = new Date(NOW + days * 86_400_000).toISOString();
    const result = await at('10.0.0.1', tls({ verified: true, validTo }));
    expect(result.outcome).toBe(outcome);
    if (words) expect(saying(result)).toContain(words);
  });

  it('reads no end that is none', async () => {
    expect((await at('10.0.0.1', tls({ verified: true, validTo: 'someday' }))).outcome).toBe('pass');
  });

  it('is skip without a login, and cannot tell without an answer', async () => {
    expect((await judged(databaseTls, NO_LOGIN)).outcome).toBe('skip');
    expect((await judged(databaseTls, refused('connect'))).outcome).toBe('unknown');
  });
});
