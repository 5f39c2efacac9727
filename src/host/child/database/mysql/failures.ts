import { codeOf } from '../../../../error-code.ts';
import type { ConnectFailure } from '../../../answers/database.ts';
import { ConnectError } from '../connect-error.ts';
import { systemKind } from '../system-kind.ts';

/** https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html and MariaDB's list. */
const BY_NUMBER: Record<number, ConnectFailure['kind']> = {
  1040: 'too-many-connections',
  1044: 'denied',
  1045: 'denied',
  1049: 'no-such-database',
  1053: 'starting',
  1129: 'blocked',
  1130: 'denied',
  1142: 'denied',
  1143: 'denied',
  1203: 'too-many-connections',
  1226: 'too-many-connections',
  1227: 'denied',
  1251: 'auth-plugin',
  1275: 'auth-plugin',
  1524: 'auth-plugin',
  1698: 'denied',
  1862: 'denied',
  2059: 'auth-plugin',
  3118: 'denied',
  3159: 'tls-required',
  3955: 'denied',
  4031: 'closed',
  4151: 'denied',
};

const CLEARTEXT = 'the server asked for the password in clear text, and was not sent it';

/** What the library says in words that are made for its own users. */
const known = (message: string, code: string | null, plugin: string): ConnectError | null => {
  if (code === 'MYSQL_CLEAR_PASSWORD_NOT_ENABLED') return new ConnectError('cleartext-refused', CLEARTEXT, code);
  if (code === 'PROTOCOL_CONNECTION_LOST') return new ConnectError('closed', 'the server ended the connection', code);
  if (/unknown plugin/.test(message))
    return new ConnectError(
      'auth-plugin',
      `the server asks for authentication by "${plugin}", which is not known here`,
    );
  const file = /^As a result of LOCAL INFILE command server wants to read (.*) file, but/s.exec(message)?.[1];
  return file === undefined
    ? null
    : new ConnectError('protocol', `the server asked for the file ${file} of this machine, and was sent nothing of it`);
};

/** Names of what a server says in place of a greeting. */
const NAMES: Record<number, string> = {
  1040: 'ER_CON_COUNT_ERROR',
  1053: 'ER_SERVER_SHUTDOWN',
  1129: 'ER_HOST_IS_BLOCKED',
  1130: 'ER_HOST_NOT_PRIVILEGED',
};

/** An error packet that came before the library was there. */
export const failureInPacket = (payload: Buffer): ConnectError => {
  const number = payload.readUInt16LE(1);
  const text = payload.toString('utf8', 3).replace(/^#\w{5}/, '');
  return new ConnectError(BY_NUMBER[number] ?? 'other', text || `error ${number}`, NAMES[number] ?? String(number));
};

/** Why the library came no further; `plugin` is the authentication that was asked for last. */
export const failureOf = (error: unknown, plugin: string): ConnectError => {
  if (error instanceof ConnectError) return error;
  const { message = String(error), errno } = error as { message?: string; errno?: number };
  const code = codeOf(error);
  const kind = (errno && BY_NUMBER[errno]) || systemKind(code);
  return known(message, code, plugin) ?? new ConnectError(kind ?? (errno ? 'other' : 'protocol'), message, code);
};
