// Every statement that writes, sent only where the write probe was asked for. They touch a temporary table of this session alone.

/** To MySQL and what speaks its protocol. */
export const MYSQL_WRITES = {
  allow: 'SET SESSION TRANSACTION READ WRITE',
  /** A server may have it off by default: then an INSERT alone would commit nothing. */
  commit: 'SET SESSION autocommit = 1',
  create: 'CREATE TEMPORARY TABLE wa_preflight_commit (n INT NOT NULL) ENGINE=InnoDB',
  insert: 'INSERT INTO wa_preflight_commit VALUES (1)',
  drop: 'DROP TEMPORARY TABLE IF EXISTS wa_preflight_commit',
  /** Whether a commit in such a table is waited for. */
  log: 'SELECT @@log_bin AS log, @@sync_binlog AS sync, @@binlog_format AS format',
  /** A temporary table must be in some database: those of the client come first. */
  places:
    'SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA' +
    " WHERE SCHEMA_NAME NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')" +
    ' ORDER BY LEFT(SCHEMA_NAME, CHAR_LENGTH(?)) <> ?, 1 LIMIT 3',
} as const;

/** To PostgreSQL and what speaks its protocol. */
export const POSTGRESQL_WRITES = {
  /** As the server, the database or the user has it. */
  allow: 'RESET default_transaction_read_only',
  create: 'CREATE TEMPORARY TABLE wa_preflight_commit (n integer NOT NULL)',
  insert: 'INSERT INTO pg_temp.wa_preflight_commit VALUES (1)',
  drop: 'DROP TABLE IF EXISTS pg_temp.wa_preflight_commit',
} as const;
