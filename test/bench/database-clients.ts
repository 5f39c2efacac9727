import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PASSWORD } from '../support/measuring.ts';
import { median } from './measure.ts';

/** An engine's own program that takes round trips of SELECT 1 on a port, one after the other, and tells ms. */
export type Reference = { readonly name: string; readonly take: ((port: number, trips: number) => number) | null };

const found = (...programs: readonly string[]): string | undefined =>
  programs.find((program) => spawnSync(program, ['--version']).status === 0);

const byPgbench = (program: string, port: number, trips: number): number => {
  const folder = mkdtempSync(join(tmpdir(), 'pgbench-'));
  try {
    writeFileSync(join(folder, 'select.sql'), 'SELECT 1;\n');
    const login = ['-h', '127.0.0.1', '-p', String(port), '-U', 'wa', 'postgres'];
    const args = ['-n', '-M', 'simple', '-f', 'select.sql', '-c', '1', '-t', String(trips), '-l', '--log-prefix=own'];
    const env = { ...process.env, PGPASSWORD: PASSWORD, PGSSLMODE: 'disable' };
    execFileSync(program, [...args, ...login], { cwd: folder, stdio: 'ignore', env });
    const log = readFileSync(join(folder, readdirSync(folder).find((name) => name.startsWith('own')) ?? ''), 'utf8');
    const micro = log
      .trim()
      .split('\n')
      .map((line) => Number(line.split(' ')[2]));
    return median(micro) / 1000;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const byMysqlslap = (program: string, port: number, trips: number): number => {
  const login = ['--no-defaults', '-h127.0.0.1', `-P${port}`, '-uwa', '--skip-ssl', '--create-schema=wa_1'];
  const args = ['--no-drop', '--concurrency=1', '--iterations=1', `--number-of-queries=${trips}`, '--query=SELECT 1'];
  const env = { ...process.env, MYSQL_PWD: PASSWORD };
  const said = execFileSync(program, [...login, ...args], { encoding: 'utf8', env });
  const seconds = Number(/Average number of seconds to run all queries: ([\d.]+)/.exec(said)?.[1]);
  return (seconds * 1000) / trips;
};

/** The median of its own log. */
export const pgbench = (): Reference => {
  const program = found('pgbench', ...globSync('/usr/lib/postgresql/*/bin/pgbench'));
  return { name: 'pgbench', take: program ? (port, trips) => byPgbench(program, port, trips) : null };
};

/** It tells a mean alone. */
export const mysqlslap = (): Reference => {
  const program = found('mysqlslap', 'mariadb-slap');
  return { name: 'mysqlslap (mean)', take: program ? (port, trips) => byMysqlslap(program, port, trips) : null };
};
