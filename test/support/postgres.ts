import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { ServerCertificate } from './certificates.ts';
import { freePort, readable, SERVERS, workspace } from './server-process.ts';

export type PostgresVersion = '10' | '11' | '12' | '13' | '14' | '16' | '18';

/** A real PostgreSQL of our own. */
export type PostgresServer = {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** The folder of its socket, over which the superuser needs no password. */
  readonly folder: string;
  readonly user: 'postgres';
  /** Runs statements as the superuser, over the socket. */
  readonly sql: (text: string, database?: string) => Promise<readonly Record<string, unknown>[]>;
  /** What it wrote, every statement in it: each line begins with the user and the client's address ("[local]": `sql`). */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
};

type Options = {
  /** Without it, TLS is not offered. */
  readonly tls?: ServerCertificate;
  /** Such as "max_connections=5". */
  readonly settings?: readonly string[];
  /** Lines put before the ones of pg_hba.conf that ask for passwords over TCP. */
  readonly hba?: readonly string[];
};

const home = (version: PostgresVersion): string => join(SERVERS, `pg${version}`, 'native');

/** Why this PostgreSQL cannot be started here, null where it can: for the titles of skipped tests. */
export const noPostgres = (version: PostgresVersion): string | null => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'not Linux on x86-64';
  return existsSync(join(home(version), 'bin/postgres')) ? null : `no PostgreSQL ${version} (bin/test-servers.ts)`;
};

/** Starts a PostgreSQL with everything of its own in a temporary folder; by TCP it asks for passwords: scram, md5 on 10. */
export const startPostgres = async (version: PostgresVersion, options: Options = {}): Promise<PostgresServer> => {
  const reason = noPostgres(version);
  if (reason) throw new Error(reason);
  const own = workspace(`pg${version}`);
  const method = version === '10' ? 'md5' : 'scram-sha-256';
  const programs = join(readable(home(version), own), 'bin');
  const data = own.at('data');
  const initial = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N'];
  own.run(join(programs, 'initdb'), ['-D', data, ...initial]);
  const hba = [
    'local all postgres trust',
    ...(options.hba ?? []),
    `local all all ${method}`,
    `host all all 127.0.0.1/32 ${method}`,
  ];
  writeFileSync(join(data, 'pg_hba.conf'), `${hba.join('\n')}\n`);
  const pem = (name: string, text: string) => {
    writeFileSync(own.at(name), text);
    return own.give(own.at(name));
  };
  const tls = options.tls && [
    'ssl=on',
    `ssl_cert_file=${pem('server.pem', options.tls.certificate)}`,
    `ssl_key_file=${pem('server.key', options.tls.key)}`,
  ];
  const settings = [
    'shared_buffers=16MB',
    'log_statement=all',
    'log_line_prefix=%u@%h ',
    `password_encryption=${method}`,
    ...(tls ?? []),
    ...(options.settings ?? []),
  ];
  const port = await freePort();
  const place = ['-D', data, '-F', '-h', '127.0.0.1', '-p', String(port), '-k', own.folder];
  own.start(join(programs, 'postgres'), [...place, ...settings.flatMap((setting) => ['-c', setting])]);

  const sql: PostgresServer['sql'] = async (text, database = 'postgres') => {
    const client = new Client({ host: own.folder, port, user: 'postgres', database, ssl: false, password: '' });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const result = await client.query(text);
      return Array.isArray(result) ? (result.at(-1)?.rows ?? []) : result.rows;
    } finally {
      await client.end();
    }
  };
  await own.ready(() => sql('SELECT 1'));
  return {
    host: '127.0.0.1',
    port,
    folder: own.folder,
    user: 'postgres',
    sql,
    log: own.log,
    stop: () => own.stop('SIGINT'),
  };
};
