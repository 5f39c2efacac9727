import type { LoginPlace } from '../../answers/database.ts';
import { SSL_MODES, type UrlParts } from '../../login-url.ts';
import { NO_TLS_WISH, PORTS, portOf, type TlsWish } from './draft.ts';
import { foreignFile } from './foreign-file.ts';
import { passwordIn, type Wanted } from './pgpass.ts';
import { type Added, inHome, type Surroundings } from './surroundings.ts';

// https://www.postgresql.org/docs/current/libpq-envars.html
const VARIABLES = 'PG* variables';
const NAMES = [
  'PGHOST',
  'PGPORT',
  'PGUSER',
  'PGDATABASE',
  'PGPASSWORD',
  'PGSSLMODE',
  'PGSSLROOTCERT',
  'PGSSLCERT',
  'PGSSLKEY',
] as const;

const tlsIn = (url: UrlParts, around: Surroundings): TlsWish => {
  const { environment } = around;
  const file = (name: string) => (environment[name] ? { name, path: environment[name] } : null);
  const mode = SSL_MODES[environment['PGSSLMODE'] ?? ''] ?? null;
  // libpq's own default, and its word for the authorities of the system.
  const named = file('PGSSLROOTCERT');
  const verifies = (url.tls ?? mode) === 'verify';
  const home = { name: '~/.postgresql/root.crt', path: inHome(around, '.postgresql/root.crt') };
  const system = named?.path === 'system';
  return {
    mode: mode ?? (system ? 'verify' : null),
    from: mode ? 'PGSSLMODE' : system ? 'PGSSLROOTCERT' : NO_TLS_WISH.from,
    ca: system ? null : (named ?? (verifies ? home : null)),
    certificate: file('PGSSLCERT'),
    key: file('PGSSLKEY'),
  };
};

const inPasswordFile = async (
  around: Surroundings,
  wanted: Wanted | null,
  signal: AbortSignal,
): Promise<{ readonly password: string | null; readonly place: LoginPlace }> => {
  const named = around.environment['PGPASSFILE'];
  const place = named ? 'PGPASSFILE' : '~/.pgpass';
  const without = (state: LoginPlace['state'], detail: string | null) => ({
    password: null,
    place: { place, state, detail },
  });
  if (!wanted) return without('not-needed', 'a host and a user are needed to look in it');
  try {
    const file = await foreignFile(named ?? inHome(around, '.pgpass'), signal);
    if (!file) return without('not-found', null);
    if (file.mode & 0o077) return without('unreadable', 'ignored, as others may use it: its mode must be 0600');
    const password = passwordIn(file.text, wanted);
    if (password === null) return without('not-found', 'no line of it matches host, port, database and user');
    return { password, place: { place, state: 'used', detail: null } };
  } catch (error) {
    if (signal.aborted) throw error;
    return without('unreadable', error instanceof Error ? error.message : String(error));
  }
};

/** What libpq's variables and password file add to a URL. */
export const postgresConventions = async (url: UrlParts, around: Surroundings, signal: AbortSignal): Promise<Added> => {
  const { environment } = around;
  const text = (name: (typeof NAMES)[number]): string | null => environment[name] || null;
  const hostName = text('PGHOST');
  const port = portOf(text('PGPORT') ?? '');
  const [host, folder] = hostName?.startsWith('/') ? [null, hostName] : [hostName, null];
  const socket = url.host === null && folder ? `${folder}/.s.PGSQL.${url.port ?? port ?? PORTS.postgresql}` : null;
  const used = NAMES.filter((name) => environment[name]);
  const added = { host, port, socket, user: text('PGUSER'), database: text('PGDATABASE'), tls: tlsIn(url, around) };
  const variables: LoginPlace = {
    place: VARIABLES,
    state: used.length > 0 ? 'used' : 'not-found',
    detail: used.join(', ') || null,
  };
  const ofVariable = text('PGPASSWORD');
  const seen = url.host ?? host ?? folder;
  const user = url.user ?? added.user;
  if (ofVariable !== null || !seen || !user) {
    const detail = ofVariable === null ? 'a host and a user are needed to look in it' : null;
    const file: LoginPlace = { place: '~/.pgpass', state: 'not-needed', detail };
    return { ...added, password: ofVariable, places: [variables, file], exposed: [] };
  }
  const wanted: Wanted = {
    host: seen,
    port: url.port ?? port ?? PORTS.postgresql,
    database: url.database ?? added.database,
    user,
  };
  const { password, place } = await inPasswordFile(around, wanted, signal);
  return { ...added, password, places: [variables, place], exposed: [] };
};
