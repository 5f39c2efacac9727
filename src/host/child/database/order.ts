import type { Login } from '../../login.ts';

/** What the measuring child is told about a database: on its standard input, never in its arguments or environment. */
export type DatabaseOrder = {
  readonly login: Login;
  /** The address to connect to in place of resolving the login's host; the host stays the name that TLS is verified against. */
  readonly address: string | null;
};
