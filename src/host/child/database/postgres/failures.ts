import { codeOf } from '../../../../error-code.ts';
import type { ConnectFailure } from '../../../answers/database.ts';
import { ConnectError } from '../connect-error.ts';
import { systemKind } from '../system-kind.ts';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const BY_STATE: Record<string, ConnectFailure['kind']> = {
  '08P01': 'protocol',
  '28000': 'denied',
  '28P01': 'denied',
  '3D000': 'no-such-database',
  '42501': 'denied',
  '53300': 'too-many-connections',
  '57P01': 'closed',
  '57P02': 'closed',
  '57P03': 'starting',
};

/** What the library says where the server said nothing of its own. */
const BY_WORDS: readonly (readonly [RegExp, ConnectFailure['kind']])[] = [
  [/^Connection terminated/, 'closed'],
  [/must be a (non-empty )?string|empty password/i, 'denied'],
  [/^SASL: Only mechanism|Unknown authentication/, 'auth-plugin'],
  [/^SASL/, 'protocol'],
];

// "no encryption" since 14, "SSL off" before.
const WANTS_TLS = /pg_hba\.conf.*(no encryption|SSL off)/;

/** Why the library came no further. */
export const failureOf = (error: unknown, encrypted: boolean): ConnectError => {
  if (error instanceof ConnectError) return error;
  const { message = String(error), severity } = error as { message?: string; severity?: string };
  const code = codeOf(error);
  if (severity && code) {
    const tls = !encrypted && WANTS_TLS.test(message);
    return new ConnectError(tls ? 'tls-required' : (BY_STATE[code] ?? 'other'), message, code);
  }
  const byWords = BY_WORDS.find(([pattern]) => pattern.test(message));
  return new ConnectError(systemKind(code) ?? byWords?.[1] ?? 'protocol', message, code);
};

/** Whether another database of the server may be open to this user where this one is not. */
export const isAboutTheDatabase = ({ code, message }: ConnectError): boolean =>
  code === '3D000' || (code === '42501' && /database/.test(message)) || (code === '28000' && /database/.test(message));
