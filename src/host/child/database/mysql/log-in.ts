import type { Socket } from 'node:net';
import mysql from 'mysql2';
import type { Login } from '../../../login.ts';
import { ConnectError, discreet } from '../connect-error.ts';
import type { Session } from '../engine.ts';
import { guarded, parted } from '../guard.ts';
import { type Row, rowsOf } from '../rows.ts';
import type { Trip } from '../trip.ts';
import { failureOf } from './failures.ts';
import { CHARSET, flagsFor } from './greeting.ts';

type Way = {
  readonly stream: Socket;
  /** The server's greeting, to be heard once more, by the library. */
  readonly greets: Buffer;
  readonly encrypted: boolean;
  readonly login: Login;
  readonly trip: Trip;
};

/** The plugin that a packet of the login asks to switch to; null where it asks for none. */
const switchTo = (packet: Buffer): string | null => {
  if (packet[4] !== 0xfe) return null;
  const end = packet.indexOf(0, 5);
  return packet.length === 5 ? 'mysql_old_password' : packet.toString('latin1', 5, end < 0 ? packet.length : end);
};

type Raw = mysql.Connection & { sequenceId: number };

/** Logs in over a stream whose greeting was read already. */
export const logIn = async ({ stream, greets, encrypted, login, trip }: Way): Promise<Session> => {
  const connection = mysql.createConnection({
    stream,
    user: login.user,
    password: login.password,
    database: login.database ?? '',
    flags: flagsFor(encrypted),
    charsetNumber: CHARSET,
    connectTimeout: 0,
    // The library asks by this whether what it sends is safe from others.
    ...(encrypted || login.socket !== null ? { socketPath: '/' } : {}),
    connectAttributes: { program_name: 'wa-preflight' },
    // What a server names its columns is never made into code.
    disableEval: true,
    rowsAsArray: true,
    typeCast: false,
  } as mysql.ConnectionOptions) as Raw;
  // What the server said at the end, where nothing was asked: the library says of the next question only that it is too late.
  let parting: unknown = null;
  connection.on('error', (error) => {
    if (!(error instanceof ConnectError)) parting ??= error;
  });
  connection.on('warn', () => {
    // Thrown through the library: it would write a line about every such packet, and read on.
    throw new ConnectError('protocol', 'packets came out of their order');
  });
  const explained = (error: unknown): ConnectError =>
    discreet(failureOf(error, trip.authentication ?? ''), login.password);
  let loggedIn = false;
  const guard = guarded(
    stream,
    (chunk) => {
      if (!loggedIn) trip.authentication = switchTo(chunk) ?? trip.authentication;
    },
    explained,
  );
  connection.sequenceId = greets[3] ?? 0;
  stream.unshift(greets);
  await new Promise<void>((done, refused) => {
    connection.once('connect', () => done());
    connection.once('error', (error) => refused(explained(error)));
    stream.once('close', () => refused(new ConnectError('closed', 'the server ended the connection')));
  });
  loggedIn = true;

  const asked = <T>(ask: (done: (error: unknown, result: T) => void) => void): Promise<T> =>
    new Promise((told, refused) => {
      guard.asked();
      ask((error, result) => {
        guard.answered();
        if (error) refused(explained(parting ?? error));
        else told(result);
      });
    });
  const query = async (statement: string, parameters?: readonly string[]): Promise<readonly Row[]> => {
    const [rows, fields] = await asked<[unknown, mysql.FieldPacket[] | undefined]>((done) => {
      const heard = (error: unknown, all: unknown, columns: mysql.FieldPacket[]) => done(error, [all, columns]);
      // Of the binary protocol, which bound parameters bring along, only the library knows the types.
      if (parameters) connection.execute({ sql: statement, values: [...parameters], typeCast: true }, heard);
      else connection.query(statement, heard);
    });
    return rowsOf(fields?.map(({ name }) => name) ?? [], Array.isArray(rows) ? rows : []);
  };
  return {
    engine: 'mysql',
    query,
    ping: () => asked<void>((done) => connection.ping((error) => done(error, undefined))),
    heardAt: guard.heardAt,
    encrypted,
    address: trip.address ?? '',
    port: login.port,
    isOpen: () => !stream.destroyed,
    close: () => parted(stream, () => connection.end(() => {})),
  };
};
