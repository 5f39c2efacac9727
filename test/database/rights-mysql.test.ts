import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loginTo, runOnDatabase } from '../support/database-run.ts';
import { type MysqlKind, type MysqlServer, noMysql, startMysql } from '../support/mysql.ts';
import { titled } from '../support/titled.ts';

const PASSWORD = 'Kz7-plain.word';
const NEEDED = 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP';
const ONLY = ['--only', 'database.connect,database.privileges'];

type Case = {
  readonly name: string;
  /** Statements of root; `wa` is the user. */
  readonly given: readonly string[];
  readonly prefix?: string;
  readonly wanted: 'pass' | 'warn' | 'fail';
  readonly words: RegExp;
  /** Whether the server lets this user do the client's work with a new database, and with wa_old. Found out, not believed. */
  readonly works: readonly [boolean, boolean];
};

/** Does what the client does, in a database of this name, and tells whether the server let it. */
const worksIn = async ({ host, port }: MysqlServer, name: string, isNew: boolean): Promise<boolean> => {
  const connection = await createConnection({ host, port, user: 'wa', password: PASSWORD });
  try {
    for (const statement of [
      ...(isNew ? [`CREATE DATABASE \`${name}\``] : []),
      `CREATE TABLE \`${name}\`.probe (id INT)`,
      `INSERT INTO \`${name}\`.probe VALUES (1)`,
      `UPDATE \`${name}\`.probe SET id = 2`,
      `ALTER TABLE \`${name}\`.probe ADD COLUMN more INT`,
      `CREATE INDEX probe ON \`${name}\`.probe (id)`,
      `SELECT * FROM \`${name}\`.probe`,
      `DELETE FROM \`${name}\`.probe`,
      `DROP TABLE \`${name}\`.probe`,
      ...(isNew ? [`DROP DATABASE \`${name}\``] : []),
    ])
      await connection.query(statement);
    return true;
  } catch {
    return false;
  } finally {
    await connection.end();
  }
};

const EVERYWHERE: readonly Case[] = [
  {
    name: 'all that is needed, on all databases',
    given: [`GRANT ${NEEDED} ON *.* TO wa`],
    wanted: 'pass',
    words: /all|every/i,
    works: [true, true],
  },
  {
    name: 'everything there is',
    given: ['GRANT ALL PRIVILEGES ON *.* TO wa WITH GRANT OPTION'],
    wanted: 'warn',
    words: /more|far|SUPER|ALL/i,
    works: [true, true],
  },
  { name: 'nothing', given: [], wanted: 'fail', words: /SELECT.*DROP|CREATE/s, works: [false, false] },
  {
    name: 'one right short',
    given: [`GRANT ${NEEDED.replace(', INDEX', '')} ON *.* TO wa`],
    wanted: 'fail',
    words: /INDEX/,
    works: [false, false],
  },
  {
    name: 'a wildcard grant that covers every name with the prefix',
    given: [`GRANT ${NEEDED} ON \`wa\\_%\`.* TO wa`],
    prefix: 'wa_',
    wanted: 'pass',
    words: /wa_/,
    works: [true, true],
  },
  {
    name: 'a wildcard grant for another prefix',
    given: [`GRANT ${NEEDED} ON \`other\\_%\`.* TO wa`],
    prefix: 'wa_',
    wanted: 'fail',
    words: /wa_/,
    works: [false, false],
  },
  {
    name: 'rights on one table alone',
    given: [`GRANT ${NEEDED} ON wa_old.kept TO wa`],
    prefix: 'wa_',
    wanted: 'fail',
    words: /CREATE|SELECT/,
    works: [false, false],
  },
  {
    name: 'a closer grant that gives less and hides the wider one',
    given: [`GRANT ${NEEDED} ON \`wa\\_%\`.* TO wa`, 'GRANT SELECT ON `wa\\_old`.* TO wa'],
    prefix: 'wa_',
    wanted: 'fail',
    words: /wa_old/,
    works: [true, false],
  },
];

const ROLES: readonly Case[] = [
  {
    name: 'a role that is active from the login on',
    given: ['CREATE ROLE app', `GRANT ${NEEDED} ON *.* TO app`, 'GRANT app TO wa', 'DEFAULT'],
    wanted: 'pass',
    words: /all|every/i,
    works: [true, true],
  },
  {
    name: 'a role that is not active until it is asked for',
    given: ['CREATE ROLE app', `GRANT ${NEEDED} ON *.* TO app`, 'GRANT app TO wa'],
    wanted: 'fail',
    words: /app/,
    works: [false, false],
  },
];

const REVOKES: readonly Case[] = [
  {
    name: 'all databases but one of the client’s, by a partial revoke',
    given: [`GRANT ${NEEDED} ON *.* TO wa`, 'REVOKE INSERT ON wa_old.* FROM wa'],
    prefix: 'wa_',
    wanted: 'fail',
    words: /INSERT.*wa_old|wa_old.*INSERT/s,
    works: [true, false],
  },
  {
    name: 'all databases but one that is not the client’s',
    given: [`GRANT ${NEEDED} ON *.* TO wa`, 'REVOKE SELECT ON mysql.* FROM wa'],
    prefix: 'wa_',
    wanted: 'pass',
    words: /./,
    works: [true, true],
  },
  {
    name: 'a wildcard, which the server reads as a plain letter while partial revokes are on',
    given: [`GRANT ${NEEDED} ON \`wa_%\`.* TO wa`],
    prefix: 'wa_',
    wanted: 'fail',
    words: /wa_/,
    works: [false, false],
  },
  {
    name: 'an escaped name, whose backslash the server reads too while partial revokes are on',
    given: [`GRANT ${NEEDED} ON \`wa\\_old\`.* TO wa`],
    prefix: 'wa_',
    wanted: 'fail',
    words: /wa_/,
    works: [false, false],
  },
];

const DEFAULT_ROLE: Readonly<Record<MysqlKind, string>> = {
  'mysql-5.6': '',
  'mysql-9': 'SET DEFAULT ROLE app TO wa',
  mariadb: 'SET DEFAULT ROLE app FOR wa',
};

const SERVERS: readonly { readonly kind: MysqlKind; readonly cases: readonly Case[] }[] = [
  { kind: 'mysql-9', cases: [...EVERYWHERE, ...ROLES] },
  { kind: 'mariadb', cases: [...EVERYWHERE, ...ROLES] },
];

/** Takes away what a try left behind. */
const CLEAN = 'DROP DATABASE IF EXISTS wa_new; DROP TABLE IF EXISTS wa_old.probe';

/** The server's own word on a user against the check's; and whether what the remedy says, done to the letter, mends it. */
const judged = async (server: MysqlServer | null, kind: MysqlKind, { given, prefix, wanted, words, works }: Case) => {
  if (!server) throw new Error('the server is not there');
  await server.sql(`CREATE USER wa IDENTIFIED BY '${PASSWORD}'`);
  for (const statement of given) await server.sql(statement === 'DEFAULT' ? DEFAULT_ROLE[kind] : statement);
  try {
    const login = loginTo('MYSQL', server, 'wa', PASSWORD, { WA_DB_NAME_PREFIX: prefix ?? '' });
    const run = await runOnDatabase(login, ...ONLY);
    const real = [await worksIn(server, 'wa_new', true), await worksIn(server, 'wa_old', false)];
    expect(real).toEqual(works);
    expect(run.says('privileges')).toMatch(new RegExp(`^${wanted}: `, 'm'));
    expect(run.of('privileges').outcome).toBe(wanted);
    expect(run.says('privileges')).toMatch(words);
    expect(run.says('privileges')).not.toContain(PASSWORD);
    if (wanted !== 'fail') return;
    await server.sql(CLEAN);
    const remedy = run.of('privileges').findings.find(({ outcome }) => outcome === 'fail')?.remedy ?? '';
    for (const [grant] of remedy.matchAll(/GRANT .+? TO '[^']*'@'[^']*'/g)) await server.sql(grant);
    expect([await worksIn(server, 'wa_new', true), await worksIn(server, 'wa_old', false)], remedy).toEqual([
      true,
      true,
    ]);
  } finally {
    await server.sql(`DROP USER wa; DROP ROLE IF EXISTS app; ${CLEAN}`);
  }
};

describe.each(SERVERS)('$kind: what a user may do, as the server itself holds it', ({ kind, cases }) => {
  const reason = noMysql(kind);
  const at: { server: MysqlServer | null } = { server: null };
  beforeAll(async () => {
    if (reason) return;
    at.server = await startMysql(kind);
    await at.server.sql('CREATE DATABASE wa_old; CREATE TABLE wa_old.kept (id INT)');
  });
  afterAll(() => at.server?.stop());

  for (const one of cases)
    it.skipIf(reason)(titled(`${one.name}: ${one.wanted}`, reason), async () => {
      await judged(at.server, kind, one);
    });

  for (const one of kind === 'mysql-9' ? REVOKES : [])
    it.skipIf(reason)(titled(`${one.name}: ${one.wanted}`, reason), async () => {
      await at.server?.sql('SET GLOBAL partial_revokes = ON');
      await judged(at.server, kind, one);
    });
});
