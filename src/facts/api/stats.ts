import type { Json } from '../../model.ts';
import { errorsIn, fieldsOf, numberOf, textOf } from './nodes.ts';

/** One figure of a metric, with its labels. */
type Sample = { readonly labels: Readonly<Record<string, string>>; readonly value: number };

/** The metrics of one node; `name` is null on a single instance. */
export type NodeStats = { readonly name: string | null; readonly metrics: Readonly<Record<string, readonly Sample[]>> };

/** More than any client tells, less than what would take long to read. */
const MOST = { nodes: 128, metrics: 500, samples: 2000 };

const sampleOf = (value: Json | undefined): readonly Sample[] => {
  const fields = fieldsOf(value);
  const number = numberOf(fields?.['value']);
  if (number === null || number < 0) return [];
  const labels = Object.entries(fieldsOf(fields?.['labels']) ?? {}).flatMap(([name, label]) => {
    const text = typeof label === 'number' ? String(label) : textOf(label);
    return text === null ? [] : [[name, text] as const];
  });
  return [{ labels: Object.fromEntries(labels.slice(0, 20)), value: number }];
};

const samplesOf = (value: Json | undefined): readonly Sample[] | null => {
  const data = fieldsOf(value)?.['data'];
  return Array.isArray(data) ? data.slice(0, MOST.samples).flatMap(sampleOf) : null;
};

const metricsOf = (value: Json | undefined): NodeStats['metrics'] =>
  Object.fromEntries(
    Object.entries(fieldsOf(value) ?? {})
      .slice(0, MOST.metrics)
      .flatMap(([name, metric]) => {
        const samples = samplesOf(metric);
        return samples ? [[name, samples] as const] : [];
      }),
  );

/** Metrics by node of /v1/stats/app or /v1/stats/db; null where an answer holds none. Nodes without any are left out. */
export const statsIn = (body: Json, kind: 'app' | 'db'): readonly NodeStats[] | null => {
  const whole = fieldsOf(fieldsOf(fieldsOf(body)?.['stats'])?.[kind]);
  if (!whole) return null;
  const own = metricsOf(whole as Json);
  if (Object.keys(own).length > 0) return [{ name: null, metrics: own }];
  return Object.entries(whole)
    .slice(0, MOST.nodes)
    .map(([name, node]) => ({ name: name.slice(0, 300), metrics: metricsOf(node) }))
    .filter(({ metrics }) => Object.keys(metrics).length > 0);
};

/** Whether each node of /v1/stats/app or /v1/stats/db answers errors in place of metrics. */
export const isRefusedByAll = (body: Json, kind: 'app' | 'db'): boolean => {
  const nodes = Object.values(fieldsOf(fieldsOf(fieldsOf(body)?.['stats'])?.[kind]) ?? {});
  return nodes.length > 0 && nodes.every((node) => errorsIn(node).length > 0);
};

/** Metrics of the Webapp itself, by /metrics; null where an answer holds none. */
export const webMetricsIn = (body: Json): NodeStats['metrics'] | null => {
  const metrics = fieldsOf(body)?.['metrics'];
  return fieldsOf(metrics) ? metricsOf(metrics) : null;
};

const samples = ({ metrics }: Pick<NodeStats, 'metrics'>, name: string): readonly Sample[] =>
  Object.hasOwn(metrics, name) ? (metrics[name] ?? []) : [];

/** The sum of a metric's figures at one node; null where it is not told. */
export const sumOf = (node: Pick<NodeStats, 'metrics'>, name: string): number | null => {
  const all = samples(node, name);
  return all.length === 0 ? null : all.reduce((sum, { value }) => sum + value, 0);
};

/** The largest figure of a metric, and null where it is not told. */
export const mostOf = (node: Pick<NodeStats, 'metrics'>, name: string): number | null => {
  const all = samples(node, name);
  return all.length === 0 ? null : all.reduce((most, { value }) => Math.max(most, value), 0);
};

/** SQL statements of one node since its start: how many, what share failed (0 to 1), their mean time in ms. */
export type SqlFigures = { readonly requests: number; readonly errors: number; readonly meanMs: number | null };

/** Reads the counters of SQL statements; null where they are not told. */
export const sqlOf = (node: NodeStats): SqlFigures | null => {
  const good = sumOf(node, 'db_request_duration_us_count');
  const errors = sumOf(node, 'db_request_error_duration_us_count') ?? 0;
  const micros = sumOf(node, 'db_request_duration_us_sum');
  if (good === null) return null;
  return { requests: good + errors, errors, meanMs: micros === null || good === 0 ? null : micros / good / 1000 };
};

/** Callbacks since the start: how many, how many were taken, and the commonest results of the others. */
export type Callbacks = {
  readonly all: number;
  readonly good: number;
  readonly others: readonly (readonly [result: string, count: number])[];
};

/** Reads callbacks over all nodes; null where none of them tells any. */
export const callbacksOf = (nodes: readonly NodeStats[]): Callbacks | null => {
  const told = nodes.flatMap((node) => samples(node, 'callback_requests'));
  if (told.length === 0) return null;
  const byResult = new Map<string, number>();
  for (const { labels, value } of told) {
    const result = labels['result'] ?? 'no result';
    byResult.set(result, (byResult.get(result) ?? 0) + value);
  }
  const others = [...byResult]
    .filter(([result, count]) => result !== 'success' && count > 0)
    .toSorted((a, b) => b[1] - a[1]);
  return {
    all: [...byResult.values()].reduce((sum, count) => sum + count, 0),
    good: byResult.get('success') ?? 0,
    others: others.slice(0, 5),
  };
};
