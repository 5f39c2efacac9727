import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseAnswers } from '../../src/host/answers/database.ts';
import { type Certificates, certificates, noCertificates, type ServerCertificate } from '../support/certificates.ts';
import { type LoginVariables, loginTo, runOnDatabase } from '../support/database-run.ts';
import { noMysql, startMysql } from '../support/mysql.ts';
import { noPostgres, startPostgres } from '../support/postgres.ts';
import { titled } from '../support/titled.ts';

const PASSWORD = 'Kz7-plain.word';
const ONLY = ['--only', 'database.connect,database.tls'];

const folder = mkdtempSync(join(tmpdir(), 'tls-'));
const own: { certificates: Certificates | null } = { certificates: null };
const made = (): Certificates => {
  own.certificates ??= certificates(folder);
  return own.certificates;
};
afterAll(() => rmSync(folder, { recursive: true }));

/** A server whose certificate can be changed while it runs. */
type Server = {
  readonly host: string;
  readonly port: number;
  /** The server, or a new one in its place, with another certificate. */
  readonly show: (certificate: ServerCertificate) => Promise<Server>;
  readonly stop: () => Promise<void>;
};
type Kind = {
  readonly engine: 'MYSQL' | 'PGSQL';
  readonly reason: string | null;
  readonly start: (tls?: ServerCertificate) => Promise<Server>;
};

const startMysql9: Kind['start'] = async (tls) => {
  const server = await startMysql('mysql-9', tls ? { tls } : {});
  await server.sql(`CREATE USER wa IDENTIFIED BY '${PASSWORD}'; GRANT ALL ON *.* TO wa`);
  // A running one takes no certificate that it would not trust itself.
  const show = async (certificate: ServerCertificate) => {
    await server.stop();
    return startMysql9(certificate);
  };
  return { ...server, show };
};

const replace = (at: string, { certificate, key }: ServerCertificate): void => {
  writeFileSync(join(at, 'server.pem'), certificate);
  writeFileSync(join(at, 'server.key'), key);
};

const KINDS: Readonly<Record<string, Kind>> = {
  'PostgreSQL 13': {
    engine: 'PGSQL',
    reason: noPostgres('13') ?? noCertificates(),
    start: async (tls) => {
      const server = await startPostgres('13', tls ? { tls } : {});
      await server.sql(`CREATE ROLE wa LOGIN CREATEDB PASSWORD '${PASSWORD}'`);
      const show = async (certificate: ServerCertificate) => {
        replace(server.folder, certificate);
        await server.sql('SELECT pg_reload_conf()');
        // Told by a signal, which its first process heeds in its own time.
        await pause(300);
        return shown;
      };
      const shown: Server = { ...server, show };
      return shown;
    },
  },
  'MySQL 9': {
    engine: 'MYSQL',
    reason: noMysql('mysql-9') ?? noCertificates(),
    start: startMysql9,
  },
  MariaDB: {
    engine: 'MYSQL',
    reason: noMysql('mariadb') ?? noCertificates(),
    start: async (tls) => {
      const server = await startMysql('mariadb', tls ? { tls } : {});
      await server.sql(`CREATE USER wa IDENTIFIED BY '${PASSWORD}'; GRANT ALL ON *.* TO wa`);
      const show = async (certificate: ServerCertificate) => {
        replace(dirname(server.socket), certificate);
        await server.sql('FLUSH SSL');
        return shown;
      };
      const shown: Server = { ...server, show };
      return shown;
    },
  },
};

describe.each(Object.entries(KINDS))('%s', (_name, { engine, reason, start }) => {
  const servers: { plain?: Server; encrypted?: Server } = {};
  const show = async (certificate: ServerCertificate) => {
    if (servers.encrypted) servers.encrypted = await servers.encrypted.show(certificate);
  };
  beforeAll(async () => {
    if (reason) return;
    servers.plain = await start();
    servers.encrypted = await start(made().good);
  });
  afterAll(async () => {
    await servers.plain?.stop();
    await servers.encrypted?.stop();
  });

  const asked = async (server: Server | undefined, mode: string | null, more: LoginVariables = {}) => {
    if (!server) throw new Error('the server is not there');
    const args = mode === null ? ONLY : [...ONLY, '--db-tls', mode];
    const run = await runOnDatabase(loginTo(engine, server, 'wa', PASSWORD, more), ...args);
    const { connect } = run.of('connect').measured as unknown as { readonly connect: DatabaseAnswers['connect'] };
    const { outcome } = run.of('connect');
    // The session itself tells the same as the way that led to it.
    if (outcome === 'pass') expect(run.says('tls')).toMatch(connect.tls ? /TLSv1\.3/ : /not encrypted/);
    else expect(run.of('tls').outcome).toBe('skip');
    return { ...run, connect, outcome };
  };
  const testIf = (title: string, body: () => Promise<void>) => it.skipIf(reason)(titled(title, reason), body);

  testIf('without TLS: preferred and switched off both connect in the clear', async () => {
    for (const mode of [null, 'off']) {
      const { outcome, connect, exitCode } = await asked(servers.plain, mode);
      expect([mode, outcome, connect.tls, exitCode]).toEqual([mode, 'pass', null, 0]);
    }
    expect((await asked(servers.plain, null)).connect.tlsOffered).toBe(false);
  });

  testIf('without TLS: required and verified do not connect, and send no password', async () => {
    for (const mode of ['require', 'verify']) {
      const { outcome, connect, exitCode } = await asked(servers.plain, mode, { WA_DB_SSL_CA: made().caFile });
      expect([mode, outcome, connect.failed?.step, connect.failed?.kind]).toEqual([
        mode,
        'fail',
        'tls',
        'tls-not-offered',
      ]);
      expect(exitCode).toBe(1);
    }
  });

  testIf('a good certificate: encrypted but where it is switched off, verified where it is asked for', async () => {
    const ca = { WA_DB_SSL_CA: made().caFile };
    const preferred = await asked(servers.encrypted, null);
    expect(preferred.outcome).toBe('pass');
    expect(preferred.connect.tls).toMatchObject({ protocol: 'TLSv1.3', verified: null });
    expect(preferred.connect.tlsOffered).toBe(true);
    const required = await asked(servers.encrypted, 'require');
    expect([required.outcome, required.connect.tls?.protocol]).toEqual(['pass', 'TLSv1.3']);
    const off = await asked(servers.encrypted, 'off');
    expect([off.outcome, off.connect.tls]).toEqual(['pass', null]);
    for (const [mode, more] of [
      ['verify', ca],
      [null, ca],
    ] as const) {
      const verified = await asked(servers.encrypted, mode, more);
      expect([mode, verified.outcome, verified.connect.tls?.verified]).toEqual([mode, 'pass', true]);
      expect(verified.connect.tls?.subject).toContain('localhost');
      expect(verified.connect.tls?.validTo).toMatch(/^20\d\d-\d\d-\d\dT/);
    }
    const unknownAuthority = await asked(servers.encrypted, 'verify');
    expect([unknownAuthority.outcome, unknownAuthority.connect.failed?.kind]).toEqual(['fail', 'tls-untrusted']);
  });

  for (const [name, words] of [
    ['wrongName', /not made out for|altnames/i],
    ['expired', /expired/i],
    ['selfSigned', /self[- ]signed/i],
  ] as const)
    testIf(`${name}: encrypts where TLS is required, and is refused where it is verified`, async () => {
      await show(made()[name]);
      const required = await asked(servers.encrypted, 'require');
      expect([required.outcome, required.connect.tls?.protocol]).toEqual(['pass', 'TLSv1.3']);
      const verified = await asked(servers.encrypted, 'verify', { WA_DB_SSL_CA: made().caFile });
      expect(verified.outcome).toBe('fail');
      expect(verified.connect.failed).toMatchObject({ step: 'tls', kind: 'tls-untrusted' });
      expect(verified.connect.failed?.message).toMatch(words);
      expect(verified.says('connect')).toMatch(words);
      expect(verified.exitCode).toBe(1);
    });
});
