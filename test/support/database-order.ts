import type { DatabaseOrder } from '../../src/host/child/database/order.ts';
import type { Login } from '../../src/host/login.ts';

/** The password of the tests' users: nothing else looks like it. */
export const PASSWORD = 'S3cr3t!x';

/** What a measuring child is told: a login to a server on the loopback device, TLS as it is by default. */
export const orderOf = (
  { tls, ...login }: Partial<Omit<Login, 'tls'>> & { readonly tls?: Partial<Login['tls']> },
  address: string | null = null,
): DatabaseOrder => ({
  address,
  login: {
    engine: 'postgresql',
    host: '127.0.0.1',
    port: 0,
    socket: null,
    user: 'wa',
    password: PASSWORD,
    database: null,
    prefix: '',
    idleTimeoutMs: null,
    ...login,
    tls: { mode: 'prefer', ca: null, certificate: null, key: null, ...tls },
  },
});
