import { fail, warn } from '../../check.ts';
import type { Finding } from '../../model.ts';
import { apart, milliseconds } from '../../units.ts';
import { mostOf, type NodeStats, type SqlFigures, sqlOf, sumOf } from './stats.ts';

/** A figure that is good below one bound, and bad above another. */
export type Band = { readonly warnFrom: number; readonly failAbove: number };

const where = (name: string | null): string => (name === null ? '' : ` at ${name}`);
const about = (name: string | null, what: string): string => (name === null ? what : `${name} ${what}`);

/** A number of things with its thousands apart: "48,200". */
export const counted = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');

/** What waits in a queue, held against a band. */
export const queueFinding = (
  [name, queue, waiting]: readonly [name: string | null, queue: string, waiting: number | null],
  { warnFrom, failAbove }: Band,
  words: { readonly what: string; readonly end: string; readonly remedy: string },
): readonly Finding[] => {
  if (waiting === null || waiting < warnFrom) return [];
  const is = `${counted(waiting)} ${words.what}${where(name)} (${queue})`;
  const extra = { subject: about(name, queue), remedy: words.remedy };
  return [
    waiting > failAbove
      ? fail(`${is}; at most ${counted(failAbove)} allowed${words.end}`, extra)
      : warn(`${is}; less than ${counted(warnFrom)} needed${words.end}`, extra),
  ];
};

/** Callbacks that wait in memory, of the 100,000 that fit. */
export const callbackQueue = (nodes: readonly NodeStats[], band: Band): readonly Finding[] =>
  nodes.flatMap((node) =>
    queueFinding([node.name, 'callback_queue_size', sumOf(node, 'callback_queue_size')], band, {
      what: 'callbacks wait',
      end: ', and at 100,000 the client refuses messages (error 1016)',
      remedy: 'Let the webhook answer 200 at once; where it does, raise webhooks.max_concurrent_requests.',
    }),
  );

export type SqlRule = {
  readonly warnErrorShare: number;
  readonly failErrorShare: number;
  /** Ms. */
  readonly meanAbove: number;
  readonly leastRequests: number;
};

const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;

const ofErrors = (name: string | null, { requests, errors }: SqlFigures, rule: SqlRule): readonly Finding[] => {
  const share = requests === 0 ? 0 : errors / requests;
  if (errors === 0 || share <= rule.warnErrorShare) return [];
  const bad = share > rule.failErrorShare && requests >= rule.leastRequests;
  return [
    (bad ? fail : warn)(
      `${counted(errors)} of ${counted(requests)} SQL statements failed${where(name)} since its start (${percent(share)})${bad ? `; at most ${percent(rule.failErrorShare)} allowed` : ''}`,
      {
        subject: about(name, 'SQL errors'),
        remedy:
          "Look for QSqlError in Coreapp's log, and mend what it names: connection, rights, locks or disk of the database.",
      },
    ),
  ];
};

const ofTime = (name: string | null, { requests, meanMs }: SqlFigures, rule: SqlRule): readonly Finding[] => {
  if (meanMs === null || requests < rule.leastRequests || meanMs <= rule.meanAbove) return [];
  const [is, most] = apart([meanMs, rule.meanAbove], milliseconds, 'ms');
  return [
    fail(`A SQL statement takes ${is} in the mean${where(name)}; at most ${most} allowed`, {
      subject: about(name, 'SQL time'),
      remedy: 'Look at the latency, the load and the size of the database: database.latency, database.size.',
    }),
  ];
};

/** SQL statements that failed or took long, by node. */
export const sqlFindings = (nodes: readonly NodeStats[], rule: SqlRule): readonly Finding[] =>
  nodes.flatMap((node) => {
    const sql = sqlOf(node);
    return sql ? [...ofErrors(node.name, sql, rule), ...ofTime(node.name, sql, rule)] : [];
  });

/** Connections that wait for a worker of the Webapp: some of them wait for us, all of them mean that workers are short. */
export const webFindings = (metrics: NodeStats['metrics'] | null, warnShare: number): readonly Finding[] => {
  if (!metrics) return [];
  const pending = mostOf({ metrics }, 'web_pending_connections');
  const room = mostOf({ metrics }, 'web_queue_len');
  if (pending === null || room === null || room === 0 || pending < room * warnShare) return [];
  const full = pending >= room;
  return [
    (full ? fail : warn)(
      `${counted(pending)} connections wait for a worker of the Webapp, of ${counted(room)} that may${full ? ': more are refused' : ''}`,
      { subject: 'web_pending_connections', remedy: 'Send fewer requests at a time, or run a second Webapp.' },
    ),
  ];
};
