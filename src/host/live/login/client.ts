import type { Login } from '../../login.ts';
import { draftOfValues, hasLogin, type Values } from './values.ts';

const TEXTS = ['WA_DB_SSL_CA', 'WA_DB_SSL_CERT', 'WA_DB_SSL_KEY', 'WA_DB_SSL_VERIFY'];

/** The same name for any resolver: without regard to case, and to the dot at the end. */
const plainHost = (host: string | null): string => (host ?? '').toLowerCase().replace(/\.$/, '');

/**
 * Names of the variables that say something else in a client's environment than the login in use does. What only the vendor's
 * variables can say is compared where the login came from such (`values`).
 */
export const differing = (login: Login, values: Values | null, environment: Values): readonly string[] => {
  if (!hasLogin(environment)) return [];
  const there = draftOfValues(environment);
  const host = login.socket === null && plainHost(there.host) === plainHost(login.host);
  const same: readonly (readonly [string, boolean])[] = [
    ['WA_DB_ENGINE', there.engine === login.engine],
    ['WA_DB_HOSTNAME', host],
    ['WA_DB_PORT', there.port === login.port],
    ['WA_DB_USERNAME', there.user === login.user],
    ['WA_DB_PASSWORD', there.password === login.password],
    ['WA_DB_NAME_PREFIX', (values === null && login.prefix === '') || there.prefix === login.prefix],
    ['WA_DB_CONNECTION_IDLE_TIMEOUT', values === null || there.idleTimeoutMs === login.idleTimeoutMs],
    ...TEXTS.map((name) => [name, values === null || (values[name] ?? '') === (environment[name] ?? '')] as const),
  ];
  return same.flatMap(([name, equal]) => (equal ? [] : [name]));
};
