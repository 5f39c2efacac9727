import type { Login } from '../../src/host/login.ts';
import { LAUNCHER } from '../support/command.ts';
import { loginTo as loginVariables } from '../support/database-run.ts';
import { type Delay, noDelay, startDelay } from '../support/delay.ts';
import { loginTo, measured, PASSWORD } from '../support/measuring.ts';
import { noMysql, startMysql } from '../support/mysql.ts';
import { noPostgres, startPostgres } from '../support/postgres.ts';
import { mysqlslap, pgbench, type Reference } from './database-clients.ts';
import { median, type Row, ratioOf, timed } from './measure.ts';

type Server = { readonly host: string; readonly port: number; readonly stop: () => Promise<void> };
type Engine = Login['engine'];

const TURNS = 5;
/** Round trips of the reference at so much added delay: some seconds each. */
const DELAYS: readonly { readonly ms: number; readonly trips: number }[] = [
  { ms: 0, trips: 10_000 },
  { ms: 1, trips: 1500 },
  { ms: 5, trips: 400 },
  { ms: 20, trips: 150 },
];
const MOST_MS = 6000;
const MOST_BYTES = 256 * 2 ** 20;

const startPg = async (): Promise<Server> => {
  const server = await startPostgres('13', { settings: ['log_statement=none'] });
  await server.sql(`CREATE ROLE wa LOGIN CREATEDB PASSWORD '${PASSWORD}'`);
  return server;
};
const startMaria = async (): Promise<Server> => {
  const server = await startMysql('mariadb', { flags: ['--general-log=0'] });
  await server.sql(`CREATE DATABASE wa_1; CREATE USER 'wa'@'%' IDENTIFIED BY '${PASSWORD}'`);
  await server.sql("GRANT ALL ON `wa\\_%`.* TO 'wa'@'%'");
  return server;
};

const skipped = (name: string, why: string): Row => ({
  ...{ name: `${name}: SKIPPED`, ours: '', reference: why, ratio: null, target: '', met: null },
});

const rowAt = async (
  engine: Engine,
  server: Server,
  { ms, trips }: (typeof DELAYS)[number],
  { name, take }: Reference,
): Promise<Row> => {
  const why = take ? (ms > 0 ? noDelay() : null) : `no ${name} here`;
  if (!take || why) return skipped(`${engine} SELECT 1, ${ms} ms added`, why ?? '');
  const delay: Delay | null = ms > 0 ? await startDelay({ port: server.port, delayMs: ms }) : null;
  const port = delay?.port ?? server.port;
  const own: number[] = [];
  const other: number[] = [];
  try {
    for (let turn = 0; turn < TURNS; turn += 1) {
      other.push(take(port, trips));
      own.push((await measured('latency', loginTo(engine, port))).latency.all.p50);
    }
  } finally {
    await delay?.stop();
  }
  const [ours, theirs] = [median(own), median(other)];
  const [low, high] = [Math.min(...other), Math.max(...other)];
  return {
    name: `${engine} SELECT 1, p50, ${ms} ms added`,
    ours: `${ours.toFixed(3)} ms`,
    reference: `${name} ${theirs.toFixed(3)} ms (${low.toFixed(3)} to ${high.toFixed(3)})`,
    ratio: ratioOf(own, other),
    target: 'within 0.1 ms + 10 %',
    met: Math.abs(ours - theirs) <= 0.1 + 0.1 * theirs,
  };
};

/** All database checks of the built tool on the loopback device: wall time, and memory of the tool itself. */
const rowsOfAll = async (engine: Engine, server: Server): Promise<readonly Row[]> => {
  const login = loginVariables(engine === 'mysql' ? 'MYSQL' : 'PGSQL', server, 'wa', PASSWORD);
  const env = { ...login, WA_DB_NAME_PREFIX: 'wa_', DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
  const all = [];
  for (let turn = 0; turn < TURNS; turn += 1)
    all.push(await timed(LAUNCHER, ['check', '--json', '--no-input', '--only', 'database.*'], env));
  const [ms, peak] = [median(all.map((run) => run.ms)), Math.max(...all.map((run) => run.peak))];
  const codes = [...new Set(all.map(({ exitCode }) => exitCode))].join(', ');
  const common = { reference: `exit ${codes}`, ratio: null };
  const [time, memory] = [`${(ms / 1000).toFixed(2)} s`, `${(peak / 2 ** 20).toFixed(0)} MiB`];
  return [
    { ...common, name: `${engine}, all database checks`, ours: time, target: '<= 6 s', met: ms <= MOST_MS },
    {
      ...common,
      name: `${engine}, the same: peak resident memory`,
      ours: memory,
      target: '<= 256 MiB',
      met: peak <= MOST_BYTES,
    },
  ];
};

const rowsOf = async (
  engine: Engine,
  missing: string | null,
  start: () => Promise<Server>,
  reference: Reference,
): Promise<readonly Row[]> => {
  if (missing) return [skipped(`${engine} latency`, missing)];
  const server = await start();
  try {
    const rows: Row[] = [];
    for (const delay of DELAYS) rows.push(await rowAt(engine, server, delay, reference));
    return [...rows, ...(await rowsOfAll(engine, server))];
  } finally {
    await server.stop();
  }
};

/** Our round trips beside those of the engines' own programs on the same path, alternating, median of 5; and all checks together. */
export const benchDatabase = async (): Promise<readonly Row[]> => [
  ...(await rowsOf('postgresql', noPostgres('13'), startPg, pgbench())),
  ...(await rowsOf('mysql', noMysql('mariadb'), startMaria, mysqlslap())),
];
