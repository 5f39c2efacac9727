import type { DatabaseEngine } from '../../host/login.ts';

/**
 * How a product stands to the engine that the vendor names. engine: it is that engine. shipped: the vendor's own templates
 * bring it. build: somebody's build or service of that engine. other: speaks its protocol and is another product. unknown:
 * says nothing that is known.
 */
export type Kinship = 'engine' | 'shipped' | 'build' | 'other' | 'unknown';

export type Product = {
  readonly id: string;
  readonly name: string;
  readonly engine: DatabaseEngine;
  readonly kinship: Kinship;
  /** Fits `version()`. */
  readonly text?: RegExp;
  /** Fits `@@version_comment`. */
  readonly comment?: RegExp;
  /** Fits a function, table or setting that only this product has. */
  readonly sign?: RegExp;
};

type Row = readonly [id: string, name: string, kinship: Kinship, marks: Pick<Product, 'text' | 'comment' | 'sign'>];

/** A mark that stands in the version text and in the comment alike. */
const both = (mark: RegExp) => ({ text: mark, comment: mark });
const MARIA = /maria(db)?\b|skysql/i;
/** Debian and Ubuntu name themselves without brackets in the comment of their MariaDB, within brackets in that of MySQL. */
const MARIA_COMMENT = /maria(db)?\b|skysql|^(debian|ubuntu|raspbian)\s/i;

// In this order, the first that fits counts: products in front of another one's engine come before that engine.
const MYSQL: readonly Row[] = [
  ['tidb', 'TiDB', 'other', { ...both(/\btidb\b/i), sign: /tidb/i }],
  ['oceanbase', 'OceanBase', 'other', { ...both(/oceanbase/i), sign: /oceanbase|\bob_/i }],
  ['vitess', 'Vitess', 'other', both(/vitess|planetscale/i)],
  ['singlestore', 'SingleStore', 'other', { ...both(/singlestore|memsql/i), sign: /memsql|singlestore/i }],
  ['starrocks', 'StarRocks', 'other', both(/starrocks/i)],
  ['doris', 'Apache Doris', 'other', both(/\bdoris\b|selectdb/i)],
  ['dolt', 'Dolt', 'other', { ...both(/\bdolt/i), sign: /dolt/i }],
  ['clickhouse', 'ClickHouse', 'other', both(/clickhouse/i)],
  ['databend', 'Databend', 'other', both(/databend/i)],
  ['drizzle', 'Drizzle', 'other', both(/drizzle/i)],
  ['polardb-x', 'PolarDB-X', 'other', both(/polardb-?x|\btddl\b/i)],
  ['matrixone', 'MatrixOne', 'other', both(/matrixone/i)],
  ['greptimedb', 'GreptimeDB', 'other', both(/greptime/i)],
  ['maxscale', 'MaxScale', 'build', both(/maxscale/i)],
  ['mariadb', 'MariaDB', 'other', { text: MARIA, comment: MARIA_COMMENT, sign: /mariadb|\baria_/i }],
  ['proxysql', 'ProxySQL', 'build', both(/proxysql/i)],
  ['aurora-mysql', 'Aurora MySQL', 'shipped', { ...both(/aurora/i), sign: /aurora/i }],
  ['cloud-sql', 'Cloud SQL for MySQL', 'build', { ...both(/google|cloudsql/i), sign: /cloudsql|\bgoogle/i }],
  ['azure', 'Azure Database for MySQL', 'build', { ...both(/azure|microsoft/i), sign: /azure/i }],
  ['rds', 'Amazon RDS for MySQL', 'build', { ...both(/\brds\b/i), sign: /\brds/i }],
  ['percona', 'Percona Server', 'build', both(/percona/i)],
  ['polardb', 'PolarDB for MySQL', 'build', { ...both(/polardb/i), sign: /polar/i }],
  ['heatwave', 'MySQL HeatWave', 'build', { text: /-cloud\b/i, comment: /heatwave|enterprise.*\bcloud\b/i }],
  ['wsrep', 'MySQL with Galera (wsrep)', 'build', both(/wsrep|galera/i)],
  ['ndb-cluster', 'MySQL NDB Cluster', 'build', { text: /-(ndb|cluster)\b/i, comment: /\bcluster\b/i }],
];

const POSTGRESQL: readonly Row[] = [
  ['cockroachdb', 'CockroachDB', 'other', { text: /cockroach/i, sign: /crdb|cockroach/i }],
  ['yugabytedb', 'YugabyteDB', 'other', { text: /-YB-|yugabyte/i, sign: /\byb_|yugabyte/i }],
  ['redshift', 'Amazon Redshift', 'other', { text: /redshift|padb/i, sign: /redshift|\bstv_|\bsvv_|\bstl_/i }],
  ['greenplum', 'Greenplum', 'other', { text: /greenplum/i, sign: /\bgp_|greenplum/i }],
  ['cloudberry', 'Apache Cloudberry', 'other', { text: /cloudberry/i }],
  ['hawq', 'Apache HAWQ', 'other', { text: /hawq/i }],
  ['materialize', 'Materialize', 'other', { text: /materialize/i, sign: /\bmz_/i }],
  ['risingwave', 'RisingWave', 'other', { text: /risingwave/i }],
  ['questdb', 'QuestDB', 'other', { text: /questdb/i }],
  ['cratedb', 'CrateDB', 'other', { text: /crate/i }],
  ['opengauss', 'openGauss', 'other', { text: /gauss/i, sign: /gauss/i }],
  ['kingbase', 'KingbaseES', 'other', { text: /kingbase/i }],
  ['vertica', 'Vertica', 'other', { text: /vertica/i }],
  ['netezza', 'Netezza', 'other', { text: /netezza/i }],
  ['duckdb', 'DuckDB', 'other', { text: /duckdb/i }],
  ['spanner', 'Cloud Spanner', 'other', { text: /spanner/i, sign: /spanner/i }],
  ['aurora-dsql', 'Aurora DSQL', 'other', { text: /\bdsql/i, sign: /\bdsql/i }],
  ['hologres', 'Hologres', 'other', { text: /hologres/i }],
  ['cedardb', 'CedarDB', 'other', { text: /cedardb|\bumbra\b/i }],
  ['h2', 'H2', 'other', { text: /\bh2 \d|hsqldb/i }],
  ['pgbouncer', 'PgBouncer', 'other', { text: /pgbouncer/i }],
  ['pgpool', 'Pgpool-II', 'build', { text: /pgpool/i, sign: /pgpool/i }],
  ['babelfish', 'Babelfish for PostgreSQL', 'build', { text: /babelfish/i, sign: /babelfish/i }],
  ['edb', 'EDB Postgres Advanced Server', 'build', { text: /enterprisedb|\bedb\b/i, sign: /\bedb_|enterprisedb/i }],
  ['aurora-postgresql', 'Aurora PostgreSQL', 'build', { text: /aurora/i, sign: /aurora/i }],
  ['alloydb', 'AlloyDB', 'build', { text: /alloydb/i, sign: /alloydb/i }],
  ['cloud-sql', 'Cloud SQL for PostgreSQL', 'build', { text: /cloudsql|google/i, sign: /cloudsql/i }],
  ['azure', 'Azure Database for PostgreSQL', 'build', { text: /azure/i, sign: /azure/i }],
  ['rds', 'Amazon RDS for PostgreSQL', 'build', { text: /\brds\b/i, sign: /\brds/i }],
  ['yandex', 'Yandex Managed PostgreSQL', 'build', { text: /yandex/i }],
  ['neon', 'Neon', 'build', { text: /\bneon\b/i, sign: /\bneon/i }],
  ['supabase', 'Supabase', 'build', { text: /supabase/i, sign: /supabase|supautils/i }],
  ['polardb', 'PolarDB for PostgreSQL', 'build', { text: /polardb/i, sign: /polar/i }],
  ['citus', 'Citus', 'build', { text: /citus/i, sign: /citus/i }],
  ['timescale', 'TimescaleDB', 'build', { text: /timescale/i, sign: /timescale/i }],
  ['percona', 'Percona Distribution for PostgreSQL', 'build', { text: /percona/i }],
  ['postgrespro', 'Postgres Pro', 'build', { text: /postgres ?pro\b/i, sign: /\bpgpro/i }],
];

const of = (engine: DatabaseEngine, rows: readonly Row[]): readonly Product[] =>
  rows.map(([id, name, kinship, marks]) => ({ id, name, engine, kinship, ...marks }));

/** Products that speak one of the two protocols and say who they are, in the order in which they are looked for. */
export const PRODUCTS: readonly Product[] = [...of('mysql', MYSQL), ...of('postgresql', POSTGRESQL)];

export const ENGINE_PRODUCTS: Readonly<Record<DatabaseEngine, Product>> = {
  mysql: { id: 'mysql', name: 'MySQL', engine: 'mysql', kinship: 'engine' },
  postgresql: { id: 'postgresql', name: 'PostgreSQL', engine: 'postgresql', kinship: 'engine' },
};
