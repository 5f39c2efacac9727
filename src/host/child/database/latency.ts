import { distributionOf, latencyOf } from '../../../latency.ts';
import type { DatabaseAnswers } from '../../answers/database.ts';
import type { Progress } from '../../host.ts';
import { sparingly } from '../sampling.ts';
import { ConnectError } from './connect-error.ts';
import { type Echo, openEcho } from './echo.ts';
import type { Session } from './engine.ts';
import { exchange } from './exchange.ts';
import type { DatabaseOrder } from './order.ts';
import { ROUNDS, type RoundTrips, roundTrips, warmUp } from './round-trips.ts';
import { SELECT_1 } from './statements.ts';
import { tcpConnects } from './tcp-connects.ts';
import { withSession } from './with-session.ts';

/** Longest time of the rounds, and of everything since the question was asked, ms: below the deadline of the question. */
const LONGEST = 10_000;
const ENOUGH = 14_500;

type Tell = (progress: Progress) => void;

/** Warm-up and rounds; an error on the way tells how far it came. */
const taken = async (
  session: Session,
  echo: Echo,
  begun: number,
  tell: Tell,
): Promise<RoundTrips & { warm: number }> => {
  let asked = 0;
  const select = () => {
    asked += 1;
    return session.query(SELECT_1);
  };
  const trips = { query: exchange(session, select), ping: exchange(session, session.ping), echo: echo.trip };
  try {
    const warm = await warmUp(trips);
    const until = Math.min(performance.now() + LONGEST, begun + ENOUGH);
    const told = (round: number, done: number) => tell({ done, note: `round ${round + 1} of ${ROUNDS}` });
    return { warm, ...(await roundTrips(trips, until, told)) };
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    throw new ConnectError(error.kind, `${error.message}, after ${asked - 1} round trips`, error.code);
  }
};

/** Round trips of a query on one open connection, with nothing else running in this process. */
export const latency = async (order: DatabaseOrder, tell: Tell): Promise<DatabaseAnswers['latency']> => {
  const begun = performance.now();
  tell({ done: 0, note: 'connecting' });
  const { tcp, address } = await tcpConnects(order);
  const echo = await openEcho();
  try {
    return await withSession({ ...order, address: address ?? order.address }, async (session) => {
      const { warm, rounds, wire, echo: echoes, stoppedEarly } = await taken(session, echo, begun, sparingly(tell));
      const { encrypted } = session;
      const latency = latencyOf(rounds);
      const method = `${SELECT_1} x ${latency.all.samples}, one after the other on one ${encrypted ? 'TLS ' : ''}connection, in ${latency.rounds.length} rounds; ${warm} round trips of warm-up dropped`;
      return {
        ...{ method, encrypted, stoppedEarly, latency },
        wire: distributionOf(wire),
        tcp: [...tcp],
        echo: distributionOf(echoes),
      };
    });
  } finally {
    await echo.close();
  }
};
