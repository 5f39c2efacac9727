import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { certificates, noCertificates } from './support/certificates.ts';
import { type MysqlKind, noMysql, startMysql } from './support/mysql.ts';
import { startMysqlStandIn } from './support/mysql-stand-in.ts';
import { noPostgres, type PostgresVersion, startPostgres } from './support/postgres.ts';
import { titled } from './support/titled.ts';

const POSTGRES: readonly PostgresVersion[] = ['10', '11', '12', '13', '14', '16', '18'];
const MYSQL: Readonly<Record<MysqlKind, RegExp>> = {
  'mysql-5.6': /^5\.6\.24/,
  'mysql-9': /^9\./,
  mariadb: /^10\.\d+\.\d+-MariaDB/,
};

const answers = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      done(true);
    }).on('error', () => done(false));
  });

const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(POSTGRES)('PostgreSQL %s', (version) => {
  const reason = noPostgres(version);
  it.skipIf(reason)(titled('starts, says its version, stops and leaves nothing', reason), async () => {
    const server = await startPostgres(version);
    expect(await server.sql('SHOW server_version')).toEqual([
      { server_version: expect.stringMatching(new RegExp(`^${version}\\.`)) },
    ]);
    expect(server.log()).toContain('SHOW server_version');
    expect(await answers(server.port)).toBe(true);
    await server.stop();
    expect(await answers(server.port)).toBe(false);
    expect(existsSync(server.folder)).toBe(false);
  });
});

describe.each(Object.entries(MYSQL) as [MysqlKind, RegExp][])('%s', (kind, wanted) => {
  const reason = noMysql(kind);
  it.skipIf(reason)(titled('starts, says its version, stops and leaves nothing', reason), async () => {
    const server = await startMysql(kind);
    expect(await server.sql('SELECT version() AS version')).toEqual([{ version: expect.stringMatching(wanted) }]);
    expect(await server.sql("SHOW VARIABLES LIKE 'have_ssl'; SELECT 2 AS second")).toEqual([{ second: 2 }]);
    expect(server.generalLog()).toContain('SELECT version() AS version');
    expect(await answers(server.port)).toBe(true);
    await server.stop();
    expect(await answers(server.port)).toBe(false);
    expect(existsSync(dirname(server.socket))).toBe(false);
  });
});

const noTls = noCertificates() ?? noPostgres('16');
it.skipIf(noTls)(titled('a server is given a certificate of our own authority', noTls), async () => {
  const server = await startPostgres('16', { tls: certificates(folder).good, settings: ['max_connections=7'] });
  try {
    expect(await server.sql('SHOW ssl')).toEqual([{ ssl: 'on' }]);
    expect(await server.sql('SHOW max_connections')).toEqual([{ max_connections: '7' }]);
  } finally {
    await server.stop();
  }
});

it('a stand-in announces its version, and ends', async () => {
  const server = await startMysqlStandIn({ version: '8.0.36' });
  expect(await answers(server.port)).toBe(true);
  await server.stop();
  expect(await answers(server.port)).toBe(false);
});
