import { afterAll, describe, expect, it } from 'vitest';
import { ConnectError } from '../../../../src/host/child/database/connect-error.ts';
import { openSession } from '../../../../src/host/child/database/session.ts';
import { SELECT_1 } from '../../../../src/host/child/database/statements.ts';
import { setOut } from '../../../../src/host/child/database/trip.ts';
import type { Login } from '../../../../src/host/login.ts';
import { orderOf, PASSWORD } from '../../../support/database-order.ts';
import { noMysql, startMysql } from '../../../support/mysql.ts';
import { noPostgres, startPostgres } from '../../../support/postgres.ts';
import { type Peer, startRogue } from '../../../support/rogue.ts';
import * as rogueMysql from '../../../support/rogue-mysql.ts';
import * as roguePostgres from '../../../support/rogue-postgres.ts';
import { titled } from '../../../support/titled.ts';

type Real = {
  readonly login: Partial<Login>;
  readonly path: string;
  readonly sql: (text: string) => Promise<unknown>;
  /** How many connections the user has. */
  readonly connected: string;
  readonly stop: () => Promise<void>;
};
type Kind = {
  readonly reason: string | null;
  readonly start: () => Promise<Real>;
  readonly write: string;
  readonly many: string;
  readonly large: string;
  readonly bound: string;
  readonly slow: string;
  /** The numbers of the user's connections, and what ends the one of that number. */
  readonly ids: string;
  readonly kill: string;
};

const mysql = async (kind: 'mariadb' | 'mysql-9'): Promise<Real> => {
  const server = await startMysql(kind);
  await server.sql(
    `CREATE USER 'wa'@'%' IDENTIFIED BY '${PASSWORD}'; CREATE USER 'wa'@'localhost' IDENTIFIED BY '${PASSWORD}'`,
  );
  await server.sql("CREATE DATABASE d; GRANT ALL ON d.* TO 'wa'@'%'; GRANT ALL ON d.* TO 'wa'@'localhost'");
  await server.sql('CREATE TABLE d.t (n INT, w TEXT) ENGINE=InnoDB');
  await server.sql(`INSERT INTO d.t VALUES (1, NULL)${', (2, NULL)'.repeat(299)}`);
  const connected = "SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST WHERE USER = 'wa'";
  return {
    login: { engine: 'mysql', port: server.port },
    path: server.socket,
    sql: server.sql,
    connected,
    stop: server.stop,
  };
};
const postgres = async (version: '13'): Promise<Real> => {
  const server = await startPostgres(version);
  await server.sql(`CREATE ROLE wa LOGIN PASSWORD '${PASSWORD}'`);
  await server.sql('CREATE TABLE t (n INT); INSERT INTO t SELECT generate_series(1, 300); GRANT ALL ON t TO wa');
  return {
    login: { engine: 'postgresql', port: server.port },
    path: `${server.folder}/.s.PGSQL.${server.port}`,
    sql: server.sql,
    connected: "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE usename = 'wa'",
    stop: server.stop,
  };
};

const OF_MYSQL = {
  write: 'INSERT INTO d.t VALUES (9, NULL)',
  many: 'SELECT n FROM d.t',
  large: "SELECT REPEAT('x', 2000) AS x FROM d.t a, d.t b LIMIT 1000",
  bound: 'SELECT ? AS x',
  slow: 'SELECT SLEEP(30)',
  ids: "SELECT ID AS id FROM information_schema.PROCESSLIST WHERE USER = 'wa' ORDER BY ID DESC",
  kill: 'KILL ID',
};
const OF_POSTGRES = {
  write: 'INSERT INTO t VALUES (9)',
  many: 'SELECT n FROM t',
  large: "SELECT repeat('x', 2000) AS x FROM t a, t b LIMIT 1000",
  bound: 'SELECT $1::text AS x',
  slow: 'SELECT pg_sleep(30)',
  ids: "SELECT pid AS id FROM pg_stat_activity WHERE usename = 'wa' ORDER BY backend_start DESC",
  kill: 'SELECT pg_terminate_backend(ID)',
};

const KINDS: Readonly<Record<string, Kind>> = {
  MariaDB: { reason: noMysql('mariadb'), start: () => mysql('mariadb'), ...OF_MYSQL },
  'MySQL 9': { reason: noMysql('mysql-9'), start: () => mysql('mysql-9'), ...OF_MYSQL },
  'PostgreSQL 13': { reason: noPostgres('13'), start: () => postgres('13'), ...OF_POSTGRES },
};

const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop();
});

const failure = async (promise: Promise<unknown>): Promise<ConnectError> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConnectError)) throw new Error(`no ConnectError: ${error}`);
  return error;
};

describe.each(Object.entries(KINDS))(
  'a session with %s',
  (_name, { reason, start, write, many, large, bound, slow, ids, kill }) => {
    let server: Promise<Real> | null = null;
    const running = async (): Promise<Real> => {
      server ??= start();
      const real = await server;
      if (!stops.includes(real.stop)) stops.push(real.stop);
      return real;
    };
    const opened = async () => openSession(orderOf((await running()).login));
    const whileOpen = async <T>(ask: (session: Awaited<ReturnType<typeof opened>>) => Promise<T>): Promise<T> => {
      const session = await opened();
      try {
        return await ask(session);
      } finally {
        await session.close();
      }
    };

    it.skipIf(reason)(titled('may not write, whatever the user may', reason), () =>
      whileOpen(async (session) => {
        expect((await failure(session.query(write))).message).toMatch(/read.only/i);
        expect(await session.query(SELECT_1)).toHaveLength(1);
      }),
    );

    it.skipIf(reason)(titled('keeps a hundred rows of a reply', reason), () =>
      whileOpen(async (session) => {
        expect(await session.query(many)).toHaveLength(100);
        await session.ping();
        await session.ping();
      }),
    );

    it.skipIf(reason)(titled('binds parameters, and takes what is in them for text', reason), () =>
      whileOpen(async (session) => {
        const nasty = `'; DROP TABLE t; -- \\ "\`%_`;
        expect(await session.query(bound, [nasty])).toEqual([{ x: nasty }]);
      }),
    );

    it.skipIf(reason)(titled('ends at a reply of more than 1 MiB', reason), async () => {
      const session = await opened();
      expect((await failure(session.query(large))).kind).toBe('too-much');
      expect(session.isOpen()).toBe(false);
      await session.close();
    });

    it.skipIf(reason)(titled('waits for no query longer than 4 s', reason), async () => {
      const session = await opened();
      const since = performance.now();
      await failure(session.query(slow));
      expect(performance.now() - since).toBeLessThan(4500);
      await session.close();
    });

    it.skipIf(reason)(titled('tells a question that the server ended the connection before it', reason), async () => {
      const { sql } = await running();
      const session = await opened();
      const [mine] = (await sql(ids)) as readonly { id: unknown }[];
      await sql(`${kill.replace('ID', String(mine?.id))}`);
      await new Promise((done) => setTimeout(done, 300));
      for (const ask of [() => session.query(SELECT_1), session.ping]) {
        const { kind, message } = await failure(ask());
        expect(kind).toBe('closed');
        expect(message).toMatch(/server ended the connection|administrator command/);
      }
      await session.close();
    });

    it.skipIf(reason)(
      titled('goes through a Unix socket, and leaves nothing open', reason),
      async () => {
        const { login, path, sql, connected } = await running();
        const trip = setOut();
        const session = await openSession(orderOf({ ...login, socket: path, host: 'nowhere.invalid' }), trip);
        expect([session.address, session.encrypted, trip.tlsOffered]).toEqual([path, false, null]);
        await session.close();
        // A server that sleeps or sends learns of its client's end late.
        const left = async () => Number(((await sql(connected)) as readonly { n: unknown }[])[0]?.n);
        for (let turn = 0; turn < 400 && (await left()) > 0; turn += 1)
          await new Promise((done) => setTimeout(done, 100));
        expect(await left()).toBe(0);
      },
      60_000,
    );
  },
);

type Then = (answer: (peer: Peer) => unknown) => (peer: Peer) => Promise<void>;
const ROGUES: readonly (readonly [Login['engine'], Then, (peer: Peer) => unknown])[] = [
  ['mysql', rogueMysql.mysqlThen, rogueMysql.endlessRows],
  ['postgresql', roguePostgres.postgresThen, roguePostgres.endlessRows],
];

describe.each(ROGUES)('a session with a rogue %s server', (engine, then, endless) => {
  it('lets go of the connection at once when the reply is too large', async () => {
    const rogue = await startRogue(then(endless));
    const session = await openSession(orderOf({ engine, port: rogue.port }));
    expect((await failure(session.query('SELECT 2'))).kind).toBe('too-much');
    const since = performance.now();
    await rogue.left();
    expect(performance.now() - since).toBeLessThan(100);
    await rogue.stop();
  });

  it('lets go of the connection at once at the deadline', async () => {
    const rogue = await startRogue(then(() => {}));
    const session = await openSession(orderOf({ engine, port: rogue.port }));
    expect((await failure(session.query('SELECT 2'))).kind).toBe('no-answer');
    const since = performance.now();
    await rogue.left();
    expect(performance.now() - since).toBeLessThan(100);
    expect((await failure(session.ping())).kind).not.toBe('no-answer');
    await rogue.stop();
  });

  it('ends within a moment, also in the middle of a question', async () => {
    const rogue = await startRogue(then(() => {}));
    const session = await openSession(orderOf({ engine, port: rogue.port }));
    const asked = failure(session.query('SELECT 2'));
    const since = performance.now();
    await session.close();
    expect(performance.now() - since).toBeLessThan(1000);
    expect((await asked).kind).toBe('closed');
    await rogue.left();
    await rogue.stop();
  });
});
