import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_TLS_WISH } from '../../../../src/host/live/login/draft.ts';
import { tlsOf } from '../../../../src/host/live/login/tls.ts';
import { tlsOfValues } from '../../../../src/host/live/login/values.ts';
import { tree } from '../../../support/tree.ts';

const never = new AbortController().signal;
const PEM = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
const named = (name: string, path: string) => ({ name, path });

describe('what WA_DB_SSL_* asks for', () => {
  it.each([
    [{}, null, 'the default'],
    [{ WA_DB_SSL_CA: '/ca' }, 'verify', 'WA_DB_SSL_CA'],
    [{ WA_DB_SSL_CA: '/ca', WA_DB_SSL_VERIFY: '1' }, 'verify', 'WA_DB_SSL_VERIFY'],
    ...['0', 'false', 'OFF', 'no'].map(
      (no) => [{ WA_DB_SSL_CA: '/ca', WA_DB_SSL_VERIFY: no }, 'require', 'WA_DB_SSL_VERIFY'] as const,
    ),
    [{ WA_DB_SSL_VERIFY: 'true' }, 'verify', 'WA_DB_SSL_VERIFY'],
    [{ WA_DB_SSL_VERIFY: '0' }, null, 'the default'],
    [{ WA_DB_SSL_CERT: '/c', WA_DB_SSL_KEY: '/k' }, 'require', 'WA_DB_SSL_CERT'],
  ] as readonly (readonly [Readonly<Record<string, string>>, string | null, string])[])(
    '%j: %s',
    (values, mode, from) => {
      expect(tlsOfValues(values)).toMatchObject({ mode, from });
    },
  );
});

describe('the TLS of a login', () => {
  it('reads what is named, and prefers TLS where nothing is said', async () => {
    const root = tree({ ca: PEM, cert: PEM, key: PEM });
    const wish = {
      ...NO_TLS_WISH,
      ca: named('A', join(root, 'ca')),
      certificate: named('B', join(root, 'cert')),
      key: named('C', join(root, 'key')),
    };
    expect(await tlsOf(wish, null, never)).toEqual({
      tls: { mode: 'prefer', ca: PEM, certificate: PEM, key: PEM },
      told: { mode: 'prefer', from: 'the default', ca: join(root, 'ca'), certificate: join(root, 'cert'), missing: [] },
    });
  });

  it('--db-tls goes first; switched off, no file is looked at', async () => {
    const wish = { ...NO_TLS_WISH, mode: 'verify' as const, from: 'X', ca: named('X', '/nowhere/ca.pem') };
    expect((await tlsOf(wish, 'require', never)).told).toMatchObject({ mode: 'require', from: '--db-tls' });
    expect((await tlsOf(wish, 'off', never)).told).toMatchObject({ mode: 'off', missing: [] });
  });

  it('stays with verifying where the CA is missing, and says how', async () => {
    const wish = { ...NO_TLS_WISH, mode: 'verify' as const, from: 'X', ca: named('WA_DB_SSL_CA', '/opt/certs/ca.pem') };
    const { tls, told } = await tlsOf(wish, null, never);
    expect(tls).toMatchObject({ mode: 'verify', ca: null });
    expect(told.missing).toEqual([
      'WA_DB_SSL_CA: /opt/certs/ca.pem: there is no such file on this host; its path is one inside the client container; the authorities of the system are used instead',
    ]);
  });

  it('tells what is no PEM file, no absolute path, a folder, or one half of a pair', async () => {
    const root = tree({ ca: 'no', cert: PEM });
    const certificate = named('B', join(root, 'cert'));
    const missing = async (wish: object) => (await tlsOf({ ...NO_TLS_WISH, ...wish }, null, never)).told.missing;
    expect(await missing({ ca: named('A', join(root, 'ca')) })).toEqual([`A: ${root}/ca: it is no PEM file`]);
    expect(await missing({ ca: named('A', 'ca.pem') })).toEqual(['A: ca.pem: it is no absolute path']);
    expect(await missing({ ca: named('A', root) })).toEqual([`A: ${root}: it is a folder`]);
    expect(await missing({ certificate })).toEqual(['B: it is of no use without its key']);
    expect((await tlsOf({ ...NO_TLS_WISH, certificate }, null, never)).tls.certificate).toBeNull();
  });

  it.skipIf(process.getuid?.() === 0)('tells what it may not read (skipped: root may read all)', async () => {
    const root = tree({ ca: PEM });
    chmodSync(join(root, 'ca'), 0);
    const { told } = await tlsOf({ ...NO_TLS_WISH, ca: named('A', join(root, 'ca')) }, null, never);
    expect(told.missing[0]).toContain('permission denied');
  });
});
