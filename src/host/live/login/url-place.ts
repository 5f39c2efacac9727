import { homedir } from 'node:os';
import { parseLoginUrl, type UrlParts } from '../../login-url.ts';
import { type Draft, PORTS } from './draft.ts';
import { mysqlConventions } from './mysql-conventions.ts';
import { type Look, lookOf, nothingAt } from './place.ts';
import { postgresConventions } from './postgres-conventions.ts';
import type { Added, Surroundings } from './surroundings.ts';
import { idleTimeoutOf, tlsOfValues, type Values } from './values.ts';

const PLACE = '--db-url';
const CONVENTIONS = 'PG* variables, ~/.pgpass, MYSQL_PWD, ~/.my.cnf';

const withoutUrl = (environment: Values): Look => {
  const set = ['PGPASSWORD', 'MYSQL_PWD'].filter((name) => environment[name]);
  const detail = set.length > 0 ? `${set.join(' and ')} set, but used with --db-url only` : 'used with --db-url only';
  const url = nothingAt(PLACE, 'not-given');
  return { ...url, places: [...url.places, { place: CONVENTIONS, state: 'not-given', detail }] };
};

const lacksOf = ({ host, socket, user, password }: Pick<Draft, 'host' | 'socket' | 'user' | 'password'>) => [
  ...(host || socket ? [] : ['it names no host']),
  ...(user ? [] : ['it names no user']),
  ...(password === null ? ['there is no password for it'] : []),
];

const draftOf = (url: UrlParts, added: Added, environment: Values): Draft => {
  const { engine } = url;
  const ofVendor = tlsOfValues(environment);
  const own = { ...added.tls, ...(url.tls && { mode: url.tls, from: PLACE }) };
  const says = own.mode !== null || own.ca || own.certificate || own.key;
  const known = {
    engine,
    host: url.host ?? added.host,
    port: url.port ?? added.port ?? PORTS[engine],
    socket: added.socket,
    user: url.user ?? added.user,
    // It is for this database as well, unless the driver's own variables or files know better.
    password: added.password ?? (environment['WA_DB_PASSWORD'] || null),
    database: url.database ?? added.database,
    prefix: environment['WA_DB_NAME_PREFIX'] ?? '',
    idleTimeoutMs: idleTimeoutOf(environment),
    tls: says ? own : ofVendor,
  };
  return { ...known, host: known.host ?? (known.socket ? 'localhost' : null), lacks: lacksOf(known) };
};

/** `--db-url`, completed by what its driver's own tools would use: variables and files of the home folder. */
export const fromUrl = async (text: string | null, environment: Values, signal: AbortSignal): Promise<Look> => {
  if (text === null) return withoutUrl(environment);
  const url = parseLoginUrl(text);
  if ('wrong' in url) return nothingAt(PLACE, 'unreadable', url.wrong);
  const around: Surroundings = { environment, home: environment['HOME'] || homedir() };
  const conventions = url.engine === 'mysql' ? mysqlConventions : postgresConventions;
  const added = await conventions(url, around, signal);
  const draft = draftOf(url, added, environment);
  const notes = added.password === null && draft.password !== null ? ['with the password of WA_DB_PASSWORD'] : [];
  const look = lookOf(PLACE, draft, notes, { exposed: added.exposed });
  return { ...look, places: [...look.places, ...added.places] };
};
