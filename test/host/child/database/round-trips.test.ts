import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { roundTrips, warmUp } from '../../../../src/host/child/database/round-trips.ts';

/** An exchange that takes so long, and counts itself. */
const taking = (ms: number) => {
  const exchange = {
    times: 0,
    last: 0,
    take: async () => {
      exchange.times += 1;
      exchange.last = performance.now();
      if (ms > 0) await pause(ms);
      return ms;
    },
  };
  return exchange;
};
const trips = (query: number) => {
  const of = { query: taking(query), ping: taking(0), echo: taking(0) };
  return { of, trips: { query: of.query.take, ping: of.ping.take, echo: of.echo.take } };
};
const inTime = () => performance.now() + 10_000;

it('a fast server is asked in bursts over some seconds, at most 400 times a round, with pings and echoes in between', async () => {
  const { of, trips: exchanges } = trips(0);
  const start = performance.now();
  const told: number[] = [];
  const { rounds, wire, echo, stoppedEarly } = await roundTrips(exchanges, inTime(), (_, done) => told.push(done));
  expect(stoppedEarly).toBe(false);
  expect(rounds).toHaveLength(5);
  for (const { durations, starts, length } of rounds) {
    expect(durations).toHaveLength(400);
    expect(starts.every((at, index) => at >= (starts[index - 1] ?? 0) && at < length)).toBe(true);
    expect(starts.at(-1)).toBeGreaterThan(400);
  }
  expect(wire).toHaveLength(500);
  expect(echo).toHaveLength(100);
  expect(performance.now() - start).toBeGreaterThan(2400);
  // One query after each rest does not count.
  expect(of.query.times).toBeLessThanOrEqual(2000 + 50);
  expect(told.every((done, at) => done >= (told[at - 1] ?? 0) && done <= 1)).toBe(true);
  expect(told.at(-1)).toBe(1);
});

it('a server 20 ms away is asked 40 times a round however long that takes', async () => {
  const { rounds, stoppedEarly } = await roundTrips(trips(20).trips, inTime(), () => {});
  expect(rounds.map(({ durations }) => durations.length >= 40)).toEqual([true, true, true, true, true]);
  expect(stoppedEarly).toBe(false);
});

it('no query begins after the end, and that it was early is said', async () => {
  const { of, trips: exchanges } = trips(30);
  const until = performance.now() + 700;
  const { rounds, stoppedEarly } = await roundTrips(exchanges, until, () => {});
  expect(stoppedEarly).toBe(true);
  expect(rounds.flatMap(({ durations }) => durations).length).toBeLessThan(25);
  expect(of.query.last).toBeLessThan(until + 20);
});

it('a query that takes a second is the last one, and counts', async () => {
  const { of, trips: exchanges } = trips(1010);
  const { rounds, wire, stoppedEarly } = await roundTrips(exchanges, inTime(), () => {});
  expect(rounds.map(({ durations }) => durations)).toEqual([[1010]]);
  expect(wire).toHaveLength(1);
  expect(stoppedEarly).toBe(true);
  expect(of.query.times).toBe(1);
});

it('even where the time is over before it begins one query is taken', async () => {
  const { rounds, stoppedEarly } = await roundTrips(trips(1).trips, performance.now() - 1, () => {});
  expect(rounds.flatMap(({ durations }) => durations)).toHaveLength(1);
  expect(stoppedEarly).toBe(true);
});

it('the warm-up ends after a thousand round trips, after half a second, or after three slow ones', async () => {
  expect(await warmUp(trips(0).trips)).toBe(1000);
  expect(await warmUp(trips(50).trips)).toBeLessThanOrEqual(11);
  expect(await warmUp(trips(300).trips)).toBe(3);
  expect(await warmUp(trips(1010).trips)).toBe(1);
});
