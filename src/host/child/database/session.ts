import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from '../../../error-code.ts';
import type { DatabaseEngine, Login } from '../../login.ts';
import { ConnectError, discreet } from './connect-error.ts';
import type { Engine, Session } from './engine.ts';
import type { DatabaseOrder } from './order.ts';
import { reach } from './reach.ts';
import { prepared } from './secure.ts';
import { SELECT_1 } from './statements.ts';
import { systemKind } from './system-kind.ts';
import { setOut, type Trip, take } from './trip.ts';

/** How long a server may take over the statements before the end, ms. */
const FAREWELL = 300;

const engineOf = async (engine: DatabaseEngine): Promise<Engine> =>
  engine === 'mysql' ? (await import('./mysql/engine.ts')).mysql : (await import('./postgres/engine.ts')).postgresql;

const asConnectError = (error: unknown): ConnectError => {
  if (error instanceof ConnectError) return error;
  const code = codeOf(error);
  return new ConnectError(systemKind(code) ?? 'other', error instanceof Error ? error.message : String(error), code);
};

/** One way to the first answer, with nothing left open where it ends early. */
const attempt = async (engine: Engine, order: DatabaseOrder, trip: Trip): Promise<Session> => {
  const { login } = order;
  trip.at = 'tls';
  const context = login.tls.mode === 'off' || login.socket !== null ? null : prepared(login);
  const socket = await reach(order, trip);
  try {
    const session = await engine.enter({ socket, login, context, trip });
    const settle = (statement: string) =>
      session.query(statement).catch((error: unknown) => {
        if (!session.isOpen()) throw error;
      });
    for (const statement of engine.settle) await take(trip, 'query', () => settle(statement), 'aside');
    const [row] = await take(trip, 'query', () => session.query(SELECT_1));
    if (Object.values(row ?? {})[0] !== '1') throw new ConnectError('protocol', 'the answer to SELECT 1 was not 1');
    const farewell = async () => {
      for (const statement of engine.leave) if (session.isOpen()) await session.query(statement).catch(() => {});
    };
    const close = async () => {
      await Promise.race([farewell(), pause(FAREWELL, null, { ref: false })]);
      await session.close();
    };
    return { ...session, close };
  } catch (error) {
    socket.destroy();
    throw error;
  }
};

/** Whether a login that prefers TLS should be tried without: as the engines' own clients do. */
const mayDoWithout = (login: Login, { kind, code }: ConnectError, trip: Trip): boolean =>
  login.tls.mode === 'prefer' &&
  ((trip.at === 'tls' && (kind === 'tls-failed' || kind === 'closed')) || (trip.tls !== null && code === '28000'));

/**
 * Connects, logs in and makes the session read-only; rejects with a `ConnectError`. The trip learns what there is to tell of
 * the way: of the one that led there, else of the first one that was tried.
 */
export const openSession = async (order: DatabaseOrder, trip: Trip = setOut()): Promise<Session> => {
  const { login } = order;
  const engine = await engineOf(login.engine);
  const databases = login.database === null ? engine.databases(login) : [login.database];
  let first: { readonly error: ConnectError; readonly way: Trip } | null = null;
  const ways = databases.map((database) => ({ database, tls: login.tls }));
  for (let next = ways.shift(); next; next = ways.shift()) {
    const way = setOut(trip);
    try {
      const session = await attempt(engine, { ...order, login: { ...login, ...next } }, way);
      Object.assign(trip, way, { tlsOffered: way.tlsOffered ?? first?.way.tlsOffered ?? null });
      return session;
    } catch (thrown) {
      const error = discreet(asConnectError(thrown), login.password);
      first ??= { error, way };
      if (mayDoWithout({ ...login, ...next }, error, way)) ways.unshift({ ...next, tls: { ...next.tls, mode: 'off' } });
      else if (!engine.isAboutTheDatabase(error)) break;
    }
  }
  if (!first) throw new Error('there was no way to try');
  Object.assign(trip, first.way);
  throw first.error;
};
