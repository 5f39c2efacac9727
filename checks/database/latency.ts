import * as z from 'zod/mini';
import { defineCheck, fail, pass, unknown, warn } from '../../src/check.ts';
import {
  figureOf,
  networkShare,
  placeOf,
  SLOW_REMEDIES,
  shareWords,
  slowPart,
} from '../../src/facts/database/latency.ts';
import { loginOf } from '../../src/facts/database/login.ts';
import { intervalOf, latencyFigures } from '../../src/latency.ts';
import { duration, latencyLimit, milliseconds, ratio } from '../../src/units.ts';

const QUIET = 'Run this check again while this host and the database are quiet.';

/** Round trips of a query on one open connection, judged by p95 over the rounds with the tool's own error on both sides. */
export const databaseLatency = defineCheck({
  id: 'database.latency',
  title: 'Database latency',
  group: 'database',
  phase: 'before',
  needs: ['database.connect'],
  touches:
    'Sends a constant query a few thousand times over one connection, in a few seconds, with nothing else running.',
  writes: 'keeps the database busy with a few thousand queries for a few seconds',
  remedy: 'Move the database into the same zone or network as this host.',
  requirement: z.strictObject({
    passP95: duration,
    failP95: duration,
    /** What the tool's own figures may be off by: a fixed part, and a share of the figure. */
    errorFixed: duration,
    errorShare: ratio,
    leastSamples: z.int().check(z.positive()),
    leastRounds: z.int().check(z.positive()),
  }),
  limit: ({ passP95 }) => latencyLimit('p95', passP95),
  async measure(host, limits) {
    const { host: name, port, socket } = await loginOf(host);
    const { method, encrypted, stoppedEarly, latency, wire, tcp, echo } = await host.database('latency');
    const p95OfRounds = intervalOf(latency, 'p95');
    const told = { samples: latency.all.samples, rounds: latency.rounds.length, echoP95: echo.p95 };
    return {
      target: socket ?? `${name}:${port}`,
      ...{ method, encrypted, stoppedEarly, wire, tcp, echo },
      network: networkShare({ latency, wire, tcp }),
      judged: figureOf(p95OfRounds, told, limits),
      ...latencyFigures(latency, p95OfRounds),
    };
  },
  figure: ({ judged: { median } }) => ({
    value: median,
    unit: 'ms',
    stat: 'p95',
    display: `p95 ${milliseconds(median)}`,
  }),
  judge({ target, stoppedEarly, p50, samples, rounds, network, judged, echo }, limits) {
    const { median, least, most, few, noisy } = judged;
    const place = placeOf(judged, limits);
    const early = stoppedEarly ? ', stopped early' : '';
    const taken = `${samples} round trips in ${rounds} round${rounds === 1 ? '' : 's'}`;
    const is = `Queries take ${milliseconds(median)} at p95 (${milliseconds(least)} to ${milliseconds(most)} with the tool's own error; ${taken}${early}), at most ${milliseconds(limits.passP95)} needed; ${shareWords(p50, network)}`;
    const little = few ? `; ${taken} are few, so half of the figure counts as error` : '';
    const subject = target;
    const remedy = SLOW_REMEDIES[slowPart(network)];
    if (place === 'within') return pass(`${is}${little}`, { subject });
    if (place === 'above') return fail(`${is}${little}`, { subject, remedy });
    if (place === 'between') return warn(`${is}${little}`, { subject, remedy });
    const limit = least <= limits.passP95 ? limits.passP95 : limits.failP95;
    const straddles = `${is}; the interval straddles the limit of ${milliseconds(limit)}${little}`;
    if (noisy)
      return unknown(
        `${straddles}; this machine is noisy: an echo within itself takes ${milliseconds(echo.p95)} at p95`,
        {
          subject,
          remedy: QUIET,
        },
      );
    return warn(straddles, { subject, remedy: few ? QUIET : remedy });
  },
});
