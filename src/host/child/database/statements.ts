// Every statement that is ever sent to a server. Constants: what varies is bound as a parameter.

/** The first question, and the one whose round trips are measured. */
export const SELECT_1 = 'SELECT 1';

const names = (...all: readonly string[]): string => all.map((name) => `'${name}'`).join(', ');

/** To MySQL and what speaks its protocol. */
export const MYSQL = {
  readOnly: 'SET SESSION TRANSACTION READ ONLY',
  select1: SELECT_1,
  version: 'SELECT VERSION() AS version, @@version_comment AS comment',
  variables: `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${names(
    ...['max_connections', 'max_user_connections', 'wait_timeout', 'interactive_timeout', 'max_allowed_packet'],
    ...['character_set_server', 'character_set_database', 'collation_server', 'collation_database'],
    ...['default_storage_engine', 'innodb_buffer_pool_size', 'lower_case_table_names', 'partial_revokes', 'sql_mode'],
    ...['read_only', 'super_read_only', 'innodb_read_only', 'server_id', 'log_bin', 'wsrep_on'],
    ...['have_query_cache', 'query_cache_type', 'query_cache_size', 'query_cache_limit'],
    ...['require_secure_transport', 'have_ssl', 'tls_version'],
    ...['default_authentication_plugin', 'authentication_policy'],
  )})`,
  /** Variables that only one product has. */
  signs: `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${names(
    ...['aurora_version', 'tidb_config', 'tidb_txn_mode', 'aria_pagecache_buffer_size', 'ob_query_timeout'],
    ...['memsql_version', 'cloudsql_iam_authentication', 'dolt_log_level', 'polardb_version'],
  )})`,
  /** Where Amazon's builds are installed. */
  rds: "SHOW GLOBAL VARIABLES WHERE Variable_name = 'basedir' AND Value LIKE '%rdsdbbin%'",
  status: `SHOW GLOBAL STATUS WHERE Variable_name IN (${names('Threads_connected', 'Max_used_connections', 'Uptime')})`,
  session: `SHOW SESSION STATUS WHERE Variable_name IN (${names('Ssl_cipher', 'Ssl_version')})`,
  utf8mb4: "SELECT COUNT(*) AS n FROM information_schema.CHARACTER_SETS WHERE CHARACTER_SET_NAME = 'utf8mb4'",
  /** Its older name first: one of the two is known everywhere. */
  replica: ['SHOW SLAVE STATUS', 'SHOW REPLICA STATUS'],
  currentUser: 'SELECT CURRENT_USER() AS name',
  /** With those of the roles that are active. */
  grants: 'SHOW GRANTS',
  activeRoles: 'SELECT CURRENT_ROLE() AS roles',
  plugin: "SELECT plugin AS name FROM mysql.user WHERE CONCAT(User, '@', Host) = CURRENT_USER()",
  rules: `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${names('partial_revokes', 'lower_case_table_names')})`,
  databases:
    'SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA' +
    ' WHERE LEFT(SCHEMA_NAME, CHAR_LENGTH(?)) = ? ORDER BY 1 LIMIT 100',
  size:
    'SELECT TABLE_SCHEMA AS place, TABLE_NAME AS name, TABLE_ROWS AS estimate FROM information_schema.TABLES' +
    " WHERE TABLE_TYPE = 'BASE TABLE' AND LOWER(TABLE_NAME) IN ('messages', 'media') ORDER BY TABLE_ROWS DESC LIMIT 100",
} as const;

const CATALOGUE = "(SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'pg_catalog')";
const PRODUCT_SETTINGS =
  '^(edb_|gp_|yb_|crdb_|rds[.]|aurora_|cloudsql[.]|alloydb[.]|azure[.]|neon[.]|polar_|babelfishpg_|pgpro_|supautils[.])';

/** To PostgreSQL and what speaks its protocol. */
export const POSTGRESQL = {
  readOnly: 'SET default_transaction_read_only = on',
  timeout: "SET statement_timeout = '3s'",
  /** Before the end: a pooler may give the server's session to somebody else. */
  asBefore: ['RESET default_transaction_read_only', 'RESET statement_timeout'],
  select1: SELECT_1,
  version: 'SELECT version() AS version',
  /** As they were before this session set its own. */
  settings: `SELECT name, COALESCE(reset_val, setting) AS value FROM pg_catalog.pg_settings WHERE name IN (${names(
    ...['max_connections', 'superuser_reserved_connections', 'reserved_connections', 'server_encoding'],
    ...['default_transaction_read_only', 'idle_in_transaction_session_timeout', 'idle_session_timeout'],
    ...['tcp_keepalives_idle', 'ssl', 'password_encryption', 'server_version_num', 'shared_buffers'],
  )})`,
  recovery: 'SELECT pg_catalog.pg_is_in_recovery() AS yes',
  connections: 'SELECT sum(numbackends) AS n FROM pg_catalog.pg_stat_database',
  limits:
    'SELECT r.rolconnlimit AS of_role, d.datconnlimit AS of_database FROM pg_catalog.pg_roles r, pg_catalog.pg_database d' +
    ' WHERE r.rolname = current_user AND d.datname = current_database()',
  encryption: 'SELECT ssl, version, cipher FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid()',
  templates:
    'SELECT datname AS name, pg_catalog.pg_encoding_to_char(encoding) AS encoding FROM pg_catalog.pg_database' +
    " WHERE datname IN ('template0', 'template1')",
  functions:
    "SELECT DISTINCT proname || '()' AS sign FROM pg_catalog.pg_proc" +
    ` WHERE proname IN (${names('aurora_version', 'yb_servers', 'gp_opt_version', 'edb_get_role_system_privileges')})` +
    ` AND pronamespace = ${CATALOGUE}`,
  relations:
    'SELECT relname AS sign FROM pg_catalog.pg_class' +
    ` WHERE relname IN (${names('gp_segment_configuration', 'stv_recents', 'svv_tables', 'edb_dir')})` +
    ` AND relnamespace = ${CATALOGUE}` +
    " UNION ALL SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname IN ('crdb_internal', 'gp_toolkit')",
  productSettings: `SELECT name AS sign FROM pg_catalog.pg_settings WHERE name ~ '${PRODUCT_SETTINGS}' ORDER BY 1 LIMIT 20`,
  role: 'SELECT rolname AS name, rolsuper, rolcreatedb FROM pg_catalog.pg_roles WHERE rolname = current_user',
  roles:
    'SELECT rolname AS name, rolsuper, rolcreatedb FROM pg_catalog.pg_roles' +
    " WHERE rolname <> current_user AND pg_catalog.pg_has_role(rolname, 'MEMBER') ORDER BY 1 LIMIT 100",
  databases:
    "SELECT datname AS name, pg_catalog.pg_has_role(datdba, 'USAGE') AS owner," +
    " pg_catalog.has_database_privilege(datname, 'CONNECT') AS connect," +
    " pg_catalog.has_database_privilege(datname, 'CREATE') AS create, datname = current_database() AS here" +
    ' FROM pg_catalog.pg_database' +
    ' WHERE datallowconn AND NOT datistemplate AND substr(datname::text, 1, length($1::text)) = $1::text' +
    ' ORDER BY 1 LIMIT 100',
  size:
    'SELECT current_database() AS place, c.relname AS name, c.reltuples AS estimate FROM pg_catalog.pg_class c' +
    " WHERE c.relkind IN ('r', 'p') AND lower(c.relname) IN ('messages', 'media') ORDER BY c.reltuples DESC LIMIT 100",
} as const;
