import type { Json, Result } from '../../src/model.ts';

type Fields = Readonly<Record<string, Json | undefined>>;
export type Bucket = { readonly le: number | null; readonly count: number };

/** What a latency check measured, as far as it can be drawn. Times in ms. */
export type Latency = {
  readonly figures: Fields;
  readonly rounds: readonly Fields[];
  readonly histogram: readonly Bucket[];
  readonly strip: readonly number[];
  readonly seconds: number | null;
  readonly limit: number | null;
  /** What lies above the limit is alarming only where the check failed by it. */
  readonly above: 'red' | 'yellow';
};

const fieldsOf = (value: Json | undefined): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const bucketOf = (value: Json): Bucket | [] => {
  const { le, count } = fieldsOf(value) ?? {};
  return typeof count === 'number' && (typeof le === 'number' || le === null) ? { le, count } : [];
};

/** Reads what can be drawn of a result's figures; null where it measured no times. */
export const latencyOf = ({ measured, required, outcome }: Result): Latency | null => {
  const data = fieldsOf(measured?.['latency'] as Json | undefined) ?? measured;
  const histogram = listOf(data?.['histogram']).flatMap(bucketOf);
  const strip = listOf(data?.['strip']).filter((value) => typeof value === 'number');
  if (!data || (histogram.length === 0 && strip.length === 0)) return null;
  const seconds = data['seconds'];
  return {
    figures: fieldsOf(data['all'] as Json | undefined) ?? data,
    rounds: listOf(data['rounds'])
      .map(fieldsOf)
      .filter((round) => round !== null),
    histogram,
    strip,
    seconds: typeof seconds === 'number' ? seconds : null,
    limit: required?.unit === 'ms' && typeof required.value === 'number' ? required.value : null,
    above: outcome === 'fail' ? 'red' : 'yellow',
  };
};
