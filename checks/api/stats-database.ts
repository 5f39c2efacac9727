import * as z from 'zod/mini';
import { defineCheck, fail, pass, skip, warn } from '../../src/check.ts';
import { answerOf } from '../../src/facts/api/answer.ts';
import { statsIn, sumOf } from '../../src/facts/api/stats.ts';
import { counted, queueFinding } from '../../src/facts/api/stats-findings.ts';
import { troubleFinding } from '../../src/facts/api/trouble.ts';
import { duration, milliseconds } from '../../src/units.ts';

const many = z.int().check(z.nonnegative());

/** What the client counts in its database; slow on a large one, so asked only when it is wanted. */
export const apiStatsDatabase = defineCheck({
  id: 'api.stats-database',
  title: 'Statistics of the database',
  group: 'api',
  phase: 'after',
  needs: ['api.login'],
  optIn: '--stats-db',
  touches: 'GET /v1/stats/db, for which the client counts rows of its database: this loads a large one.',
  remedy: "Run the client's garbage collection, and let the webhook keep up.",
  requirement: z.strictObject({
    warnPending: many,
    failPending: many,
    maxRows: many,
    warnTime: duration,
    failTime: duration,
  }),
  limit: ({ warnPending }) => ({
    op: '<=',
    value: warnPending - 1,
    unit: '{row}',
    display: `< ${counted(warnPending)} pending`,
  }),
  async measure(host) {
    const { trouble, body, ms } = await answerOf(host, 'stats-db');
    const nodes = trouble ? [] : statsIn(body, 'db');
    if (!nodes) throw new Error('/v1/stats/db answers no metrics');
    const of = (name: string) => {
      const told = nodes.flatMap((node) => sumOf(node, name) ?? []);
      return told.length > 0 ? Math.max(...told) : null;
    };
    return {
      trouble,
      ms,
      callbacks: of('db_pending_callbacks'),
      messages: of('db_pending_messages'),
      rows: of('db_messages'),
    };
  },
  figure: ({ callbacks, ms }) => ({
    value: callbacks,
    unit: '{row}',
    display: `${callbacks === null ? 'not told' : `${counted(callbacks)} callbacks pending`}, answered in ${milliseconds(ms)}`,
  }),
  judge({ trouble, ms, callbacks, messages, rows }, { warnPending, failPending, maxRows, warnTime, failTime }) {
    if (trouble) return troubleFinding(trouble);
    if (callbacks === null && messages === null && rows === null)
      return skip('No node tells statistics of the database; of a cluster the primary master does.', {
        subject: 'api.health',
      });
    const band = { warnFrom: warnPending, failAbove: failPending };
    const slow = ms > failTime ? fail : warn;
    const findings = [
      ...queueFinding([null, 'db_pending_callbacks', callbacks], band, {
        what: 'callbacks are pending',
        end: '',
        remedy: 'Let the webhook answer 200 at once; where it does, raise webhooks.max_concurrent_requests.',
      }),
      ...queueFinding([null, 'db_pending_messages', messages], band, {
        what: 'messages are pending',
        end: '',
        remedy: 'See whether the client is connected (api.health), and how long its database takes (database.latency).',
      }),
      ...(rows !== null && rows > maxRows
        ? [
            warn(`${counted(rows)} messages are stored; garbage collection is due above ${counted(maxRows)}`, {
              subject: 'db_messages',
              remedy: 'Run the garbage collection of messages (services/message/gc), again until it stays below.',
            }),
          ]
        : []),
      ...(ms > warnTime
        ? [
            slow(
              `The client took ${milliseconds(ms)} to count; at most ${milliseconds(ms > failTime ? failTime : warnTime)} needed`,
              {
                subject: 'time',
                remedy: 'Look at the size and the latency of the database: database.size, database.latency.',
              },
            ),
          ]
        : []),
    ];
    if (findings.length > 0) return findings;
    return pass(
      `${counted(callbacks ?? 0)} callbacks and ${counted(messages ?? 0)} messages are pending, ${counted(rows ?? 0)} messages stored`,
    );
  },
});
