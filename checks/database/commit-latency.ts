import * as z from 'zod/mini';
import { defineCheck, pass, warn } from '../../src/check.ts';
import { loginOf } from '../../src/facts/database/login.ts';
import { intervalOf, latencyFigures } from '../../src/latency.ts';
import { duration, latencyLimit, milliseconds } from '../../src/units.ts';

/** How long the database takes to commit one row: what every message waits for. Asked only when it is wanted. */
export const databaseCommitLatency = defineCheck({
  id: 'database.commit-latency',
  title: 'Database commit latency',
  group: 'database',
  phase: 'before',
  needs: ['database.connect'],
  touches: 'Commits one row some hundred times, in a temporary table that is gone with the connection.',
  writes: 'commits some hundred rows in a temporary table',
  optIn: '--db-write-probe',
  remedy: "Move the database's files to a faster disk, or the database nearer to this host.",
  requirement: z.strictObject({ passP95: duration }),
  limit: ({ passP95 }) => latencyLimit('p95', passP95),
  async measure(host) {
    await loginOf(host);
    const { method, stoppedEarly, latency } = await host.database('commit-latency');
    const p95OfRounds = intervalOf(latency, 'p95');
    return { method, stoppedEarly, p95OfRounds, ...latencyFigures(latency, p95OfRounds) };
  },
  figure: ({ p95OfRounds: { median } }) => ({
    value: median,
    unit: 'ms',
    stat: 'p95',
    display: `p95 ${milliseconds(median)}`,
  }),
  judge({ stoppedEarly, samples, rounds, p95OfRounds: { median, low, high } }, { passP95 }) {
    const early = stoppedEarly ? ', stopped early' : '';
    const is = `Commits take ${milliseconds(median)} at p95 (${milliseconds(low)} to ${milliseconds(high)} in ${rounds} round${rounds === 1 ? '' : 's'}, ${samples} commits${early}), at most ${milliseconds(passP95)} advised`;
    if (high <= passP95) return pass(is);
    const straddles = low <= passP95;
    return warn(straddles ? `${is}; the interval straddles the limit` : is, {
      remedy: straddles
        ? 'Run this check again while the database is quiet.'
        : "Move the database's files to a faster disk, or the database nearer to this host.",
    });
  },
});
