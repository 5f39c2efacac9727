import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseLatency } from '../../../../checks/database/latency.ts';
import { type Delay, noDelay, startDelay } from '../../../support/delay.ts';
import { judged } from '../../../support/judged.ts';
import { loginTo, measured, PASSWORD } from '../../../support/measuring.ts';
import { noPostgres, type PostgresServer, startPostgres } from '../../../support/postgres.ts';
import { titled } from '../../../support/titled.ts';

const reason = noPostgres('13') ?? noDelay();

const tls = { mode: 'off', from: 'the default', ca: null, certificate: null, missing: [] };
const found = {
  ...{ from: 'WA_DB_* variables', engine: 'postgresql', host: 'db-1', port: 5432, socket: null, user: 'wa', tls },
  ...{ hasPassword: true, database: null, prefix: '', idleTimeoutMs: null, passwordTraps: [], readableByOthers: [] },
};
const login = { places: [], found, client: null, backupTaken: false };

describe(titled('three runs at a limit', reason), () => {
  let server: PostgresServer;
  let delay: Delay;
  beforeAll(async () => {
    if (reason) return;
    server = await startPostgres('13');
    await server.sql(`CREATE ROLE wa LOGIN PASSWORD '${PASSWORD}'`);
    delay = await startDelay({ port: server.port, delayMs: 0 });
  });
  afterAll(async () => {
    await delay?.stop();
    await server?.stop();
  });

  const p95At = async (delayMs: number) => {
    delay.set(delayMs);
    const answer = await measured('latency', loginTo('postgresql', delay.port));
    const result = await judged(databaseLatency, { 'database "login"': login, 'database "latency"': answer });
    return { p95: answer.latency.all.p95, result };
  };

  /** The side of the limit that a run says it clearly is on; null where it says that it cannot tell. */
  const sideOf = ({ result }: Awaited<ReturnType<typeof p95At>>): string | null => {
    const [finding] = result.findings;
    return finding?.message.includes('straddles') ? null : result.outcome;
  };

  it.skipIf(reason).each([5, 15])('of %d ms never contradict each other', { timeout: 120_000 }, async (limit) => {
    // What the machine itself adds today.
    const adds = Math.max((await p95At(limit)).p95 - limit, 0);
    const runs = [];
    for (let turn = 0; turn < 3; turn += 1) runs.push(await p95At(Math.max(limit - adds, limit / 2)));
    const sides = new Set(runs.map(sideOf).filter((side) => side !== null));
    expect(sides.size, runs.map(({ result }) => result.findings[0]?.message).join('\n')).toBeLessThanOrEqual(1);
  });
});
