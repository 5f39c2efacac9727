import type { Variable } from '../../answers/deployment.ts';

/** Names whose values are secrets, whatever else they say. `WA_DB_SSL_KEY` names a file, and is kept among them all the same. */
const SECRET = /PASS|PWD|SECRET|KEY|TOKEN|CREDENTIAL|PRIVATE|_PIN$|^PIN$|DATA_SOURCE_NAME|_DSN$|_AUTH$|_CERTIFICATE$/i;

/** Variables that are known to hold nothing that may not be told. All others are told by name only. */
const HARMLESS = new Set([
  ...['WA_DB_ENGINE', 'WA_DB_HOSTNAME', 'WA_DB_PORT', 'WA_DB_USERNAME', 'WA_DB_NAME_PREFIX', 'WA_DB_UPGRADE'],
  ...['WA_DB_CONNECTION_IDLE_TIMEOUT', 'WA_DB_PERSISTENT', 'WA_DB_READ_TIMEOUT'],
  ...['WA_DB_SSL_CA', 'WA_DB_SSL_CERT', 'WA_DB_SSL_VERIFY'],
  ...['WA_APP_MULTICONNECT', 'WA_MASTER_NODE', 'WACORE_HOSTNAME', 'WACORE_BASEPORT'],
  ...['COREAPP_HOSTNAME', 'COREAPP_EXTERNAL_PORTS', 'WEBAPP_HOSTNAME', 'WEBAPP_EXTERNAL_PORTS'],
  ...['WA_RUNNING_ENV', 'WA_RUNNING_ENV_VERSION', 'ORCHESTRATION', 'WA_CONFIG_ON_DB', 'WA_TCP_LISTEN_ADDRESS'],
  ...['WA_WEB_SERVERNAME', 'WA_WEB_SECURITY_LEVEL', 'WA_API_VERSION', 'WA_LANG', 'TZ'],
  ...['WA_WEB_ENDPOINT', 'WA_WEB_USERNAME', 'WA_CORE_ENDPOINT', 'WA_NODE_EXPORTER_PORT', 'WA_CADVISOR_PORT'],
  ...['WA_MYSQLD_EXPORTER_ENDPOINT', 'WA_PROMETHEUS_ENDPOINT', 'WA_PROMETHEUS_STORAGE_TSDB_RETENTION'],
  ...['MYSQL_USER', 'MYSQL_DATABASE', 'MYSQL_VERSION', 'POSTGRES_USER', 'POSTGRES_DB', 'PG_VERSION', 'PG_MAJOR'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
]);

/** Passwords of the vendor's published files and of the first login. https://github.com/WhatsApp/WhatsApp-Business-API-Setup-Scripts */
const SAMPLES = new Set(['testpass', 'user123pwd', 'secret', 'admin']);

const MOST = 300;
const LONGEST_NAME = 256;
const LONGEST_VALUE = 1024;

export const isSecret = (name: string): boolean => SECRET.test(name);

/** The password of a URL or a data source, "user:password@host"; null where there is none. */
const passwordIn = (value: string): string | null => /^[^@]*?:(?:\/\/[^:@]*:)?([^@]*)@/.exec(value)?.[1] ?? null;

const isSample = (value: string): boolean => SAMPLES.has(value) || SAMPLES.has(passwordIn(value) ?? '');

/** A harmless value without the credentials that somebody wrote into it after all; null where it is no plain word. */
const toldOf = (value: string): string | null => {
  if (value.length > LONGEST_VALUE || value.includes('-----BEGIN')) return null;
  const at = value.lastIndexOf('@');
  if (at < 0 || !value.slice(0, at).includes(':')) return value;
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value)?.[0] ?? '';
  return `${scheme}***${value.slice(at)}`;
};

/**
 * Tells the variables of the containers of one deployment: harmless ones with their value, secrets by their length, by a number
 * that equal values of that variable share, and whether they are a published sample. One whose value is not known (null) is told
 * by its name.
 */
export const variableWords = (): ((env: Readonly<Record<string, string | null>>) => Variable[]) => {
  const groups = new Map<string, Map<string, number>>();
  const groupOf = (name: string, value: string): number => {
    const values = groups.get(name) ?? new Map<string, number>();
    groups.set(name, values);
    const group = values.get(value) ?? values.size + 1;
    values.set(value, group);
    return group;
  };
  const told = ([name, value]: readonly [string, string | null]): Variable => {
    if (value === null) return { name: name.slice(0, LONGEST_NAME), value: null, secret: null };
    if (HARMLESS.has(name)) return { name, value: toldOf(value), secret: null };
    if (!isSecret(name)) return { name: name.slice(0, LONGEST_NAME), value: null, secret: null };
    const secret = { length: [...value].length, group: groupOf(name, value), sample: isSample(value) };
    return { name: name.slice(0, LONGEST_NAME), value: null, secret };
  };
  return (env) =>
    Object.entries(env)
      .toSorted(([one], [other]) => Number(HARMLESS.has(other)) - Number(HARMLESS.has(one)) || (one < other ? -1 : 1))
      .slice(0, MOST)
      .map(told);
};
