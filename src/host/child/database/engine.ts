import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { Login } from '../../login.ts';
import type { ConnectError } from './connect-error.ts';
import type { Session } from './session.ts';
import type { Trip } from './trip.ts';

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
