import type { DatabaseAnswers } from '../../answers/database.ts';
import type { Session } from './engine.ts';
import type { DatabaseOrder } from './order.ts';
import { MOST_ROWS, type Row } from './rows.ts';
import { MYSQL, POSTGRESQL } from './statements.ts';
import { ifTold, withSession } from './with-session.ts';

/** Most databases of a PostgreSQL server that are looked into, each by a connection of its own. */
const MOST_DATABASES = 8;

type Size = DatabaseAnswers['size'];

const sizeOf = (rows: readonly Row[]): Size => ({
  tables: rows.map(({ place, name, estimate }) => ({
    database: place ?? '',
    table: name ?? '',
    // A table that was never analysed has an estimate of -1, or none.
    rows: Math.max(Math.round(Number(estimate ?? 0)) || 0, 0),
  })),
  cut: rows.length === MOST_ROWS,
});

const ofThis = async (session: Session): Promise<Size> => sizeOf(await session.query(POSTGRESQL.size));

/** Other databases of the client that this user may connect to. */
const othersOf = async (session: Session, prefix: string): Promise<readonly string[]> =>
  ((await ifTold(session, POSTGRESQL.databases, [prefix])) ?? []).flatMap(({ name, connect, here }) =>
    name && connect === 't' && here !== 't' ? [name] : [],
  );

const ofPostgres = async (order: DatabaseOrder): Promise<Size> => {
  const { login } = order;
  const { own, others } = await withSession(order, async (session) => ({
    own: await ofThis(session),
    others: await othersOf(session, login.prefix),
  }));
  const rest: Size[] = [];
  for (const database of others.slice(0, MOST_DATABASES - 1)) {
    const there = { ...order, login: { ...login, database } };
    rest.push(await withSession(there, ofThis).catch(() => ({ tables: [], cut: true })));
  }
  const all = [own, ...rest];
  return {
    tables: all.flatMap(({ tables }) => tables).slice(0, MOST_ROWS),
    cut: others.length >= MOST_DATABASES || all.some(({ cut }) => cut),
  };
};

/** Estimated rows of the tables that grow, from the catalogue. */
export const size = (order: DatabaseOrder): Promise<Size> =>
  order.login.engine === 'mysql'
    ? withSession(order, async (session) => sizeOf(await session.query(MYSQL.size)))
    : ofPostgres(order);
