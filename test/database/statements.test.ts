import { afterAll, describe, expect, it } from 'vitest';
import * as sent from '../../src/host/child/database/statements.ts';
import { loginTo, runOnDatabase } from '../support/database-run.ts';
import { type MysqlKind, noMysql, startMysql } from '../support/mysql.ts';
import { noPostgres, type PostgresVersion, startPostgres } from '../support/postgres.ts';
import { titled } from '../support/titled.ts';

const PASSWORD = 'Kz7-plain.word';

const textsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
};
const ALLOWED = textsOf({ ...sent });

// Where a log shows a bound parameter it shows its value.
const PATTERNS = ALLOWED.map(
  (statement) => new RegExp(`^${statement.split('?').map(RegExp.escape).join("(?:\\?|'[^']*')")}$`),
);
const unknownTo = (statements: readonly string[]) =>
  [...new Set(statements)].filter((statement) => !PATTERNS.some((pattern) => pattern.test(statement)));

const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop();
});

it('the list of statements changes nothing but this session', () => {
  const changing = ALLOWED.filter((statement) => !/^(SELECT|SHOW) /.test(statement));
  expect(ALLOWED.length).toBeGreaterThan(10);
  expect(changing.filter((statement) => !/^(SET|RESET) [\w ]*(read_only|READ ONLY|timeout)/.test(statement))).toEqual(
    [],
  );
  expect(ALLOWED.filter((statement) => /;|\binto\b|\bfor update\b/i.test(statement))).toEqual([]);
});

/** What one user's connections did, by a general log: "Query SELECT 1". */
const doneBy = (user: string, log: string): readonly { readonly kind: string; readonly text: string }[] => {
  const lines = log.split('\n').flatMap((line) => {
    const [, id = '', kind = '', text = ''] = /^(?:[^\t]*\t)?(?:\t)? *(\d+) (\w[\w ]*?)\t(.*)$/.exec(line) ?? [];
    return id === '' ? [] : [{ id, kind, text }];
  });
  const own = new Set(
    lines.filter(({ kind, text }) => kind === 'Connect' && text.startsWith(`${user}@`)).map(({ id }) => id),
  );
  return lines.filter(({ id }) => own.has(id));
};

describe.each(['mysql-5.6', 'mysql-9', 'mariadb'] as const)('%s', (kind: MysqlKind) => {
  const reason = noMysql(kind);
  it.skipIf(reason)(titled('is sent listed statements only, in a whole run', reason), async () => {
    const server = await startMysql(kind);
    stops.push(server.stop);
    await server.sql(`CREATE USER 'wa'@'%' IDENTIFIED BY '${PASSWORD}'; GRANT ALL ON *.* TO 'wa'@'%'`);
    await server.sql('CREATE DATABASE wa_old; CREATE TABLE wa_old.messages (id INT)');
    const run = await runOnDatabase(loginTo('MYSQL', server, 'wa', PASSWORD, { WA_DB_NAME_PREFIX: 'wa_' }));
    expect(run.says('connect')).toMatch(/^pass: /);
    const done = doneBy('wa', server.generalLog());
    const kinds = new Set(done.map((one) => one.kind));
    expect(
      [...kinds].filter(
        (one) => !['Connect', 'Query', 'Prepare', 'Execute', 'Close stmt', 'Ping', 'Quit'].includes(one),
      ),
    ).toEqual([]);
    const statements = done.filter((one) => ['Query', 'Prepare', 'Execute'].includes(one.kind)).map(({ text }) => text);
    expect(statements).toContain(sent.MYSQL.readOnly);
    expect(statements).toContain(sent.MYSQL.grants);
    expect(statements.filter((statement) => statement === sent.SELECT_1).length).toBeGreaterThan(200);
    expect(unknownTo(statements)).toEqual([]);
  });
});

describe.each(['10', '13', '18'] as const)('PostgreSQL %s', (version: PostgresVersion) => {
  const reason = noPostgres(version);
  it.skipIf(reason)(titled('is sent listed statements only, in a whole run', reason), async () => {
    const server = await startPostgres(version);
    stops.push(server.stop);
    await server.sql(`CREATE ROLE wa LOGIN CREATEDB PASSWORD '${PASSWORD}'`);
    await server.sql('CREATE DATABASE wa_old OWNER wa');
    const run = await runOnDatabase(loginTo('PGSQL', server, 'wa', PASSWORD, { WA_DB_NAME_PREFIX: 'wa_' }));
    expect(run.says('connect')).toMatch(/^pass: /);
    const own = server
      .log()
      .split('\n')
      .filter((line) => line.startsWith('wa@127.0.0.1 '));
    const statements = own.flatMap(
      (line) => /(?:LOG: {2}(?:statement|execute [^:]*)|STATEMENT): +(.*)$/.exec(line)?.[1] ?? [],
    );
    expect(statements).toContain(sent.POSTGRESQL.readOnly);
    expect(statements).toContain(sent.POSTGRESQL.role);
    expect(statements.filter((statement) => statement === sent.SELECT_1).length).toBeGreaterThan(200);
    expect(unknownTo(statements)).toEqual([]);
    expect(own.filter((line) => / (ERROR|FATAL|PANIC|WARNING): /.test(line))).toEqual([]);
  });
});
