/**
 * Variables of the client whose values are no secrets, by the vendor's files and pages; of every other one only the name is told.
 * https://github.com/WhatsApp/WhatsApp-Business-API-Setup-Scripts
 */
const HARMLESS = new Set([
  'COREAPP_EXTERNAL_PORTS',
  'COREAPP_HOSTNAME',
  'ORCHESTRATION',
  'WACORE_BASEPORT',
  'WACORE_HOSTNAME',
  'WA_APP_MULTICONNECT',
  'WA_CONFIG_ON_DB',
  'WA_DB_CONNECTION_IDLE_TIMEOUT',
  'WA_DB_ENGINE',
  'WA_DB_HOSTNAME',
  'WA_DB_NAME_PREFIX',
  'WA_DB_PERSISTENT',
  'WA_DB_PORT',
  'WA_DB_READ_TIMEOUT',
  'WA_DB_SSL_CA',
  'WA_DB_SSL_CERT',
  'WA_DB_SSL_KEY',
  'WA_DB_SSL_VERIFY',
  'WA_DB_UPGRADE',
  'WA_DB_USERNAME',
  'WA_MASTER_NODE',
  'WA_RUNNING_ENV',
  'WA_RUNNING_ENV_VERSION',
  'WA_TCP_LISTEN_ADDRESS',
  'WA_WEB_SECURITY_LEVEL',
  'WA_WEB_SERVERNAME',
  'WEBAPP_EXTERNAL_PORTS',
  'WEBAPP_HOSTNAME',
]);

/** Whether the value of a variable may be told. `WA_DB_SSL_KEY` names a file; a PEM text in its place is cut out elsewhere. */
export const isHarmless = (name: string): boolean => HARMLESS.has(name);
