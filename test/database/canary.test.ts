import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { certificates, noCertificates, type ServerCertificate } from '../support/certificates.ts';
import { LAUNCHER, ran } from '../support/command.ts';
import { type LoginVariables, loginTo, onlyThis } from '../support/database-run.ts';
import { noMysql, startMysql } from '../support/mysql.ts';
import { startMysqlStandIn } from '../support/mysql-stand-in.ts';
import { noPostgres, startPostgres } from '../support/postgres.ts';
import {
  curiousMysql,
  curiousPostgres,
  listen,
  refusingMysql,
  refusingPostgres,
  silent,
} from '../support/rogue-servers.ts';
import { titled } from '../support/titled.ts';

// Letters and digits alone inside: whole in every way of quoting, so that one search finds the raw and the URL-encoded form.
const CORE = 'cAn4ryQz81kvWuTr5';
const CANARY = `x=${CORE} &"y`;

/** Beginnings of base64 of a text wherever in the encoded bytes it begins. */
const inBase64 = (text: string): readonly string[] =>
  ['', 'a', 'ab'].map((before) => {
    const whole = Buffer.from(before + text).toString('base64');
    return whole.slice(before.length === 0 ? 0 : before.length + 1, -4);
  });
// A run under strace, or with a server that wastes time, is slow on a loaded machine.
const LONG = 120_000;
const FORMS = [CORE, Buffer.from(CORE).toString('hex'), [...CORE].reverse().join(''), ...inBase64(CORE)];
const leaks = (text: string): readonly string[] => FORMS.filter((form) => text.includes(form));

const folder = mkdtempSync(join(tmpdir(), 'canary-'));
const stops: (() => Promise<void>)[] = [() => Promise.resolve(rmSync(folder, { recursive: true }))];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

type Place = { readonly host: string; readonly port: number };
const kept = async <T extends Place & { readonly stop: () => Promise<void> }>(server: Promise<T>): Promise<T> => {
  const started = await server;
  stops.push(started.stop);
  return started;
};

const NOISE = { DEBUG: '*', NODE_DEBUG: 'tls,net,child_process,stream,dns,http,module' };
const EVERY_FORMAT = ['plain', 'json', 'markdown', 'nagios'];
let runs = 0;

type Search = { readonly args?: readonly string[]; readonly home?: string; readonly format?: 'json' | 'plain' };

/**
 * A run with every flag and variable that makes it talk, every format written to a file and the evidence kept. Searches
 * all of it, and tells the exit code.
 */
const searched = async (
  login: LoginVariables,
  { args = [], home = '/nonexistent', format = 'json' }: Search = {},
): Promise<number> => {
  const own = join(folder, String(runs++));
  mkdirSync(own);
  const outputs = EVERY_FORMAT.flatMap((each) => ['--output', `${each}=${join(own, each)}`]);
  const noisy = ['--no-input', '--target', tmpdir(), '--verbose', '--debug', '--record', join(own, 'evidence')];
  const command = ['check', '--format', format, '--only', 'database.*', ...noisy, ...outputs, ...args];
  const env = { ...onlyThis(login), HOME: home, ...NOISE };
  const { stdout, stderr, exitCode } = await ran(LAUNCHER, command, { env });
  expect(leaks(stdout)).toEqual([]);
  expect(leaks(stderr)).toEqual([]);
  for (const name of readdirSync(own)) expect([name, leaks(readFileSync(join(own, name), 'utf8'))]).toEqual([name, []]);
  // One document, however much is said beside it.
  if (format === 'json') JSON.parse(stdout);
  return exitCode ?? -1;
};

/** The exit codes of several runs at a time. */
const all = (...searches: readonly Promise<number>[]): Promise<readonly number[]> => Promise.all(searches);

it('the search itself finds every form of the password', () => {
  const json = JSON.stringify({ password: CANARY });
  const basic = Buffer.from(`wa:${CANARY}`).toString('base64');
  for (const text of [CANARY, json, encodeURIComponent(CANARY), basic, Buffer.from(CANARY).toString('hex')])
    expect(leaks(`... ${text} ...`).length).toBeGreaterThan(0);
});

describe('the password is nowhere: not in standard output, standard error, a report of any format, nor the evidence', () => {
  it('connection refused', async () => {
    const place = await listen(() => undefined);
    await place.stop();
    const [mysql, postgres] = [loginTo('MYSQL', place, 'wa', CANARY), loginTo('PGSQL', place, 'wa', CANARY)];
    expect(await all(searched(mysql), searched(postgres), searched(mysql, { format: 'plain' }))).toEqual([1, 1, 1]);
  });

  it('a server that is silent', async () => {
    const server = await kept(silent());
    const args = ['--check-timeout', '2s'];
    const runsOf = (['MYSQL', 'PGSQL'] as const).map((engine) =>
      searched(loginTo(engine, server, 'wa', CANARY), { args }),
    );
    for (const code of await all(...runsOf)) expect([1, 3]).toContain(code);
  });

  it(
    'a server that says the password back, at every turn',
    async () => {
      const base64 = Buffer.from(CANARY).toString('base64');
      const words = `password "${CANARY}" of user wa is wrong; ${encodeURIComponent(CANARY)} ${base64}`;
      const servers = [
        ['PGSQL', refusingPostgres(words)],
        ['MYSQL', refusingMysql(words)],
        ['MYSQL', refusingMysql(words, true)],
        ['PGSQL', listen((socket) => void socket.on('data', (bytes) => socket.write(bytes)))],
        ['MYSQL', listen((socket) => void socket.write(`${words}\n`))],
        ['PGSQL', listen((socket) => void socket.write(`${words}\n`))],
      ] as const;
      for (const [engine, server] of servers)
        expect(await searched(loginTo(engine, await kept(server), 'wa', CANARY))).toBe(1);
      const plain = loginTo('PGSQL', await kept(refusingPostgres(words)), 'wa', CANARY);
      expect(await searched(plain, { format: 'plain' })).toBe(1);
    },
    LONG,
  );

  it('a server that answers questions with the password', async () => {
    const server = await kept(
      startMysqlStandIn({
        version: `8.0.36-${CANARY}`,
        comment: `made for ${CANARY}`,
        grants: [`GRANT USAGE ON *.* TO 'wa'@'%' IDENTIFIED BY PASSWORD '${CANARY}'`],
        variables: { max_connections: CANARY, sql_mode: CANARY },
        plugin: CANARY,
        role: CANARY,
      }),
    );
    const args = ['--skip', 'database.latency'];
    expect([1, 3]).toContain(await searched(loginTo('MYSQL', server, 'wa', CANARY), { args }));
  });

  it('a server that wants the password in clear text is not given it', async () => {
    const heard: Buffer[] = [];
    const postgres = loginTo('PGSQL', await kept(curiousPostgres(heard)), 'wa', CANARY);
    const mysql = loginTo('MYSQL', await kept(curiousMysql(heard)), 'wa', CANARY);
    expect(await all(searched(postgres), searched(mysql))).toEqual([1, 1]);
    expect(heard.length).toBeGreaterThan(1);
    expect(leaks(Buffer.concat(heard).toString('latin1'))).toEqual([]);
  });

  const quoted = CANARY.replaceAll("'", "''");
  const real = {
    PGSQL: {
      reason: noPostgres('13') ?? noCertificates(),
      start: async (tls: ServerCertificate) => {
        const server = await kept(startPostgres('13', { tls }));
        await server.sql(`CREATE ROLE wa LOGIN CREATEDB PASSWORD '${quoted}'`);
        return server;
      },
      good: 0,
    },
    MYSQL: {
      reason: noMysql('mysql-9') ?? noCertificates(),
      start: async (tls: ServerCertificate) => {
        const server = await kept(startMysql('mysql-9', { tls }));
        await server.sql(`CREATE USER wa IDENTIFIED BY '${quoted}'; GRANT CREATE ON *.* TO wa; CREATE USER other`);
        return server;
      },
      good: 1,
    },
  };
  for (const [engine, { reason, start, good }] of Object.entries(real) as [keyof typeof real, (typeof real)['PGSQL']][])
    it.skipIf(reason)(
      titled(`a real server (${engine}): a good login, a wrong password, a certificate that is not trusted`, reason),
      async () => {
        const { selfSigned, caFile } = certificates(join(folder, `certificates-${engine}`));
        const server = await start(selfSigned);
        const untrusted = loginTo(engine, server, 'wa', CANARY, { WA_DB_SSL_CA: caFile });
        expect(
          await all(
            searched(loginTo(engine, server, 'wa', CANARY), { args: ['--db-write-probe'] }),
            searched(loginTo(engine, server, 'other', CANARY)),
            searched(loginTo(engine, server, 'other', CANARY), { format: 'plain' }),
            searched(untrusted, { args: ['--db-tls', 'verify'] }),
          ),
        ).toEqual([good, 1, 1, 1]);
      },
    );

  it(
    'files that cannot be read as what they are',
    async () => {
      const place = await kept(silent());
      const files = {
        'unclosed.env': `WA_DB_ENGINE=PGSQL\nWA_DB_PASSWORD="${CORE}\nWA_DB_HOSTNAME=${place.host}\n`,
        'no-equals.env': `WA_DB_PASSWORD ${CANARY}\nWA_DB_ENGINE PGSQL\n`,
        'incomplete.env': `WA_DB_PASSWORD=${CORE}\n`,
        'bad-port.env': `WA_DB_ENGINE=PGSQL\nWA_DB_HOSTNAME=127.0.0.1\nWA_DB_PORT=${CORE}\nWA_DB_USERNAME=wa\nWA_DB_PASSWORD=${CORE}\n`,
        'unset.env': `WA_DB_PASSWORD=\${${CORE}:?${CORE} is needed}\nWA_DB_HOSTNAME=\${${CORE}\n`,
        'broken.yml': `services:\n  db:\n    environment:\n      WA_DB_PASSWORD: "${CORE}\n   - : {\n`,
        'list.yml': `services:\n  wacore:\n    environment:\n      - WA_DB_PASSWORD ${CORE}\n      - ${CORE}\n`,
        'binary.env': `\0\xff\xfeWA_DB_PASSWORD=${CORE}\0`,
      };
      for (const [name, text] of Object.entries(files)) {
        const path = join(folder, name);
        writeFileSync(path, text);
        chmodSync(path, 0o644);
        expect([1, 2, 3]).toContain(await searched({}, { args: ['--db-env-file', path, '--check-timeout', '2s'] }));
      }
    },
    LONG,
  );

  it('files of a home, .pgpass and .my.cnf: broken, whole, and read by others', async () => {
    const place = await listen(() => undefined);
    await place.stop();
    const address = `wa@${place.host}:${place.port}/postgres`;
    const files = {
      '.pgpass': [`*:*:*:*:${CORE}\nbroken:${CORE}\n`, `postgresql://${address}`],
      '.my.cnf': [`[client]\npassword="${CORE}\n[${CORE}\npassword=${CORE}\n`, `mysql://${address}`],
    } as const;
    for (const [name, [text, url]] of Object.entries(files))
      for (const mode of [0o600, 0o644]) {
        const home = mkdtempSync(join(folder, 'home-'));
        writeFileSync(join(home, name), text);
        chmodSync(join(home, name), mode);
        expect([1, 3]).toContain(await searched({}, { args: ['--db-url', url], home }));
      }
    const libpq = { PGPASSWORD: CANARY, PGSSLMODE: CORE, PGHOST: place.host, PGPORT: `${place.port}`, PGUSER: 'wa' };
    expect([1, 2, 3]).toContain(await searched(libpq, { args: ['--db-url', `postgresql://${address}`] }));
    expect([1, 2, 3]).toContain(await searched({ MYSQL_PWD: CANARY }, { args: ['--db-url', `mysql://${address}`] }));
  });

  it('a password in an address on the command line is refused, and not said again', async () => {
    for (const url of [`mysql://wa:${CORE}@127.0.0.1:1/x`, `postgresql://127.0.0.1:1/x?user=wa&password=${CORE}`])
      expect(await searched({}, { args: ['--db-url', url] })).toBe(2);
  });
});

const noStrace = existsSync('/usr/bin/strace') ? null : 'no strace';
it.skipIf(noStrace)(
  titled('the password is in no argument and no environment of any program that is started', noStrace),
  async () => {
    const words = `password ${CANARY} is wrong`;
    const trace = async (login: LoginVariables, args: readonly string[], env: LoginVariables) => {
      const file = join(folder, `trace-${runs++}`);
      const strace = ['-f', '-qq', '-v', '-s', '100000', '-e', 'trace=execve', '-o', file];
      const quick = ['--target', tmpdir(), '--skip', 'database.latency', ...args];
      const command = [LAUNCHER, 'check', '--json', '--no-input', '--only', 'database.*', ...quick];
      const { exitCode } = await ran('/usr/bin/strace', [...strace, ...command], {
        env: { ...onlyThis(login), ...env },
      });
      return { exitCode, programs: readFileSync(file, 'utf8').split('\n') };
    };
    for (const [engine, server, wanted] of [
      ['PGSQL', await kept(refusingPostgres(words)), 1],
      ['MYSQL', await kept(refusingMysql(words)), 1],
      // Here it comes as far as every question.
      ['MYSQL', await kept(startMysqlStandIn({ version: '8.0.36', comment: 'MySQL Community Server - GPL' })), 0],
    ] as const) {
      const login = loginTo(engine, server, 'wa', CORE);
      const file = join(folder, 'traced.env');
      writeFileSync(
        file,
        Object.entries(login)
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
      );
      chmodSync(file, 0o600);
      const byFile = await trace({}, ['--db-env-file', file], NOISE);
      expect(byFile.exitCode).toBe(wanted);
      expect(byFile.programs.length).toBeGreaterThan(3);
      expect(byFile.programs.filter((line) => leaks(line).length > 0)).toEqual([]);

      // Given in our own environment it is there from the start; what we start beside ourselves must not have it.
      const byVariable = await trace(login, [], {});
      expect(byVariable.exitCode).toBe(wanted);
      const ours = (line: string) => line.includes('"--only"');
      expect(byVariable.programs.some((line) => ours(line) && leaks(line).length > 0)).toBe(true);
      expect(byVariable.programs.filter((line) => !ours(line) && leaks(line).length > 0)).toEqual([]);
    }
  },
  LONG,
);
