import { figureOf, networkShare } from '../../src/facts/database/latency.ts';
import { distributionOf, intervalOf, latencyFigures, latencyOf, type Round } from '../../src/latency.ts';
import type { Json, Measured } from '../../src/model.ts';

// What the database checks measure of a server that is 3 ms away over a path that is sometimes busy.

/** The same numbers from 0 to 1 each time. */
const numbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
};

const next = numbers(7);
const trips = (base: number, many: number): readonly number[] =>
  Array.from({ length: many }, () => {
    const slow = next();
    const wait = slow > 0.99 ? 14 + next() * 18 : slow > 0.94 ? 3 + next() * 3 : next() ** 4 * 3;
    return base + wait;
  });

const round = (base: number): Round => {
  const durations = trips(base, 160);
  return { durations, starts: durations.map((_, at) => at * 4), length: 660 };
};

const latency = latencyOf(Array.from({ length: 8 }, () => round(3)));
const wire = distributionOf(trips(2.8, 400));
const tcp = [3.1, 2.9, 3, 3.4, 2.8, 3];
const echo = distributionOf(trips(0, 200).map((ms) => ms / 100));
const p95OfRounds = intervalOf(latency, 'p95');
const judged = figureOf(
  p95OfRounds,
  { samples: latency.all.samples, rounds: 8, echoP95: echo.p95 },
  { passP95: 5, failP95: 15, errorFixed: 0.1, errorShare: 0.1, leastSamples: 200, leastRounds: 3 },
);

/** `database.latency`: the network is what takes the time. */
export const sampleLatency = {
  value: judged.median,
  unit: 'ms',
  stat: 'p95',
  display: `p95 ${Number(judged.median.toPrecision(3))} ms`,
  target: 'db-1:3306',
  method: 'SELECT 1 on one open connection, warm-up dropped',
  encrypted: true,
  stoppedEarly: false,
  wire,
  tcp,
  echo,
  network: networkShare({ latency, wire, tcp }),
  judged,
  ...latencyFigures(latency, p95OfRounds),
} satisfies Measured;

export const SAMPLE_PLACES = [
  { place: '--db-env-file', state: 'not-given', detail: null },
  { place: 'WA_DB_* variables', state: 'not-given', detail: null },
  { place: '--db-url', state: 'not-given', detail: null },
  { place: '/opt/wa/db.env', state: 'incomplete', detail: 'found, but has no WA_DB_PASSWORD' },
  { place: '~/.my.cnf', state: 'not-found', detail: null },
  { place: 'a client container', state: 'not-found', detail: 'no container of the client runs here' },
] as const;

/** `database.connect`: all steps passed, with a login from the vendor's file. */
export const sampleConnect = {
  value: 'connected',
  display: 'connected in 18.3 ms',
  places: [
    { place: '--db-env-file', state: 'used', detail: '/opt/wa/db.env' },
    { place: 'WA_DB_* variables', state: 'not-needed', detail: null },
    { place: 'a client container', state: 'not-needed', detail: null },
  ],
  login: { from: '--db-env-file', engine: 'mysql', host: 'db-1', port: 3306, user: 'wa', hasPassword: true },
  client: null,
  connect: {
    target: 'db-1:3306',
    addresses: ['10.20.0.15'],
    address: '10.20.0.15',
    via: 'host',
    steps: [
      { step: 'dns', ms: 0.41 },
      { step: 'tcp', ms: 2.9 },
      { step: 'tls', ms: 8.8 },
      { step: 'login', ms: 3.2 },
      { step: 'query', ms: 3 },
    ],
    failed: null,
  },
  network: null,
} satisfies Measured;

/** The same where the server let nobody in. */
export const deniedConnect: Readonly<Record<string, Json>> & Measured = {
  ...sampleConnect,
  value: 'login',
  display: 'authentication failed',
  connect: {
    ...sampleConnect.connect,
    steps: sampleConnect.connect.steps.slice(0, 3),
    failed: {
      step: 'login',
      kind: 'denied',
      message: "Access denied for user 'wa'@'10.20.0.7' (using password: YES)",
      code: 'ER_ACCESS_DENIED_ERROR',
    },
  },
};
