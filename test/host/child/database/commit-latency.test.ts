import { afterAll, describe, expect, it } from 'vitest';
import * as reading from '../../../../src/host/child/database/statements.ts';
import { MYSQL_WRITES, POSTGRESQL_WRITES } from '../../../../src/host/child/database/write-statements.ts';
import { loginTo, measured, PASSWORD } from '../../../support/measuring.ts';
import { type MysqlKind, noMysql, startMysql } from '../../../support/mysql.ts';
import { noPostgres, startPostgres } from '../../../support/postgres.ts';
import { titled } from '../../../support/titled.ts';

const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop();
});

/** How often a text stands in another. */
const times = (text: string, part: string): number => text.split(part).length - 1;

describe.each(['mysql-5.6', 'mysql-9', 'mariadb'] as const)('commits on %s', (kind: MysqlKind) => {
  const reason = noMysql(kind);
  it.skipIf(reason)(titled('are taken in a temporary table that is gone, by listed statements', reason), async () => {
    const server = await startMysql(kind);
    stops.push(server.stop);
    await server.sql(`CREATE USER 'wa'@'%' IDENTIFIED BY '${PASSWORD}'`);
    const none = measured('commit-latency', loginTo('mysql', server.port));
    await expect(none).rejects.toThrow('this user sees no database in which a temporary table could be made');
    await server.sql("CREATE DATABASE aa; CREATE DATABASE wa_1; GRANT SELECT ON aa.* TO 'wa'@'%'");
    const denied = measured('commit-latency', loginTo('mysql', server.port, { database: 'aa' }));
    await expect(denied).rejects.toThrow(/denied/);
    await server.sql("GRANT ALL ON wa_1.* TO 'wa'@'%'");
    const before = server.generalLog().length;
    // Refused in the first database, allowed in the second one.
    const answer = await measured('commit-latency', loginTo('mysql', server.port));
    expect(answer.latency.all.samples).toBeGreaterThanOrEqual(50);
    expect(answer.latency.rounds).toHaveLength(5);
    expect(answer.stoppedEarly).toBe(false);
    expect(answer.method).toMatch(/^INSERT of one row, committed by itself, x \d+ in 5 rounds; .* lower bound$/);
    const log = server.generalLog().slice(before);
    expect(times(log, MYSQL_WRITES.insert)).toBeGreaterThanOrEqual(answer.latency.all.samples);
    expect(times(log, MYSQL_WRITES.drop)).toBe(1);
    expect(log.indexOf(MYSQL_WRITES.insert)).toBeGreaterThan(log.indexOf(MYSQL_WRITES.commit));
    const sent = [...log.matchAll(/\t\s*\d+ Query\t(.*)/g)].map(([, text = '']) => text);
    const listed = new Set<string>([...Object.values(MYSQL_WRITES), reading.SELECT_1, reading.MYSQL.readOnly]);
    expect(sent.length).toBeGreaterThan(50);
    expect(sent.filter((text) => !listed.has(text))).toEqual([]);
    expect(await server.sql('SHOW TABLES IN wa_1')).toEqual([]);
  });
});

const noMaria = noMysql('mariadb');
it.skipIf(noMaria)(titled('commits that a binary log holds are said to wait for it', noMaria), async () => {
  const server = await startMysql('mariadb', { flags: ['--log-bin', '--sync-binlog=1', '--binlog-format=MIXED'] });
  stops.push(server.stop);
  await server.sql(`CREATE DATABASE wa_1; CREATE USER 'wa'@'%' IDENTIFIED BY '${PASSWORD}'`);
  await server.sql("GRANT ALL ON wa_1.* TO 'wa'@'%'");
  const { method } = await measured('commit-latency', loginTo('mysql', server.port));
  expect(method).toContain('with the wait for the binary log');
});

const noPostgres13 = noPostgres('13');
describe('commits on PostgreSQL', () => {
  it.skipIf(noPostgres13)(titled('are taken in a temporary table that is gone', noPostgres13), async () => {
    const server = await startPostgres('13');
    stops.push(server.stop);
    await server.sql(`CREATE ROLE wa LOGIN PASSWORD '${PASSWORD}'`);
    const answer = await measured('commit-latency', loginTo('postgresql', server.port));
    expect(answer.latency.all.samples).toBeGreaterThanOrEqual(50);
    expect(answer.method).toContain('no write-ahead log to wait for, so this is a lower bound');
    const log = server.log();
    expect(times(log, POSTGRESQL_WRITES.insert)).toBeGreaterThanOrEqual(answer.latency.all.samples);
    expect(times(log, POSTGRESQL_WRITES.drop)).toBe(1);
    expect(await server.sql("SELECT relname FROM pg_class WHERE relname LIKE 'wa_preflight%'")).toEqual([]);

    await server.sql('REVOKE TEMPORARY ON DATABASE postgres FROM PUBLIC');
    const denied = measured('commit-latency', loginTo('postgresql', server.port));
    await expect(denied).rejects.toThrow('permission denied to create temporary tables');
    await server.sql('GRANT TEMPORARY ON DATABASE postgres TO PUBLIC');
    await server.sql('ALTER DATABASE postgres SET default_transaction_read_only = on');
    const refused = measured('commit-latency', loginTo('postgresql', server.port));
    await expect(refused).rejects.toThrow('cannot execute CREATE TABLE in a read-only transaction');
  });
});
