import type { DatabaseAnswers } from '../../answers/database.ts';
import type { Login } from '../../login.ts';
import { ConnectError } from './connect-error.ts';
import type { DatabaseOrder } from './order.ts';
import { openSession } from './session.ts';
import { setOut, stepsOf, type Trip } from './trip.ts';
import { answerWithout } from './without-password.ts';

const targetOf = (login: Login, { database }: Trip): string => {
  const server = login.socket ?? `${login.host.includes(':') ? `[${login.host}]` : login.host}:${login.port}`;
  // Where the login names no database and the usual one was not open to it.
  const other = login.engine === 'postgresql' && login.database === null && database && database !== 'postgres';
  return other ? `${server} (database "${database}")` : server;
};

/** One connection, step by step. Never rejects for what a server does. */
export const connect = async (order: DatabaseOrder): Promise<DatabaseAnswers['connect']> => {
  const { login } = order;
  const trip = setOut();
  let failed: DatabaseAnswers['connect']['failed'] = null;
  try {
    const session = await openSession(order, trip);
    await session.close();
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    failed = { step: trip.at, kind: error.kind, message: error.message, code: error.code };
  }
  const answer: DatabaseAnswers['connect'] = {
    target: targetOf(login, trip),
    addresses: [...trip.addresses],
    address: trip.address,
    via: order.address === null ? 'host' : 'client-network',
    steps: stepsOf(trip),
    failed,
    tls: trip.tls,
    tlsOffered: trip.tlsOffered,
    authentication: trip.authentication,
  };
  return answerWithout(answer, login);
};
