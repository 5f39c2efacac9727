import { ConnectError } from '../connect-error.ts';
import type { Engine, Entry } from '../engine.ts';
import { firstWords, isMysqlGreeting, notThisEngine } from '../first-words.ts';
import { secured } from '../secure.ts';
import { MYSQL } from '../statements.ts';
import { take } from '../trip.ts';
import { failureInPacket } from './failures.ts';
import { isWhole, readGreeting, tlsRequest, toned } from './greeting.ts';
import { logIn } from './log-in.ts';
import { unlessAnother } from './unless-another.ts';

const greeted = async ({ socket, trip }: Entry) => {
  const enough = (said: Buffer): boolean => (said.length >= 7 && !isMysqlGreeting(said)) || isWhole(said);
  const listen = (limit: number) => unlessAnother(firstWords(socket, enough), socket, limit);
  const said = await take(trip, 'login', listen, 'part');
  if (!isMysqlGreeting(said)) throw notThisEngine('MySQL', said);
  if (said[4] === 0xff) throw failureInPacket(said.subarray(4));
  const greeting = readGreeting(said);
  if (!greeting) throw new ConnectError('protocol', 'the greeting of the server is not one of protocol 10');
  // What is said before the encryption began may be words of somebody in between.
  if (said.length > 4 + said.readUIntLE(0, 3))
    throw new ConnectError('protocol', 'the server said more than a greeting before it was answered');
  return { said, greeting };
};

/** Plugins whose first word the library says at once where the server proposes them. */
const DIRECT = ['mysql_native_password', 'caching_sha2_password'];

const enter: Engine['enter'] = async (entry) => {
  const { socket, login, context, trip } = entry;
  const { said, greeting } = await greeted(entry);
  if (login.socket === null) trip.tlsOffered = greeting.offersTls;
  // Until the server asks for another one.
  trip.authentication = DIRECT.find((plugin) => plugin === greeting.plugin) ?? 'mysql_native_password';
  if (context && !greeting.offersTls && login.tls.mode !== 'prefer') {
    trip.at = 'tls';
    throw new ConnectError('tls-not-offered', 'the server offers no TLS');
  }
  if (!context || !greeting.offersTls) {
    const greets = toned(said, greeting, 0);
    return take(trip, 'login', () => logIn({ stream: socket, greets, encrypted: false, login, trip }));
  }
  const stream = await take(trip, 'tls', () => {
    socket.write(tlsRequest());
    return secured(socket, login, context, trip);
  });
  const greets = toned(said, greeting, 1);
  return take(trip, 'login', () => logIn({ stream, greets, encrypted: true, login, trip }));
};

export const mysql: Engine = {
  enter,
  settle: [MYSQL.readOnly],
  leave: [],
  databases: () => [null],
  isAboutTheDatabase: () => false,
};
