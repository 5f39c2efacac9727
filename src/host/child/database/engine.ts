import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { DatabaseEngine, Login } from '../../login.ts';
import type { ConnectError } from './connect-error.ts';
import type { Row } from './rows.ts';
import type { Trip } from './trip.ts';

/** One open connection that only reads. Each question has its limit of time and size, and a breach ends the connection. */
export type Session = {
  readonly engine: DatabaseEngine;
  /** At most 100 rows; parameters are bound, never put into the statement. */
  readonly query: (statement: string, parameters?: readonly string[]) => Promise<readonly Row[]>;
  /** The smallest exchange that the protocol knows. */
  readonly ping: () => Promise<void>;
  /** When the last bytes of an answer came, as performance.now() has it: the library's own time is not in it. */
  readonly heardAt: () => number;
  readonly encrypted: boolean;
  /** The address that was connected to, or the socket's path. */
  readonly address: string;
  readonly port: number;
  readonly isOpen: () => boolean;
  readonly close: () => Promise<void>;
};

/** Where a login takes place. */
export type Entry = {
  /** Connected, without a word said on it. */
  readonly socket: Socket;
  readonly login: Login;
  /** What TLS is made with; null where it is not to be. */
  readonly context: SecureContext | null;
  readonly trip: Trip;
};

/** What is different from one engine to the other. */
export type Engine = {
  /** Agrees about TLS and logs in, as steps of the trip. */
  readonly enter: (entry: Entry) => Promise<Session>;
  /** Statements before the first question; a server that does not know one does without. */
  readonly settle: readonly string[];
  /** Statements before the end. */
  readonly leave: readonly string[];
  /** Databases to try in their order where the login names none. */
  readonly databases: (login: Login) => readonly (string | null)[];
  /** Whether another database of the server may be open to this user where the one that was tried is not. */
  readonly isAboutTheDatabase: (error: ConnectError) => boolean;
};
