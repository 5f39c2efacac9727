import { createConnection } from 'mysql2/promise';
import { afterAll, describe, expect, it } from 'vitest';
import { mysqlRights } from '../../src/facts/database/rights.ts';
import { rights } from '../../src/host/child/database/rights.ts';
import { type MysqlKind, type MysqlServer, noMysql, startMysql } from '../support/mysql.ts';
import { titled } from '../support/titled.ts';

const NEEDED = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'ALTER', 'INDEX', 'DROP'];
const PREFIX = 'wa_';
/** What grants are made for: everything, and patterns that fit the client's databases, some of them, or none. */
const PLACES = [
  '*',
  '*',
  '%',
  'wa%',
  'wa\\_%',
  'wa_%',
  'wa_old',
  'wa\\_old',
  'other',
  'w%',
  '%old',
  'wa\\_o%',
  'w_\\_%',
];
const ROUNDS = 40;
/** Of two grants for patterns whose first wildcards stand at the same place, the server takes one, nobody can tell which. */
const TIES = 2;

/** The same numbers in every run: below `least`, by a linear congruential generator. */
const numbers = (seed: number) => {
  let state = seed;
  return (least: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * least);
  };
};

const grantsBy = (number: (least: number) => number): readonly string[] =>
  Array.from({ length: 1 + number(3) }, () => {
    const some = NEEDED.filter(() => number(4) > 0);
    const privileges = number(3) > 0 ? NEEDED : number(3) > 0 && some.length > 0 ? some : ['ALL'];
    const place = PLACES[number(PLACES.length)] ?? '*';
    return `GRANT ${privileges.join(', ')} ON ${place === '*' ? '*' : `\`${place}\``}.* TO 'wa'@'%'`;
  });

/** Does what the client does with a database, and tells whether the server let it. */
const works = async (server: MysqlServer, name: string, isNew: boolean): Promise<boolean> => {
  const { host, port } = server;
  const connection = await createConnection({ host, port, user: 'wa', password: 'x' });
  const table = `${name}.probe`;
  try {
    if (isNew) await connection.query(`CREATE DATABASE ${name}`);
    for (const statement of [
      `CREATE TABLE ${table} (id INT)`,
      `INSERT INTO ${table} VALUES (1)`,
      `UPDATE ${table} SET id = 2`,
      `ALTER TABLE ${table} ADD more INT`,
      `CREATE INDEX probe ON ${table} (id)`,
      `SELECT * FROM ${table}`,
      `DELETE FROM ${table}`,
      `DROP TABLE ${table}`,
    ])
      await connection.query(statement);
    return true;
  } catch {
    return false;
  } finally {
    await connection.end();
    await server.sql(isNew ? `DROP DATABASE IF EXISTS ${name}` : `DROP TABLE IF EXISTS ${table}`);
  }
};

const orderFor = ({ host, port }: MysqlServer) => ({
  login: {
    ...{ engine: 'mysql' as const, host, port, socket: null, user: 'wa', password: 'x', database: null },
    ...{ prefix: PREFIX, idleTimeoutMs: null, tls: { mode: 'off' as const, ca: null, certificate: null, key: null } },
  },
  address: null,
});

const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop();
});

describe.each(['mysql-5.6', 'mysql-9'] as const)('%s', (kind: MysqlKind) => {
  const reason = noMysql(kind);
  it.skipIf(reason)(
    titled('what is read from grants is what the server lets this user do', reason),
    async () => {
      const server = await startMysql(kind);
      stops.push(server.stop);
      await server.sql('CREATE DATABASE wa_old');
      const number = numbers(7);
      let strict = 0;
      const came = { allowed: 0, refused: 0 };
      for (let round = 0; round < ROUNDS; round += 1) {
        const grants = grantsBy(number);
        await server.sql(["CREATE USER 'wa'@'%' IDENTIFIED BY 'x'", ...grants].join('; '));
        const answer = await rights(orderFor(server));
        if (answer.engine !== 'mysql') throw new Error('these are rights of another engine');
        const { reach, databases, missing } = mysqlRights(answer, PREFIX, NEEDED);
        const one = reach !== 'none' && databases.includes('wa_old');
        const told = {
          fresh: reach === 'every-name',
          old: one && !missing.some(({ where }) => where === 'database wa_old'),
        };
        const real = { fresh: await works(server, 'wa_new', true), old: await works(server, 'wa_old', false) };
        const wrong = (['fresh', 'old'] as const).filter((one) => told[one] && !real[one]);
        expect({ grants, wrong }).toEqual({ grants, wrong: [] });
        strict += (['fresh', 'old'] as const).filter((one) => !told[one] && real[one]).length;
        for (const may of Object.values(real)) came[may ? 'allowed' : 'refused'] += 1;
        await server.sql("DROP USER 'wa'@'%'");
      }
      expect(strict).toBeLessThanOrEqual(TIES);
      // Both come often, else nothing was compared.
      expect(Math.min(came.allowed, came.refused)).toBeGreaterThan(ROUNDS / 4);
    },
    120_000,
  );
});
