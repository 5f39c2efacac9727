import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readReport } from '../../src/read-report.ts';
import { type LoginVariables, loginTo, runOnDatabase } from '../support/database-run.ts';
import { noMysql, startMysql } from '../support/mysql.ts';
import { noPostgres, startPostgres } from '../support/postgres.ts';
import { titled } from '../support/titled.ts';

const PASSWORD = 'Kz7-plain.word';
const folder = mkdtempSync(join(tmpdir(), 'replay-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Started = { readonly login: LoginVariables; readonly stop: () => Promise<void> };
const postgres = async (): Promise<Started> => {
  const server = await startPostgres('13');
  await server.sql(`CREATE ROLE wa LOGIN CREATEDB PASSWORD '${PASSWORD}'`);
  return { login: loginTo('PGSQL', server, 'wa', PASSWORD), stop: server.stop };
};
const mysql = async (): Promise<Started> => {
  const server = await startMysql('mysql-9');
  await server.sql(`CREATE USER 'wa'@'%' IDENTIFIED BY '${PASSWORD}'; GRANT ALL ON *.* TO 'wa'@'%'`);
  await server.sql('CREATE DATABASE d');
  return { login: loginTo('MYSQL', server, 'wa', PASSWORD), stop: server.stop };
};

describe.each([
  ['PostgreSQL 13', noPostgres('13'), postgres],
  ['MySQL 9', noMysql('mysql-9'), mysql],
] as const)('a run that asked a real %s', (_, reason, start) => {
  it.skipIf(reason)(
    titled('is judged again from its recording, word by word, away from the server and without the login', reason),
    async () => {
      const { login, stop } = await start();
      const all = ['--phase', 'all', '--db-write-probe'];
      const file = join(folder, 'evidence.json');
      const live = await runOnDatabase(login, ...all, '--record', file).finally(stop);
      expect(live.says('connect')).toMatch(/^pass: Connected/);
      expect(live.of('latency').measured).toBeTruthy();
      const again = await runOnDatabase({}, ...all, '--from', file);
      const judged = ({ stdout }: typeof live) =>
        readReport(JSON.parse(stdout)).checks.map((result) => ({ ...result, durationMs: 0 }));
      expect(judged(again)).toEqual(judged(live));
      expect(again.exitCode).toBe(live.exitCode);
      expect(readFileSync(file, 'utf8')).not.toContain(PASSWORD);
    },
    60_000,
  );
});
