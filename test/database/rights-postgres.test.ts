import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loginTo, runOnDatabase } from '../support/database-run.ts';
import { noPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';
import { titled } from '../support/titled.ts';

const PASSWORD = 'Kz7-plain.word';
const ONLY = ['--only', 'database.connect,database.privileges'];

type Case = {
  readonly name: string;
  /** Statements of the superuser; `wa` is the user. */
  readonly given: readonly string[];
  readonly prefix?: string;
  readonly wanted: 'pass' | 'warn' | 'fail';
  readonly words: RegExp;
  /** Whether the server lets this user create a database, and a table in wa_old. Found out, not believed. */
  readonly works: readonly [boolean, boolean];
};

const CASES: readonly Case[] = [
  {
    name: 'may create databases',
    given: ['CREATE ROLE wa LOGIN CREATEDB'],
    prefix: 'new_',
    wanted: 'pass',
    words: /CREATEDB/,
    works: [true, false],
  },
  {
    name: 'may create databases, but one is there already and is another’s',
    given: ['CREATE ROLE wa LOGIN CREATEDB'],
    wanted: 'fail',
    words: /wa_old/,
    works: [true, false],
  },
  {
    name: 'a superuser',
    given: ['CREATE ROLE wa LOGIN SUPERUSER'],
    wanted: 'warn',
    words: /superuser/i,
    works: [true, true],
  },
  {
    name: 'nothing',
    given: ['CREATE ROLE wa LOGIN'],
    wanted: 'fail',
    words: /CREATEDB|create/i,
    works: [false, false],
  },
  {
    name: 'databases made beforehand, owned by the user',
    given: ['CREATE ROLE wa LOGIN', 'ALTER DATABASE wa_old OWNER TO wa'],
    wanted: 'pass',
    words: /wa_old/,
    works: [false, true],
  },
  {
    name: 'databases made beforehand in which the user may not create anything',
    given: ['CREATE ROLE wa LOGIN', 'GRANT CONNECT ON DATABASE wa_old TO wa'],
    wanted: 'fail',
    words: /wa_old|CREATEDB/,
    works: [false, false],
  },
  {
    name: 'CREATEDB by SET ROLE alone',
    given: ['CREATE ROLE maker CREATEDB', 'CREATE ROLE wa LOGIN', 'GRANT maker TO wa'],
    wanted: 'fail',
    words: /maker/,
    works: [false, false],
  },
];

const attempted = async ({ host, port }: PostgresServer, database: string, statements: readonly string[]) => {
  const client = new Client({ host, port, user: 'wa', password: PASSWORD, database, ssl: false });
  try {
    await client.connect();
    for (const statement of statements) await client.query(statement);
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
};

describe.each(['11', '13'] as const)('PostgreSQL %s: what a role may do, as the server itself holds it', (version) => {
  const reason = noPostgres(version);
  const at: { server: PostgresServer | null } = { server: null };
  beforeAll(async () => {
    if (!reason) at.server = await startPostgres(version);
  });
  afterAll(() => at.server?.stop());

  for (const { name, given, prefix, wanted, words, works } of CASES)
    it.skipIf(reason)(titled(`${name}: ${wanted}`, reason), async () => {
      const { server } = at;
      if (!server) throw new Error('the server is not there');
      await server.sql('CREATE DATABASE wa_old');
      await server.sql('REVOKE CREATE ON SCHEMA public FROM PUBLIC', 'wa_old');
      for (const statement of given) await server.sql(statement);
      await server.sql(`ALTER ROLE wa PASSWORD '${PASSWORD}'`);
      try {
        const login = loginTo('PGSQL', server, 'wa', PASSWORD, { WA_DB_NAME_PREFIX: prefix ?? 'wa_' });
        const run = await runOnDatabase(login, ...ONLY);
        const real = [
          await attempted(server, 'postgres', ['CREATE DATABASE wa_new', 'DROP DATABASE wa_new']),
          await attempted(server, 'wa_old', [
            'CREATE SCHEMA probe',
            'CREATE TABLE probe.one (id int)',
            'DROP SCHEMA probe CASCADE',
          ]),
        ];
        expect(real).toEqual(works);
        expect(run.says('privileges')).toMatch(new RegExp(`^${wanted}: `, 'm'));
        expect(run.of('privileges').outcome).toBe(wanted);
        expect(run.says('privileges')).toMatch(words);
      } finally {
        await server.sql('DROP DATABASE IF EXISTS wa_old');
        await server.sql('DROP ROLE IF EXISTS wa');
        await server.sql('DROP ROLE IF EXISTS maker');
      }
    });
});
