import { describe, expect, it } from 'vitest';
import { databaseConnections } from '../../../checks/database/connections.ts';
import { databaseEncoding } from '../../../checks/database/encoding.ts';
import { databaseSettings } from '../../../checks/database/settings.ts';
import { judged, saying } from '../../support/judged.ts';
import { answers, login, NO_LOGIN, over, postgresql, refused, server } from './answers.ts';

const KEY = 'database "login"';

describe.each([databaseConnections, databaseEncoding, databaseSettings])('$id', (check) => {
  it('passes the boring server, needs a connection, is skip without a login and cannot tell without an answer', async () => {
    expect((await judged(check, answers)).outcome).toBe('pass');
    expect(check.needs).toEqual(['database.connect']);
    expect((await judged(check, NO_LOGIN)).outcome).toBe('skip');
    expect((await judged(check, refused('server'))).outcome).toBe('unknown');
    expect((await judged(check, over('server', { variables: {}, status: {} }))).outcome).toBe('unknown');
  });
});

describe('database.connections', () => {
  const of = async (variables: Record<string, string | null>, status: Record<string, string> = {}) =>
    judged(databaseConnections, server(variables, status));

  it.each([
    ['at the floor', { max_connections: '151' }, {}, 'pass'],
    ['below the floor', { max_connections: '150' }, {}, 'warn'],
    ['at 79.9 % of use', { max_connections: '1000' }, { Threads_connected: '799' }, 'pass'],
    ['at 80 % of use', { max_connections: '1000' }, { Threads_connected: '800' }, 'warn'],
    ['a limit of the user at the floor', { max_user_connections: '151' }, {}, 'pass'],
    ['a limit of the user below it', { max_user_connections: '150' }, {}, 'warn'],
    ['no limit of the user', { max_user_connections: '0' }, {}, 'pass'],
    ['garbage', { max_connections: 'many' }, {}, 'unknown'],
  ])('%s', async (_, variables, status, outcome) => {
    expect((await of(variables, status)).outcome).toBe(outcome);
  });

  it("takes what PostgreSQL holds back off, and goes by the vendor's own file", async () => {
    const pg = (variables: Record<string, string>, connections = '7') =>
      judged(databaseConnections, postgresql({ variables, status: { connections } }));
    const max = { max_connections: '500', superuser_reserved_connections: '3' };
    expect(saying(await pg(max))).toBe('pass\n500 connections, 3 of them for administrators, 7 in use');
    expect((await pg({ max_connections: '499' })).outcome).toBe('warn');
    expect(
      (await pg({ ...max, superuser_reserved_connections: '90', reserved_connections: '10' }, '320')).outcome,
    ).toBe('warn');
    expect(
      (await pg({ ...max, superuser_reserved_connections: '90', reserved_connections: '10' }, '319')).outcome,
    ).toBe('pass');
    expect((await pg({ ...max, role_connection_limit: '-1' })).outcome).toBe('pass');
    expect(saying(await pg({ ...max, role_connection_limit: '50', database_connection_limit: '20' }))).toMatch(
      /^warn\n.*20 for this user/,
    );
  });
});

describe('database.encoding', () => {
  it.each([
    [{ character_set_server: 'utf8mb4' }, 'pass'],
    [{ character_set_server: 'UTF8MB4' }, 'pass'],
    [{ character_set_server: 'utf8mb3' }, 'warn'],
    [{ character_set_server: 'utf8' }, 'warn'],
    [{ character_set_server: 'latin1' }, 'warn'],
    [{ utf8mb4: 'no' }, 'warn'],
  ])('%j is %s', async (variables, outcome) => {
    expect((await judged(databaseEncoding, server(variables))).outcome).toBe(outcome);
  });

  it('goes by the template of new databases on PostgreSQL', async () => {
    const pg = async (variables: Record<string, string>) =>
      (await judged(databaseEncoding, postgresql({ variables, status: {} }))).outcome;
    expect(await pg({ template1_encoding: 'UTF8', server_encoding: 'LATIN1' })).toBe('pass');
    expect(await pg({ template1_encoding: 'LATIN1', server_encoding: 'UTF8' })).toBe('warn');
    expect(await pg({ server_encoding: 'UTF8' })).toBe('pass');
    expect(await pg({ server_encoding: 'SQL_ASCII' })).toBe('warn');
  });
});

describe('database.settings', () => {
  const of = (variables: Record<string, string>, status: Record<string, string> = {}) =>
    judged(databaseSettings, server(variables, status));

  it.each([
    ['wait_timeout as long as the client waits', { wait_timeout: '180' }, 'pass'],
    ['wait_timeout a second less', { wait_timeout: '179' }, 'warn'],
    ['packets of 4 MiB', { max_allowed_packet: '4194304' }, 'pass'],
    ['packets of less', { max_allowed_packet: '4193280' }, 'warn'],
    ['the query cache as 5.7 comes', { query_cache_type: 'OFF', query_cache_size: '1048576' }, 'pass'],
    ['no query cache', { query_cache_type: '0', query_cache_size: '0' }, 'pass'],
    ['the query cache on', { query_cache_type: 'ON' }, 'warn'],
    ['the query cache on demand', { query_cache_type: 'DEMAND' }, 'warn'],
    ['a size of the query cache', { query_cache_size: '16777216' }, 'warn'],
    ['read_only', { read_only: 'ON' }, 'warn'],
    ['super_read_only', { super_read_only: 'ON' }, 'warn'],
    ['a reader of Aurora', { innodb_read_only: 'ON' }, 'warn'],
  ])('%s', async (_, variables, outcome) => {
    expect((await of(variables)).outcome).toBe(outcome);
  });

  it('tells two quantities apart that look the same', async () => {
    expect((await of({ max_allowed_packet: '4194303' })).message).toContain(
      'be 4194303 bytes long (max_allowed_packet); 4194304 bytes',
    );
  });

  it("leaves Aurora its query cache, which is Amazon's to set", async () => {
    const set = { query_cache_type: 'ON', query_cache_size: '700000000', wait_timeout: '28800' };
    const of57 = async (signs: string[]) =>
      (await judged(databaseSettings, over('server', { version: '5.7.12', signs, variables: set }))).outcome;
    expect(await of57(['aurora_version'])).toBe('pass');
    expect(await of57([])).toBe('warn');
  });

  it('warns of a replica, and says each thing by itself', async () => {
    expect((await of({}, { replica: 'yes' })).outcome).toBe('warn');
    const all = await of({ read_only: '1', query_cache_type: 'ON', wait_timeout: '60', max_allowed_packet: '1024' });
    expect(all.findings.map(({ subject }) => subject)).toEqual([
      'read-only',
      'query_cache',
      'wait_timeout',
      'max_allowed_packet',
    ]);
  });

  it('asks nothing of time-outs without WA_DB_CONNECTION_IDLE_TIMEOUT', async () => {
    const none = { ...server({ wait_timeout: '1' }), [KEY]: login({ idleTimeoutMs: null })[KEY] ?? null };
    expect((await judged(databaseSettings, none)).outcome).toBe('pass');
  });

  it('sees a standby and a default of read-only on PostgreSQL', async () => {
    const pg = async (variables: Record<string, string>) =>
      (await judged(databaseSettings, postgresql({ variables, status: {} }))).outcome;
    expect(await pg({ in_recovery: 'off', default_transaction_read_only: 'off' })).toBe('pass');
    expect(await pg({ in_recovery: 'on' })).toBe('warn');
    expect(await pg({ default_transaction_read_only: 'on' })).toBe('warn');
    expect(await pg({ wait_timeout: '1' })).toBe('pass');
  });
});
