import type { DatabaseEngine, TlsMode } from './login.ts';

/** What `--db-url` says of a login; null for what it leaves to other places. */
export type UrlParts = {
  readonly engine: DatabaseEngine;
  readonly host: string | null;
  readonly port: number | null;
  readonly user: string | null;
  readonly database: string | null;
  readonly tls: TlsMode | null;
};

const SCHEMES: Readonly<Record<string, DatabaseEngine>> = {
  'mysql:': 'mysql',
  'mariadb:': 'mysql',
  'postgres:': 'postgresql',
  'postgresql:': 'postgresql',
};

/** libpq's words for TLS. https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION */
export const SSL_MODES: Readonly<Record<string, TlsMode>> = {
  disable: 'off',
  allow: 'prefer',
  prefer: 'prefer',
  require: 'require',
  'verify-ca': 'verify',
  'verify-full': 'verify',
};

/** Where a password may stand, for those who put it elsewhere. */
export const PASSWORD_PLACES =
  'put it into WA_DB_PASSWORD, a --db-env-file, ~/.pgpass or ~/.my.cnf, or type it when asked';

const NONSENSE =
  '--db-url: it cannot be read; a URL such as mysql://wa@db-1:3306 or postgres://wa@db-1:5432 was needed';

/** In place of the host that a URL leaves out after its user: without one it would be none by the rules of URLs. */
const HOSTLESS = 'no-host.invalid';

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

const tlsIn = (url: URL): { readonly tls: TlsMode | null } | { readonly wrong: string } => {
  const [[name, value] = [], ...more] = url.searchParams;
  if (name === undefined) return { tls: null };
  const tls = SSL_MODES[value ?? ''];
  if (name !== 'sslmode' || more.length > 0) return { wrong: '--db-url: of its parameters only sslmode is understood' };
  return tls ? { tls } : { wrong: `--db-url: sslmode is one of ${Object.keys(SSL_MODES).join(', ')}` };
};

/** Reads `--db-url`. What is wrong with it is said without any part of it: a password may stand anywhere in one. */
export const parseLoginUrl = (text: string): UrlParts | { readonly wrong: string } => {
  const wrong = (why: string) => ({ wrong: why });
  const whole = text.replace(/^([a-z]+:\/\/[^/?#]*@)(?=[/?#:]|$)/i, (before) => before + HOSTLESS);
  const url = /^[a-z]+:\/\//i.test(whole) ? URL.parse(whole) : null;
  const engine = url && SCHEMES[url.protocol];
  if (!url || !engine) return wrong(NONSENSE);
  const user = decoded(url.username);
  const host = decoded(url.hostname)?.replace(/^\[(.*)\]$/, '$1');
  const database = decoded(url.pathname.replace(/^\//, ''));
  if (user === null || host === undefined || database === null) return wrong(NONSENSE);
  if (url.password !== '' || user.includes(':') || /[:@]/.test(database) || url.hash !== '')
    return wrong(`--db-url holds a password, which others can see on a command line: ${PASSWORD_PLACES}`);
  if (database.includes('/') || /\s/.test(host)) return wrong(NONSENSE);
  const tls = tlsIn(url);
  if ('wrong' in tls) return tls;
  const port = url.port === '' ? null : Number(url.port);
  if (port === 0) return wrong('--db-url: 0 is no port');
  return {
    engine,
    host: host === HOSTLESS ? null : host || null,
    port,
    user: user || null,
    database: database || null,
    tls: tls.tls,
  };
};
