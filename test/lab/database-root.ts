import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noMysql } from '../support/mysql.ts';
import { noPostgres } from '../support/postgres.ts';
import { SERVERS, type Workspace, workspace } from '../support/server-process.ts';
import { NoLab } from './engine.ts';
import { folder, librariesOf, type Root, text, treeOf } from './root.ts';
import { DATABASE_USER, type DatabaseKind, SAMPLE_USER } from './services.ts';

// A real database server as the root of an image, its databases and users laid out beforehand by its own programs.

/** A root, the settings of its image, and what has to be done when the archive was made. */
type DatabaseRoot = { readonly root: Root; readonly changes: readonly string[]; readonly end: () => Promise<void> };

/** Whoever that is in the container: a server refuses to run as root. */
const OWNER = 999;
const DATA = '/var/lib/database';
const PASSWD = `root:x:0:0:root:/root:/bin/false\ndatabase:x:${OWNER}:${OWNER}:database:${DATA}:/bin/false\n`;

const common = (own: Workspace): Root =>
  new Map([
    ...treeOf(own.at('data'), DATA, OWNER),
    [DATA, folder(0o700, OWNER)],
    ['/tmp', folder(0o1777)],
    ['/etc/passwd', text(PASSWD)],
    ['/etc/nsswitch.conf', text('hosts: files dns\n')],
  ]);

// Beside the lab's folder, not in it: the server's user has to come there.
const nameFor = (lab: string): string => `lab-${createHash('sha256').update(lab).digest('hex').slice(0, 8)}-`;

/** Removes what was being laid out for a lab that was killed. */
export const removeLaidOut = (lab: string): void => {
  for (const name of readdirSync(tmpdir()))
    if (name.startsWith(nameFor(lab))) rmSync(join(tmpdir(), name), { recursive: true, force: true, maxRetries: 10 });
};

const isRoot = process.getuid?.() === 0;

/** PostgreSQL 13 of the tests (bin/test-servers.ts). */
const postgresRoot = (lab: string): DatabaseRoot => {
  const home = join(SERVERS, 'pg13', 'native');
  const own = workspace(`${nameFor(lab)}pg13`);
  const initial = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N', '--wal-segsize=1'];
  own.run(join(home, 'bin/initdb'), ['-D', own.at('data'), ...initial]);
  const role = ({ user, password }: typeof DATABASE_USER) =>
    `CREATE ROLE ${user} LOGIN CREATEDB PASSWORD '${password}'\n`;
  // Nobody listens in this mode: one statement on each line.
  const alone = ['--single', '-D', own.at('data'), '-c', 'password_encryption=scram-sha-256', 'postgres'];
  const { status, stderr } = spawnSync(join(home, 'bin/postgres'), alone, {
    ...{ input: role(DATABASE_USER) + role(SAMPLE_USER), encoding: 'utf8', cwd: own.folder },
    ...(isRoot && { uid: 65_534, gid: 65_534 }),
  });
  if (status !== 0 || /ERROR/.test(stderr)) throw new Error(`postgres --single: ${status} ${stderr}`);
  const access = ['local all postgres trust', 'host all all all scram-sha-256'];
  writeFileSync(join(own.at('data'), 'pg_hba.conf'), `${access.join('\n')}\n`);
  const at = '/usr/lib/postgresql/13';
  const settings = ['shared_buffers=16MB', 'fsync=off', 'listen_addresses=*', 'unix_socket_directories=/tmp'];
  const entry = [`${at}/bin/postgres`, '-D', DATA, ...settings.flatMap((setting) => ['-c', setting])];
  return {
    root: new Map(
      [...librariesOf(join(home, 'bin/postgres')), ...treeOf(home, at), ...common(own)].filter(
        ([path]) => !path.startsWith(SERVERS),
      ),
    ),
    changes: [`USER ${OWNER}:${OWNER}`, `ENTRYPOINT ${JSON.stringify(entry)}`],
    end: () => own.stop('SIGKILL'),
  };
};

const MARIADB = '/usr/sbin/mariadbd';
const MESSAGES = '/usr/share/mysql';

/** MariaDB of this machine (apt: mariadb-server-core). */
const mariadbRoot = (lab: string): DatabaseRoot => {
  const own = workspace(`${nameFor(lab)}mariadb`);
  const options = ['--auth-root-authentication-method=normal', '--skip-test-db', `--datadir=${own.at('data')}`];
  own.run('/usr/bin/mariadb-install-db', ['--no-defaults', ...options]);
  const rights = 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP';
  const statements = [DATABASE_USER, SAMPLE_USER].flatMap(({ user, password }) => [
    `CREATE USER IF NOT EXISTS '${user}'@'%' IDENTIFIED BY '${password}';`,
    `GRANT ${rights} ON *.* TO '${user}'@'%';`,
  ]);
  const entry = [
    ...[MARIADB, '--no-defaults', `--datadir=${DATA}`, '--tmpdir=/tmp', '--socket=/tmp/s', '--pid-file=/tmp/pid'],
    ...['--port=3306', '--bind-address=0.0.0.0', '--skip-name-resolve', '--innodb-buffer-pool-size=32M'],
    ...['--performance-schema=OFF', '--init-file=/etc/users.sql', '--character-set-server=utf8mb4'],
  ];
  return {
    root: new Map([
      ...librariesOf(MARIADB),
      ...treeOf(MARIADB, MARIADB),
      ...(existsSync(join(MESSAGES, 'english')) ? treeOf(join(MESSAGES, 'english'), join(MESSAGES, 'english')) : []),
      ...(existsSync(join(MESSAGES, 'charsets')) ? treeOf(join(MESSAGES, 'charsets'), join(MESSAGES, 'charsets')) : []),
      ...common(own),
      ['/etc/users.sql', text(`${statements.join('\n')}\n`)],
    ]),
    changes: [`USER ${OWNER}:${OWNER}`, `ENTRYPOINT ${JSON.stringify(entry)}`],
    end: () => own.stop('SIGKILL'),
  };
};

/** Why there is no such server here, null where there is one. */
export const noDatabase = (kind: DatabaseKind): string | null =>
  kind === 'none' ? null : kind === 'mariadb' ? noMysql('mariadb') : noPostgres('13');

/** A root with this server, laid out for a lab's folder. Throws where it is not here. */
export const databaseRoot = async (kind: Exclude<DatabaseKind, 'none'>, lab: string): Promise<DatabaseRoot> => {
  const reason = noDatabase(kind);
  if (reason) throw new NoLab(`The lab has no ${kind} to run: ${reason}.`);
  return kind === 'mariadb' ? mariadbRoot(lab) : postgresRoot(lab);
};
