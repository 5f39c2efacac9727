import { afterAll, describe, expect, it } from 'vitest';
import { loginTo, runOnDatabase } from '../support/database-run.ts';
import { type MysqlKind, noMysql, startMysql } from '../support/mysql.ts';
import { startMysqlStandIn } from '../support/mysql-stand-in.ts';
import { noPostgres, type PostgresVersion, startPostgres } from '../support/postgres.ts';
import { titled } from '../support/titled.ts';

const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
});

// Round trips take seconds, and are another file's matter.
const QUICK = ['--skip', 'database.latency'];
const PASSWORD = 'Kz7-plain.word';

const POSTGRES: Readonly<Record<PostgresVersion, 'pass' | 'fail'>> = {
  '10': 'fail',
  '11': 'pass',
  '12': 'pass',
  '13': 'pass',
  '14': 'fail',
  '16': 'fail',
  '18': 'fail',
};

describe.each(Object.entries(POSTGRES) as [PostgresVersion, 'pass' | 'fail'][])('PostgreSQL %s', (version, wanted) => {
  const reason = noPostgres(version);
  it.skipIf(reason)(titled(`a real one: database.version is ${wanted}`, reason), async () => {
    const server = await startPostgres(version);
    try {
      await server.sql(`CREATE ROLE wa LOGIN CREATEDB PASSWORD '${PASSWORD}'`);
      const run = await runOnDatabase(loginTo('PGSQL', server, 'wa', PASSWORD), ...QUICK);
      expect(run.says('connect')).toMatch(/^pass: Connected/);
      expect(run.of('version').outcome).toBe(wanted);
      expect(run.of('version').measured?.display).toMatch(new RegExp(`^PostgreSQL ${version}\\.`));
      expect(run.exitCode).toBe(wanted === 'pass' ? 0 : 1);
      expect(run.cameTo('unknown')).toEqual([]);
    } finally {
      await server.stop();
    }
  });
});

const MYSQL: Readonly<Record<MysqlKind, RegExp>> = {
  'mysql-5.6': /^MySQL 5\.6\.24/,
  'mysql-9': /^MySQL 9\./,
  mariadb: /^MariaDB 10\./,
};

describe.each(Object.entries(MYSQL) as [MysqlKind, RegExp][])('%s', (kind, display) => {
  const reason = noMysql(kind);
  it.skipIf(reason)(titled('a real one: database.version fails', reason), async () => {
    const server = await startMysql(kind);
    try {
      await server.sql(`CREATE USER 'wa'@'%' IDENTIFIED BY '${PASSWORD}'; GRANT ALL ON *.* TO 'wa'@'%'`);
      const run = await runOnDatabase(loginTo('MYSQL', server, 'wa', PASSWORD), ...QUICK);
      expect(run.says('connect')).toMatch(/^pass: Connected/);
      expect(run.of('version').outcome).toBe('fail');
      expect(run.of('version').measured?.display).toMatch(display);
      expect(run.exitCode).toBe(1);
      expect(run.cameTo('unknown')).toEqual([]);
    } finally {
      await server.stop();
    }
  });
});

describe('a stand-in for MySQL, which speaks the protocol and is none', () => {
  it.each([
    ['5.7.44', 'MySQL Community Server (GPL)', 'pass'],
    ['8.0.36', 'MySQL Community Server - GPL', 'pass'],
    ['8.4.3', 'MySQL Community Server - GPL', 'fail'],
    ['8.0.36-28', 'Percona Server (GPL), Release 28, Revision 47601f19', 'warn'],
  ])('that says it is %s, %s: %s', async (version, comment, wanted) => {
    const role = version.startsWith('8') ? { role: 'NONE' } : {};
    const server = await startMysqlStandIn({ version, comment, plugin: 'mysql_native_password', ...role });
    ends.push(server.stop);
    const run = await runOnDatabase(loginTo('MYSQL', server, 'wa', PASSWORD), ...QUICK);
    expect(run.says('connect')).toMatch(/^pass: Connected/);
    expect(run.of('version').outcome).toBe(wanted);
    expect(run.exitCode).toBe(wanted === 'fail' ? 1 : 0);
    expect(run.cameTo('unknown')).toEqual([]);
  });
});
