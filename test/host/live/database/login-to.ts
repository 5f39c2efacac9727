import type { Chain } from '../../../../src/host/live/database/access.ts';
import type { Login } from '../../../../src/host/login.ts';

/** A login for a host, as the chain would have found it. */
export const loginTo = (host: string, over: Partial<Login> = {}): Chain => ({
  told: { places: [], found: null, client: null, backupTaken: false },
  known: {},
  noClient: null,
  login: {
    engine: 'mysql',
    host,
    port: 3306,
    socket: null,
    user: 'wa',
    password: '',
    database: null,
    prefix: '',
    idleTimeoutMs: null,
    tls: { mode: 'off', ca: null, certificate: null, key: null },
    ...over,
  },
});
