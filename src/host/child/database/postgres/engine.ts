import type { Socket } from 'node:net';
import { ConnectError } from '../connect-error.ts';
import type { Engine, Entry } from '../engine.ts';
import { firstWords, isMysqlGreeting, notThisEngine, TLS_QUESTION } from '../first-words.ts';
import { secured } from '../secure.ts';
import { POSTGRESQL } from '../statements.ts';
import { take } from '../trip.ts';
import { isAboutTheDatabase } from './failures.ts';
import { logIn } from './log-in.ts';

const asksForTls = (socket: Socket): Promise<Buffer> => {
  socket.write(TLS_QUESTION);
  return firstWords(socket, (words) => words.length > 0);
};

/** The stream to log in on: encrypted where that is offered and wanted. */
const agreed = async ({ socket, login, context, trip }: Entry): Promise<Socket> => {
  if (!context) return socket;
  const said = await take(trip, 'tls', () => asksForTls(socket), 'part');
  const answer = said.toString('latin1');
  // More than one letter may be words of somebody in between, said before the encryption began.
  if (answer !== 'S' && answer !== 'N') {
    if (isMysqlGreeting(said) || !/^[ESN]/.test(answer)) throw notThisEngine('PostgreSQL', said);
    throw new ConnectError('protocol', 'the server answered the question for TLS with neither yes nor no');
  }
  trip.tlsOffered = answer === 'S';
  if (answer === 'S') return take(trip, 'tls', () => secured(socket, login, context, trip));
  if (login.tls.mode !== 'prefer') throw new ConnectError('tls-not-offered', 'the server offers no TLS');
  return socket;
};

const enter: Engine['enter'] = async (entry) => {
  const { login, trip } = entry;
  const stream = await agreed(entry);
  return take(trip, 'login', () => logIn({ stream, encrypted: trip.tls !== null, login, trip }));
};

export const postgresql: Engine = {
  enter,
  settle: [POSTGRESQL.readOnly, POSTGRESQL.timeout],
  leave: POSTGRESQL.asBefore,
  databases: ({ user }) => [...new Set(['postgres', user, 'template1'])],
  isAboutTheDatabase,
};
