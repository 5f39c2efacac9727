import { latencyOf, type Round } from '../../../latency.ts';
import type { DatabaseAnswers } from '../../answers/database.ts';
import type { Progress } from '../../host.ts';
import { sparingly } from '../sampling.ts';
import { ConnectError } from './connect-error.ts';
import type { Session } from './engine.ts';
import { exchange } from './exchange.ts';
import type { DatabaseOrder } from './order.ts';
import { ifTold, withSession } from './with-session.ts';
import { MYSQL_WRITES, POSTGRESQL_WRITES } from './write-statements.ts';

type Answer = DatabaseAnswers['commit-latency'];
type Tell = (progress: Progress) => void;

const ROUNDS = 5;
const ROUND_MS = 600;
const MOST = 60;
const WARM_UP = 5;
/** No commit begins later than this after the first one, ms. */
const LONGEST = 6000;
/** Fewer say little. */
const ENOUGH = 50;

/** What the time of such a commit leaves out, as the system calls of the servers show it. */
const LEFT_OUT = {
  postgresql: 'a temporary table has no write-ahead log to wait for, so this is a lower bound',
  binlog: 'with the wait for the binary log, but a temporary table has no redo log to wait for: a lower bound',
  mysql: 'a temporary table has neither redo log nor binary log to wait for, so this is a lower bound',
} as const;

/** A binary log by statements, which the default of many versions may turn to, holds those on temporary tables too. */
const waitsForBinlog = async (session: Session): Promise<boolean> => {
  const [row] = (await ifTold(session, MYSQL_WRITES.log)) ?? [];
  return row?.['log'] === '1' && row['sync'] === '1' && row['format'] !== 'ROW';
};

const sampled = async (commit: () => Promise<number>, tell: Tell): Promise<readonly Round[]> => {
  const say = sparingly(tell);
  const until = performance.now() + LONGEST;
  const now = () => performance.now();
  const warm = now() + ROUND_MS;
  for (let turn = 0; turn < WARM_UP && now() < warm; turn += 1) await commit();
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS && now() < until) {
    const start = now();
    const [starts, durations]: [number[], number[]] = [[], []];
    while (durations.length < MOST && now() - start < ROUND_MS) {
      starts.push(now() - start);
      durations.push(await commit());
    }
    rounds.push({ starts, durations, length: now() - start });
    say({ done: rounds.length / ROUNDS, note: `round ${rounds.length} of ${ROUNDS}` });
  }
  return rounds;
};

/** Commits in a temporary table, which is dropped whatever happens: by us, or by the end of the session. */
const committed = async (session: Session, tell: Tell): Promise<Answer> => {
  const mysql = session.engine === 'mysql';
  const { allow, create, insert, drop } = mysql ? MYSQL_WRITES : POSTGRESQL_WRITES;
  await session.query(allow);
  if (mysql) await session.query(MYSQL_WRITES.commit);
  const leftOut = LEFT_OUT[mysql ? ((await waitsForBinlog(session)) ? 'binlog' : 'mysql') : 'postgresql'];
  await session.query(create);
  try {
    const latency = latencyOf(
      await sampled(
        exchange(session, () => session.query(insert)),
        tell,
      ),
    );
    const { samples } = latency.all;
    const method = `INSERT of one row, committed by itself, x ${samples} in ${latency.rounds.length} rounds; ${leftOut}`;
    return { method, stoppedEarly: samples < ENOUGH, latency };
  } finally {
    if (session.isOpen()) await ifTold(session, drop);
  }
};

/** The databases in which a temporary table may be tried; of PostgreSQL, the one that is connected to. */
const placesOf = async (order: DatabaseOrder): Promise<readonly (string | null)[]> => {
  const { engine, database, prefix } = order.login;
  if (engine === 'postgresql' || database !== null) return [database];
  const rows = await withSession(order, (session) => session.query(MYSQL_WRITES.places, [prefix, prefix]));
  return rows.flatMap(({ name }) => name ?? []);
};

/** What may be allowed in another database where it is refused in one. */
const REFUSALS: readonly ConnectError['kind'][] = ['denied', 'no-such-database', 'other'];

/** Commits of one row each, in a temporary table. Writes: for the measuring child alone, and only where it was asked for. */
export const commitLatency = async (order: DatabaseOrder, tell: Tell): Promise<Answer> => {
  tell({ done: 0, note: 'connecting' });
  let why: unknown = new Error('this user sees no database in which a temporary table could be made');
  for (const database of await placesOf(order)) {
    try {
      return await withSession({ ...order, login: { ...order.login, database } }, (session) =>
        committed(session, tell),
      );
    } catch (error) {
      why = error;
      if (!(error instanceof ConnectError) || !REFUSALS.includes(error.kind)) break;
    }
  }
  throw why;
};
