/**
 * Variables that are known to hold nothing that may not be told, by the vendor's files and pages; of all others only the name is
 * told. https://github.com/WhatsApp/WhatsApp-Business-API-Setup-Scripts
 */
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

/** Whether the value of a variable may be told; credentials that somebody wrote into it after all are cut out elsewhere. */
export const isHarmless = (name: string): boolean => HARMLESS.has(name);
