import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import pg from 'pg';
import type { Login } from '../../../login.ts';
import { ConnectError, discreet } from '../connect-error.ts';
import type { Session } from '../engine.ts';
import { isMysqlGreeting, looksLike, notThisEngine } from '../first-words.ts';
import { guarded, parted } from '../guard.ts';
import { rowsOf } from '../rows.ts';
import type { Trip } from '../trip.ts';
import { failureOf } from './failures.ts';

type Way = {
  /** Connected, and in TLS where that was agreed on. */
  readonly stream: Socket;
  readonly encrypted: boolean;
  readonly login: Login;
  readonly trip: Trip;
};

const CLEARTEXT = 'the server asked for the password in clear text over an unencrypted connection, and was not sent it';

/** Values stay the text that was sent. */
const AS_SENT = { getTypeParser: () => (value: unknown) => value };

/** A question of nothing: answered with "ready". */
const bareSync = (told: () => void, refused: (error: unknown) => void) => ({
  submit: (connection: pg.Connection) => connection.sync(),
  handleReadyForQuery: told,
  handleError: refused,
});

/** Logs in over a stream on which nothing but the agreement about TLS was said. */
export const logIn = async ({ stream, encrypted, login, trip }: Way): Promise<Session> => {
  // It is connected: the library is only to believe it.
  stream.connect = () => {
    process.nextTick(() => stream.emit('connect'));
    return stream;
  };
  let cleartext = false;
  const client = new pg.Client({
    stream: () => stream,
    ssl: false,
    host: login.host,
    port: login.port,
    user: login.user,
    database: login.database ?? login.user,
    application_name: 'wa-preflight',
    types: AS_SENT as unknown as pg.CustomTypesConfig,
    // As a function: the library looks nowhere else for one. It is called when the server has said how it wants it.
    password: () => {
      if (cleartext && !encrypted) throw new ConnectError('cleartext-refused', CLEARTEXT);
      return login.password;
    },
  });
  // What the server said at the end, where nothing was asked: the library says of the next question only that it is too late.
  let parting: unknown = null;
  client.on('error', (error) => {
    if (!(error instanceof ConnectError)) parting ??= error;
  });
  const { connection } = client as unknown as { connection: EventEmitter };
  connection.on('authenticationCleartextPassword', () => {
    cleartext = true;
    trip.authentication = 'password';
  });
  connection.on('authenticationMD5Password', () => {
    trip.authentication = 'md5';
  });
  connection.on('authenticationSASL', ({ mechanisms }: { mechanisms: readonly string[] }) => {
    // Of those it offers, the one that is used.
    trip.authentication = (mechanisms.find((name) => name === 'SCRAM-SHA-256') ?? mechanisms.join(', ')).toLowerCase();
  });
  const explained = (error: unknown): ConnectError => discreet(failureOf(error, encrypted), login.password);
  const connected = client.connect();
  let first = true;
  const guard = guarded(
    stream,
    (chunk) => {
      if (!first) return;
      first = false;
      // A server that speaks this protocol begins with a message of one of these kinds.
      if (isMysqlGreeting(chunk) || looksLike(chunk) || !/^[RENSv]/.test(chunk.toString('latin1', 0, 1)))
        throw notThisEngine('PostgreSQL', chunk);
    },
    explained,
  );
  await connected.catch((error) => {
    throw explained(error);
  });
  trip.authentication ??= 'trust';
  trip.database = login.database;

  const asked = async <T>(ask: () => Promise<T>): Promise<T> => {
    guard.asked();
    try {
      return await ask();
    } catch (error) {
      throw explained(parting ?? error);
    } finally {
      guard.answered();
    }
  };
  return {
    engine: 'postgresql',
    query: async (statement, parameters) => {
      const question = {
        text: statement,
        rowMode: 'array' as const,
        ...(parameters ? { values: [...parameters] } : {}),
      };
      const { fields, rows } = await asked(() => client.query<(string | null)[]>(question));
      return rowsOf(
        fields.map(({ name }) => name),
        rows,
      );
    },
    ping: () => asked(() => new Promise<void>((told, refused) => void client.query(bareSync(told, refused)))),
    heardAt: guard.heardAt,
    encrypted,
    address: trip.address ?? '',
    port: login.port,
    isOpen: () => !stream.destroyed,
    close: () => parted(stream, () => void client.end().catch(() => {})),
  };
};
