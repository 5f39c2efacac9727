import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseAnswers } from '../../src/host/answers/database.ts';
import { certificates, noCertificates } from '../support/certificates.ts';
import { type LoginVariables, loginTo, runOnDatabase } from '../support/database-run.ts';
import { type MysqlServer, noMysql, startMysql } from '../support/mysql.ts';
import { noPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';
import { titled } from '../support/titled.ts';

const PASSWORD = 'Kz7-plain.word';
// Every character that the vendor warns of, what shells and env files read in two ways, and more than ASCII.
const AWKWARD = 'p@s:w/rd?{}&~!()^=%40#$HOME \'"\\ü€';
const ONLY = ['--only', 'database.connect'];

const asked = async (login: LoginVariables, ...args: readonly string[]) => {
  const run = await runOnDatabase(login, ...ONLY, ...args);
  const { connect } = run.of('connect').measured as unknown as { readonly connect: DatabaseAnswers['connect'] };
  expect(run.exitCode).toBe(run.of('connect').outcome === 'fail' ? 1 : 0);
  return {
    outcome: run.of('connect').outcome,
    step: connect.failed?.step ?? null,
    kind: connect.failed?.kind ?? null,
    words: connect.failed?.message ?? '',
    authentication: connect.authentication,
    encrypted: connect.tls !== null,
  };
};

describe('PostgreSQL 13', () => {
  const reason = noPostgres('13') ?? noCertificates();
  const testIf = (title: string, body: () => Promise<void>) => it.skipIf(reason)(titled(title, reason), body);
  const folder = mkdtempSync(join(tmpdir(), 'authentication-'));
  const at: { server: PostgresServer | null } = { server: null };
  const to = (user: string, password = PASSWORD, more: LoginVariables = {}) => {
    if (!at.server) throw new Error('the server is not there');
    return loginTo('PGSQL', at.server, user, password, more);
  };
  beforeAll(async () => {
    if (reason) return;
    at.server = await startPostgres('13', {
      tls: certificates(folder).good,
      hba: [
        'host all hashed 127.0.0.1/32 md5',
        'host all clear 127.0.0.1/32 password',
        'host all open 127.0.0.1/32 trust',
        'hostssl all secure 127.0.0.1/32 scram-sha-256',
        'host all secure 127.0.0.1/32 reject',
        'host all barred 127.0.0.1/32 reject',
      ],
    });
    const quoted = AWKWARD.replaceAll("'", "''");
    await at.server.sql(
      [
        `SET password_encryption = 'md5'; CREATE ROLE hashed LOGIN CREATEDB PASSWORD '${PASSWORD}'; RESET password_encryption`,
        ...['wa', 'clear', 'open', 'secure', 'barred'].map(
          (user) => `CREATE ROLE ${user} LOGIN PASSWORD '${PASSWORD}'`,
        ),
        `CREATE ROLE idle NOLOGIN PASSWORD '${PASSWORD}'`,
        `CREATE ROLE awkward LOGIN PASSWORD '${quoted}'`,
      ].join('; '),
    );
  });
  afterAll(async () => {
    await at.server?.stop();
    rmSync(folder, { recursive: true });
  });

  testIf('a login that failed is tried once, also where the check of it is left out', async () => {
    const failures = () => (at.server?.log().match(/FATAL: +password authentication failed/g) ?? []).length;
    const before = failures();
    const run = await runOnDatabase(to('wa', 'Not-the-one.7'), '--skip', 'database.connect');
    expect(failures() - before).toBe(1);
    expect(run.says('version')).toMatch(/no connection to the database: password authentication failed/);
  });

  testIf('scram, in the clear and in TLS', async () => {
    expect(await asked(to('wa'), '--db-tls', 'off')).toMatchObject({
      outcome: 'pass',
      authentication: expect.stringMatching(/^scram-sha-256/i),
      encrypted: false,
    });
    expect(await asked(to('wa'))).toMatchObject({
      outcome: 'pass',
      authentication: expect.stringMatching(/^scram-sha-256/i),
      encrypted: true,
    });
  });
  testIf('md5', async () => {
    expect(await asked(to('hashed'), '--db-tls', 'off')).toMatchObject({ outcome: 'pass', authentication: 'md5' });
  });
  testIf('a password in clear text is not sent without TLS', async () => {
    expect(await asked(to('clear'), '--db-tls', 'off')).toMatchObject({
      outcome: 'fail',
      step: 'login',
      kind: 'cleartext-refused',
    });
  });
  testIf('no question for a password', async () => {
    expect(await asked(to('open'), '--db-tls', 'off')).toMatchObject({ outcome: 'pass' });
  });
  testIf('a password of awkward characters arrives as it is', async () => {
    expect(await asked(to('awkward', AWKWARD))).toMatchObject({ outcome: 'pass' });
  });
  testIf('a wrong password and an unknown user, in the words of the server', async () => {
    for (const login of [to('wa', 'wrong'), to('nobody-here')])
      expect(await asked(login)).toMatchObject({
        outcome: 'fail',
        step: 'login',
        kind: 'denied',
        words: expect.stringContaining('password authentication failed'),
      });
  });
  testIf('a role that may not log in, one that pg_hba.conf bars, a database that is not there', async () => {
    expect(await asked(to('idle'))).toMatchObject({ outcome: 'fail', step: 'login', kind: 'denied' });
    expect(await asked(to('barred'))).toMatchObject({ outcome: 'fail', step: 'login', kind: 'denied' });
    const { host, port } = at.server as PostgresServer;
    const url = ['--db-url', `postgresql://wa@${host}:${port}/not_there`];
    expect(await asked({ PGPASSWORD: PASSWORD }, ...url)).toMatchObject({ outcome: 'fail', kind: 'no-such-database' });
  });
  testIf('a user who must come by TLS: refused without, welcome with', async () => {
    expect(await asked(to('secure'), '--db-tls', 'off')).toMatchObject({ outcome: 'fail', step: 'login' });
    expect(await asked(to('secure'))).toMatchObject({ outcome: 'pass', encrypted: true });
  });
});

describe('PostgreSQL 10', () => {
  const reason = noPostgres('10');
  it.skipIf(reason)(titled('md5 by default', reason), async () => {
    const server = await startPostgres('10');
    try {
      await server.sql(`CREATE ROLE wa LOGIN PASSWORD '${PASSWORD}'`);
      expect(await asked(loginTo('PGSQL', server, 'wa', PASSWORD))).toMatchObject({
        outcome: 'pass',
        authentication: 'md5',
        encrypted: false,
      });
    } finally {
      await server.stop();
    }
  });
});

describe('MySQL 9', () => {
  const reason = noMysql('mysql-9') ?? noCertificates();
  const testIf = (title: string, body: () => Promise<void>) => it.skipIf(reason)(titled(title, reason), body);
  const folder = mkdtempSync(join(tmpdir(), 'authentication-'));
  const at: { server: MysqlServer | null } = { server: null };
  const to = (user: string, password = PASSWORD, more: LoginVariables = {}) => {
    if (!at.server) throw new Error('the server is not there');
    return loginTo('MYSQL', at.server, user, password, more);
  };
  beforeAll(async () => {
    if (reason) return;
    at.server = await startMysql('mysql-9', { tls: certificates(folder).good });
    const quoted = AWKWARD.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
    await at.server.sql(
      [
        `CREATE USER caching IDENTIFIED WITH caching_sha2_password BY '${PASSWORD}'`,
        `CREATE USER sha IDENTIFIED WITH sha256_password BY '${PASSWORD}'`,
        `CREATE USER secure IDENTIFIED BY '${PASSWORD}' REQUIRE SSL`,
        `CREATE USER locked IDENTIFIED BY '${PASSWORD}' ACCOUNT LOCK`,
        `CREATE USER overdue IDENTIFIED BY '${PASSWORD}' PASSWORD EXPIRE`,
        `CREATE USER awkward IDENTIFIED BY '${quoted}'`,
        `CREATE USER bare IDENTIFIED BY ''`,
        `CREATE USER elsewhere@'192.0.2.1' IDENTIFIED BY '${PASSWORD}'`,
      ].join('; '),
    );
  });
  afterAll(async () => {
    await at.server?.stop();
    rmSync(folder, { recursive: true });
  });

  testIf('caching_sha2_password, in the clear and in TLS', async () => {
    for (const args of [['--db-tls', 'off'], []])
      expect(await asked(to('caching'), ...args)).toMatchObject({
        outcome: 'pass',
        authentication: 'caching_sha2_password',
        encrypted: args.length === 0,
      });
  });
  testIf('sha256_password, in the clear and in TLS', async () => {
    for (const args of [['--db-tls', 'off'], []])
      expect(await asked(to('sha'), ...args)).toMatchObject({
        outcome: 'pass',
        authentication: 'sha256_password',
        encrypted: args.length === 0,
      });
  });
  testIf('a password of awkward characters arrives as it is, and so does an empty one', async () => {
    expect(await asked(to('awkward', AWKWARD))).toMatchObject({ outcome: 'pass' });
    expect(await asked(to('bare', ''))).toMatchObject({ outcome: 'pass' });
  });
  testIf('a user who must come by TLS: refused without, welcome with', async () => {
    expect(await asked(to('secure'), '--db-tls', 'off')).toMatchObject({ outcome: 'fail', step: 'login' });
    expect(await asked(to('secure'))).toMatchObject({ outcome: 'pass', encrypted: true });
  });
  testIf(
    'a wrong password, an unknown user, a locked one and one of another host, in the words of the server',
    async () => {
      for (const login of [to('caching', 'wrong'), to('nobody_here'), to('locked'), to('elsewhere')])
        expect(await asked(login)).toMatchObject({ outcome: 'fail', step: 'login', kind: 'denied' });
      expect((await asked(to('caching', 'wrong'))).words).toContain('Access denied for user');
    },
  );
  testIf('an expired password: the way ends at the login or the first query, and the server says why', async () => {
    const expired = await asked(to('overdue'));
    expect(expired).toMatchObject({ outcome: 'fail', kind: 'denied', words: expect.stringMatching(/expired/) });
  });
});

describe('MySQL 5.6', () => {
  const reason = noMysql('mysql-5.6');
  it.skipIf(reason)(titled('native passwords, right and wrong', reason), async () => {
    const server = await startMysql('mysql-5.6');
    try {
      await server.sql(`CREATE USER 'wa'@'%' IDENTIFIED BY '${PASSWORD}'`);
      expect(await asked(loginTo('MYSQL', server, 'wa', PASSWORD))).toMatchObject({
        outcome: 'pass',
        authentication: 'mysql_native_password',
        encrypted: false,
      });
      expect(await asked(loginTo('MYSQL', server, 'wa', 'wrong'))).toMatchObject({ outcome: 'fail', kind: 'denied' });
    } finally {
      await server.stop();
    }
  });
});

describe('MariaDB', () => {
  const reason = noMysql('mariadb');
  it.skipIf(reason)(titled('native passwords, and a plugin that the client does not know', reason), async () => {
    const server = await startMysql('mariadb');
    try {
      await server.sql(
        `CREATE USER wa IDENTIFIED BY '${PASSWORD}'; CREATE USER local IDENTIFIED VIA unix_socket; CREATE USER role_less IDENTIFIED BY '${PASSWORD}' ACCOUNT LOCK`,
      );
      expect(await asked(loginTo('MYSQL', server, 'wa', PASSWORD))).toMatchObject({
        outcome: 'pass',
        authentication: 'mysql_native_password',
      });
      for (const user of ['local', 'role_less'])
        expect(await asked(loginTo('MYSQL', server, user, PASSWORD))).toMatchObject({ outcome: 'fail', step: 'login' });
    } finally {
      await server.stop();
    }
  });
});
