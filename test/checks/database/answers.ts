import type { DatabaseAnswers } from '../../../src/host/answers/database.ts';
import { latencyOf } from '../../../src/latency.ts';
import type { Json } from '../../../src/model.ts';
import { boring } from '../../support/hosts.ts';
import type { Answers } from '../../support/judged.ts';

type Over = { readonly [key: string]: Json };

/** What the boring host answers; each test breaks one thing of it. */
export const answers: Answers = Object.fromEntries(
  Object.entries(boring.evidence).flatMap(([key, entry]) => ('value' in entry ? [[key, entry.value] as const] : [])),
);

const isMap = (value: Json | Error | undefined): value is Over =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Error);

/** The boring answers of a topic of the database with something laid over them. */
export const over = (topic: keyof DatabaseAnswers, change: Over): Answers => {
  const key = `database "${topic}"`;
  const under = answers[key];
  return { ...answers, [key]: { ...(isMap(under) ? under : {}), ...change } };
};

/** The boring login with something laid over what was found. */
export const login = (change: Over): Answers => {
  const under = answers['database "login"'];
  const found = isMap(under) ? under['found'] : undefined;
  return over('login', { found: { ...(isMap(found) ? found : {}), ...change } });
};

/** Settings and states of the boring server with something laid over them; a null takes a name away. */
export const server = (variables: Record<string, string | null>, status: Record<string, string> = {}): Answers => {
  const under = answers['database "server"'];
  const whole = { ...(isMap(under) && isMap(under['variables']) ? under['variables'] : {}), ...variables };
  const kept = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== null));
  const states = isMap(under) && isMap(under['status']) ? under['status'] : {};
  return over('server', { variables: kept, status: { ...states, ...status } });
};

/** A refused question. */
export const refused = (topic: keyof DatabaseAnswers): Answers => ({
  ...answers,
  [`database "${topic}"`]: new Error('the server went away'),
});

/** Nowhere is a login. */
export const NO_LOGIN: Answers = over('login', {
  found: null,
  places: [{ place: '--db-env-file', state: 'not-given', detail: null }],
});

/** PostgreSQL in place of MySQL. */
export const postgresql = (change: Over = {}): Answers => ({
  ...login({ engine: 'postgresql' }),
  ...{ 'database "server"': { ...POSTGRESQL_SERVER, ...change } },
});
const POSTGRESQL_SERVER = {
  engine: 'postgresql',
  version: 'PostgreSQL 13.8 on x86_64-pc-linux-gnu',
  comment: null,
  signs: [],
  variables: { max_connections: '500', superuser_reserved_connections: '3', template1_encoding: 'UTF8' },
  status: { connections: '7' },
};

/** A latency answer from samples, ms, a list for each round. */
export const latency = (
  rounds: readonly (readonly number[])[],
  { wire, tcp, echo = 0.05 }: { wire?: number; tcp?: readonly number[]; echo?: number } = {},
): Answers => {
  const flat = (p: number) => ({ samples: 300, mean: p, p50: p, p90: p, p95: p, p99: p, max: p });
  const measured = latencyOf(
    rounds.map((durations) => ({
      durations,
      starts: durations.map((_, at) => at),
      length: durations.length,
    })),
  );
  const typical = wire ?? measured.all.p50 * 0.9;
  return over('latency', {
    latency: measured as unknown as Json,
    wire: flat(typical),
    tcp: [...(tcp ?? [typical])],
    echo: flat(echo),
  });
};

/** So many equal samples. */
export const same = (ms: number, many = 100): readonly number[] => Array.from({ length: many }, () => ms);
