import type { ConnectFailure } from '../../answers/database.ts';
import { withoutPassword } from './without-password.ts';

/** Why a connection came no further: a kind, the other side's or the system's own words, its code. */
export class ConnectError extends Error {
  readonly kind: ConnectFailure['kind'];
  readonly code: string | null;

  constructor(kind: ConnectFailure['kind'], message: string, code: string | null = null) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}

/** The same without the password in what was said. */
export const discreet = ({ kind, message, code }: ConnectError, password: string): ConnectError =>
  new ConnectError(kind, withoutPassword(message, password), code && withoutPassword(code, password));
