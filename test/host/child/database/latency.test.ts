import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Progress } from '../../../../src/host/host.ts';
import type { Login } from '../../../../src/host/login.ts';
import { type Delay, noDelay, startDelay } from '../../../support/delay.ts';
import { loginTo, measured, PASSWORD } from '../../../support/measuring.ts';
import { noMysql, startMysql } from '../../../support/mysql.ts';
import { noPostgres, startPostgres } from '../../../support/postgres.ts';
import { titled } from '../../../support/titled.ts';

type Server = { readonly port: number; readonly stop: () => Promise<void> };

const ENGINES: readonly {
  readonly engine: Login['engine'];
  readonly name: string;
  readonly missing: string | null;
  readonly start: () => Promise<Server>;
}[] = [
  {
    engine: 'postgresql',
    name: 'PostgreSQL 13',
    missing: noPostgres('13'),
    start: async () => {
      const server = await startPostgres('13');
      await server.sql(`CREATE ROLE wa LOGIN PASSWORD '${PASSWORD}'`);
      return server;
    },
  },
  {
    engine: 'mysql',
    name: 'MariaDB',
    missing: noMysql('mariadb'),
    start: async () => {
      const server = await startMysql('mariadb');
      await server.sql(`CREATE USER 'wa'@'%' IDENTIFIED BY '${PASSWORD}'`);
      return server;
    },
  },
];

describe.each(ENGINES)('the latency of $name', ({ engine, missing, start }) => {
  const reason = missing ?? noDelay();
  let server: Server;
  let delay: Delay;
  beforeAll(async () => {
    if (reason) return;
    server = await start();
    delay = await startDelay({ port: server.port, delayMs: 5 });
  });
  afterAll(async () => {
    await delay?.stop();
    await server?.stop();
  });

  it.skipIf(reason)(titled('is that of the path, of which the wire is a part', reason), async () => {
    const told: { readonly at: number; readonly progress: Progress }[] = [];
    const login = loginTo(engine, delay.port);
    const answer = await measured('latency', login, (progress) => told.push({ at: performance.now(), progress }));
    const { latency, wire, tcp, echo, method, encrypted, stoppedEarly } = answer;
    expect(latency.rounds).toHaveLength(5);
    expect(latency.all.samples).toBeGreaterThanOrEqual(200);
    expect(latency.all.p50).toBeGreaterThan(5);
    expect(latency.all.p50).toBeLessThan(8);
    expect(wire.p50).toBeGreaterThan(5);
    expect(wire.p50).toBeLessThanOrEqual(latency.all.p50);
    expect(wire.samples).toBeGreaterThanOrEqual(40);
    // The proxy accepts at once; only what goes through it is delayed.
    expect(tcp).toHaveLength(4);
    expect(Math.min(...tcp)).toBeLessThan(5);
    expect(echo.samples).toBeGreaterThanOrEqual(90);
    expect(echo.p50).toBeLessThan(2);
    expect({ encrypted, stoppedEarly }).toEqual({ encrypted: false, stoppedEarly: false });
    expect(method).toMatch(/^SELECT 1 x \d+, one after the other on one connection, in 5 rounds; \d+ round trips /);
    const notes = new Set(told.map(({ progress }) => progress.note));
    expect([...notes]).toEqual(['connecting', ...[1, 2, 3, 4, 5].map((round) => `round ${round} of 5`)]);
    const seconds = ((told.at(-1)?.at ?? 0) - (told[0]?.at ?? 0)) / 1000;
    expect(told.length).toBeLessThanOrEqual(4 * seconds + 2);
  });

  it.skipIf(reason)(titled('is not known where the server stalls in the middle', reason), async () => {
    const own = await startDelay({ port: server.port, delayMs: 1 });
    try {
      const answer = measured('latency', loginTo(engine, own.port)).then(JSON.stringify, String);
      await pause(2000);
      own.set(120_000);
      const since = performance.now();
      expect(await answer).toMatch(/no answer to a query within \d s, after \d+ round trips$/);
      expect(performance.now() - since).toBeLessThan(5500);
    } finally {
      await own.stop();
    }
  });

  it.skipIf(reason)(titled('is not known where the server dies in the middle', reason), async () => {
    const answer = measured('latency', loginTo(engine, server.port)).then(JSON.stringify, String);
    await pause(2000);
    // Nobody needs it after this.
    await server.stop();
    const since = performance.now();
    expect(await answer).toMatch(/^Error: .*, after \d+ round trips$/);
    expect(performance.now() - since).toBeLessThan(2000);
  });
});
