import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rights } from '../../../../src/host/child/database/rights.ts';
import { server } from '../../../../src/host/child/database/server.ts';
import { size } from '../../../../src/host/child/database/size.ts';
import { orderOf, PASSWORD } from '../../../support/database-order.ts';
import { type MysqlServer, noMysql, startMysql } from '../../../support/mysql.ts';
import { noPostgres, type PostgresServer, startPostgres } from '../../../support/postgres.ts';
import { startRogue } from '../../../support/rogue.ts';
import { endlessRows, mysqlThen } from '../../../support/rogue-mysql.ts';
import { titled } from '../../../support/titled.ts';

const noPg = noPostgres('13');
describe('PostgreSQL 13', () => {
  let pg: PostgresServer | null = null;
  const order = (login: Parameters<typeof orderOf>[0] = {}) => orderOf({ port: pg?.port ?? 0, ...login });
  beforeAll(async () => {
    if (noPg) return;
    pg = await startPostgres('13', { settings: ['default_transaction_read_only=off', 'max_connections=33'] });
    await pg.sql(`CREATE ROLE wa LOGIN PASSWORD '${PASSWORD}'; CREATE ROLE boss CREATEDB; GRANT boss TO wa`);
    await pg.sql('CREATE ROLE limited LOGIN CONNECTION LIMIT 7');
    await pg.sql(
      `ALTER ROLE limited PASSWORD '${PASSWORD}'; ALTER ROLE limited SET default_transaction_read_only = on`,
    );
    for (const name of ['wa_a', 'wa_b', 'wa%', 'other']) await pg.sql(`CREATE DATABASE "${name}" OWNER wa`);
    await pg.sql('CREATE TABLE "Messages" AS SELECT generate_series(1, 1234) AS n; ANALYZE', 'wa_a');
    await pg.sql('CREATE TABLE media (n INT)', 'wa_b');
  });
  afterAll(() => pg?.stop());

  it.skipIf(noPg)(titled('tells its settings as they were before this session', noPg), async () => {
    const told = await server(order({ user: 'limited' }));
    expect(told).toMatchObject({ engine: 'postgresql', comment: null, signs: [] });
    expect(told.version).toMatch(/^PostgreSQL 13\./);
    expect(told.variables).toMatchObject({
      max_connections: '33',
      server_encoding: 'UTF8',
      template1_encoding: 'UTF8',
      in_recovery: 'off',
      default_transaction_read_only: 'on',
      role_connection_limit: '7',
      database_connection_limit: '-1',
    });
    expect((await server(order())).variables['default_transaction_read_only']).toBe('off');
    expect(told.status).toMatchObject({ ssl: 'off' });
    expect(Number(told.status['connections'])).toBeGreaterThanOrEqual(1);
  });

  it.skipIf(noPg)(titled('leaves out what it may not tell, and nothing else', noPg), async () => {
    await pg?.sql('REVOKE ALL ON pg_stat_ssl, pg_stat_database FROM public');
    const { status, variables } = await server(order());
    await pg?.sql('GRANT SELECT ON pg_stat_ssl, pg_stat_database TO public');
    expect(status).toEqual({});
    expect(variables['in_recovery']).toBe('off');
  });

  it.skipIf(noPg)(titled('is known by what only another product has', noPg), async () => {
    await pg?.sql('CREATE SCHEMA crdb_internal');
    await pg?.sql(
      "SET allow_system_table_mods = on; CREATE FUNCTION pg_catalog.aurora_version() RETURNS text LANGUAGE sql AS 'SELECT 1/0'",
    );
    const { signs } = await server(order());
    await pg?.sql(
      'SET allow_system_table_mods = on; DROP FUNCTION pg_catalog.aurora_version(); DROP SCHEMA crdb_internal',
    );
    expect(signs).toEqual(['aurora_version()', 'crdb_internal']);
  });

  it.skipIf(noPg)(titled('takes the prefix for text', noPg), async () => {
    const named = async (prefix: string) => {
      const told = await rights(order({ prefix }));
      return told.engine === 'postgresql' ? told.databases.map(({ name }) => name) : [];
    };
    expect(await named('wa_')).toEqual(['wa_a', 'wa_b']);
    expect(await named('wa%')).toEqual(['wa%']);
    expect(await named("wa' OR true --")).toEqual([]);
    expect(await named('')).toEqual(['other', 'postgres', 'wa%', 'wa_a', 'wa_b']);
  });

  it.skipIf(noPg)(titled('estimates in every database of the client', noPg), async () => {
    expect(await size(order({ prefix: 'wa_' }))).toEqual({
      tables: [
        { database: 'wa_a', table: 'Messages', rows: 1234 },
        { database: 'wa_b', table: 'media', rows: 0 },
      ],
      cut: false,
    });
    const names = Array.from({ length: 8 }, (_, at) => `many_${at}`);
    for (const name of names) await pg?.sql(`CREATE DATABASE ${name} OWNER wa`);
    expect(await size(order({ prefix: 'many_' }))).toEqual({ tables: [], cut: true });
  });
});

const noMaria = noMysql('mariadb');
describe('MariaDB', () => {
  let my: MysqlServer | null = null;
  const order = (login: Parameters<typeof orderOf>[0] = {}) =>
    orderOf({ engine: 'mysql', port: my?.port ?? 0, ...login });
  beforeAll(async () => {
    if (noMaria) return;
    my = await startMysql('mariadb', { flags: ['--max-connections=44'] });
    await my.sql(`CREATE USER 'wa'@'%' IDENTIFIED BY '${PASSWORD}'; GRANT SELECT ON \`wa_%\`.* TO 'wa'@'%'`);
    await my.sql('CREATE DATABASE wa_a; CREATE DATABASE wa_b; CREATE TABLE wa_a.Media (n INT) ENGINE=InnoDB');
    await my.sql('INSERT INTO wa_a.Media VALUES (1), (2), (3)');
  });
  afterAll(() => my?.stop());

  it.skipIf(noMaria)(titled('tells what it is and how it is set', noMaria), async () => {
    const told = await server(order());
    expect(told).toMatchObject({ engine: 'mysql', signs: ['aria_pagecache_buffer_size'] });
    expect(told.version).toMatch(/MariaDB/);
    expect(told.variables).toMatchObject({ max_connections: '44', read_only: 'OFF', utf8mb4: 'yes' });
    expect(told.status).toMatchObject({ Ssl_cipher: '' });
    expect(told.status).not.toHaveProperty('replica');
    await my?.sql("GRANT REPLICA MONITOR ON *.* TO 'wa'@'%'");
    expect((await server(order())).status).toMatchObject({ replica: 'no' });
  });

  it.skipIf(noMaria)(titled('tells of rights without the hash of the password', noMaria), async () => {
    const told = await rights(order({ prefix: 'wa_' }));
    expect(told).toMatchObject({ currentUser: 'wa@%', databases: ['wa_a', 'wa_b'], plugin: null, activeRoles: [] });
    const grants = told.engine === 'mysql' ? told.grants : [];
    expect(grants).toContain('GRANT SELECT ON `wa_%`.* TO `wa`@`%`');
    expect(grants.join('\n')).toMatch(/IDENTIFIED BY PASSWORD '\*\*\*'/);
    expect(grants.join('\n')).not.toMatch(/[0-9A-F]{40}/);
    expect(await rights(order())).toMatchObject({ databases: [] });
  });

  it.skipIf(noMaria)(titled('estimates whatever the case of the name', noMaria), async () => {
    expect(await size(order())).toEqual({ tables: [{ database: 'wa_a', table: 'Media', rows: 3 }], cut: false });
  });
});

it('a server that floods an answer costs that question, and says why', async () => {
  const rogue = await startRogue(mysqlThen(endlessRows));
  const order = orderOf({ engine: 'mysql', port: rogue.port });
  for (const ask of [server, rights, size]) await expect(ask(order)).rejects.toThrow('larger than 1 MiB');
  await rogue.left();
  await rogue.stop();
});
