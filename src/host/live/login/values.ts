import type { DatabaseEngine } from '../../login.ts';
import { type Draft, PORTS, portOf, type TlsWish } from './draft.ts';

/** Variables by name, such as those of a db.env, of this process, or of a container. */
export type Values = Readonly<Record<string, string | undefined>>;

const ENGINES_BY_NAME: Readonly<Record<string, DatabaseEngine>> = { MYSQL: 'mysql', PGSQL: 'postgresql' };

/** The variables of the vendor's that make a login. https://github.com/WhatsApp/WhatsApp-Business-API-Setup-Scripts */
const LOGIN = ['WA_DB_ENGINE', 'WA_DB_HOSTNAME', 'WA_DB_USERNAME', 'WA_DB_PASSWORD'] as const;

const NO = /^(0|false|off|no)$/i;

/** Whether any of the variables is there that a login is made of. */
export const hasLogin = (values: Values): boolean =>
  [...LOGIN, 'WA_DB_PORT'].some((name) => values[name] !== undefined);

/** What `WA_DB_SSL_*` asks for: a CA is there to verify with, unless verifying is switched off. */
export const tlsOfValues = (values: Values): TlsWish => {
  const file = (name: string) => {
    const path = values[name];
    return path ? { name, path } : null;
  };
  const files = {
    ca: file('WA_DB_SSL_CA'),
    certificate: file('WA_DB_SSL_CERT'),
    key: file('WA_DB_SSL_KEY'),
  };
  const verify = values['WA_DB_SSL_VERIFY'] ?? '';
  const [named] = [files.ca, files.certificate, files.key].filter((one) => one !== null);
  if (verify !== '' && !NO.test(verify)) return { mode: 'verify', from: 'WA_DB_SSL_VERIFY', ...files };
  if (files.ca && verify === '') return { mode: 'verify', from: 'WA_DB_SSL_CA', ...files };
  if (named) return { mode: 'require', from: verify === '' ? named.name : 'WA_DB_SSL_VERIFY', ...files };
  return { mode: null, from: 'the default', ...files };
};

/** `WA_DB_CONNECTION_IDLE_TIMEOUT`, ms; null where it is not set, or no number. */
export const idleTimeoutOf = (values: Values): number | null => {
  const text = values['WA_DB_CONNECTION_IDLE_TIMEOUT'] ?? '';
  return /^\d{1,12}$/.test(text) ? Number(text) : null;
};

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** The login that the vendor's variables make, as far as they do. An empty password is one. */
export const draftOfValues = (values: Values): Draft => {
  const engineName = values['WA_DB_ENGINE'] ?? '';
  const engine = ENGINES_BY_NAME[engineName.toUpperCase()] ?? null;
  const portText = values['WA_DB_PORT'] ?? '';
  const port = portText === '' ? engine && PORTS[engine] : portOf(portText);
  const missing = LOGIN.filter((name) => (name === 'WA_DB_PASSWORD' ? values[name] === undefined : !values[name]));
  const lacks = [
    missing.length > 0 && `${listed(missing)} ${missing.length > 1 ? 'are' : 'is'} missing`,
    engineName !== '' && !engine && 'WA_DB_ENGINE is neither MYSQL nor PGSQL',
    portText !== '' && port === null && 'WA_DB_PORT is no port number',
  ].filter((clause) => clause !== false);
  return {
    engine,
    host: values['WA_DB_HOSTNAME']?.replace(/^\[(.*)\]$/, '$1') || null,
    port,
    socket: null,
    user: values['WA_DB_USERNAME'] || null,
    password: values['WA_DB_PASSWORD'] ?? null,
    database: null,
    prefix: values['WA_DB_NAME_PREFIX'] ?? '',
    idleTimeoutMs: idleTimeoutOf(values),
    tls: tlsOfValues(values),
    lacks,
  };
};
