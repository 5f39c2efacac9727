import { performance } from 'node:perf_hooks';
import { type ConnectStep, type DatabaseAnswers, STEPS } from '../../answers/database.ts';
import { ConnectError } from './connect-error.ts';

/** Longest time of one step, and of all steps of a connection together, ms: below the deadline of the question. */
const STEP = 4000;
const TRIP = 8000;

/** What is learnt on the way to a database: written as it goes, so that it also tells of a way that ended early. */
export type Trip = {
  addresses: readonly string[];
  address: string | null;
  /** The step it is at, or ended at. */
  at: ConnectStep;
  /** Steps that were passed, ms each. */
  spent: ReadonlyMap<ConnectStep, number>;
  passed: ReadonlySet<ConnectStep>;
  tls: DatabaseAnswers['connect']['tls'];
  tlsOffered: boolean | null;
  authentication: string | null;
  /** The database that was connected to. */
  database: string | null;
  readonly until: number;
};

/** A trip that starts now; a further attempt of one starts anew and has the same end. */
export const setOut = (before: Trip | null = null): Trip => ({
  addresses: [],
  address: null,
  at: 'dns',
  spent: new Map(),
  passed: new Set(),
  tls: null,
  tlsOffered: null,
  authentication: null,
  database: null,
  until: before?.until ?? performance.now() + TRIP,
});

/** The steps that were passed, in their order. */
export const stepsOf = (trip: Trip): DatabaseAnswers['connect']['steps'] =>
  STEPS.filter((step) => trip.passed.has(step)).map((step) => ({ step, ms: trip.spent.get(step) ?? 0 }));

const SILENT: Record<ConnectStep, (seconds: string) => string> = {
  dns: (seconds) => `the name was not resolved within ${seconds} s`,
  tcp: (seconds) => `no answer to the connection within ${seconds} s`,
  tls: (seconds) => `connected, and then no end of the TLS handshake within ${seconds} s`,
  login: (seconds) => `connected, and then no end of the login within ${seconds} s`,
  query: (seconds) => `logged in, and then no answer to a query within ${seconds} s`,
};

/**
 * Takes a step: times it, and ends it when it takes too long. A step may be taken in parts, of which the last one passes it;
 * what is taken "aside" counts for its limit alone. `work` is told how long it may take, ms.
 */
export const take = async <T>(
  trip: Trip,
  step: ConnectStep,
  work: (limit: number) => Promise<T>,
  how: 'whole' | 'part' | 'aside' = 'whole',
): Promise<T> => {
  trip.at = step;
  const start = performance.now();
  const before = trip.spent.get(step) ?? 0;
  const limit = Math.max(Math.min(STEP - before, trip.until - start), 1);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, refused) => {
    const words = SILENT[step](((before + limit) / 1000).toFixed(1));
    timer = setTimeout(() => refused(new ConnectError('no-answer', words)), limit);
  });
  try {
    const result = await Promise.race([work(limit), late]);
    if (how !== 'aside') trip.spent = new Map(trip.spent).set(step, before + performance.now() - start);
    if (how === 'whole') trip.passed = new Set(trip.passed).add(step);
    return result;
  } finally {
    clearTimeout(timer);
  }
};
