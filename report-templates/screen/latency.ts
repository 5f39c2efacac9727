import type { Json, Result } from '../../src/model.ts';

type Fields = Readonly<Record<string, Json | undefined>>;
export type Bucket = { readonly le: number | null; readonly count: number };

type Range = { readonly low: number; readonly high: number };

/** What a latency check measured, as far as it can be drawn. Times in ms. */
export type Latency = {
  readonly figures: Fields;
  readonly rounds: readonly Fields[];
  readonly histogram: readonly Bucket[];
  readonly strip: readonly number[];
  readonly seconds: number | null;
  /** The judged figure, the interval of it over the rounds, and that interval with what the tool itself may be off by. */
  readonly judged: { readonly stat: string; readonly value: number } | null;
  readonly roundsTaken: number | null;
  readonly interval: Range | null;
  readonly widened: Range | null;
  /** How much of the median, ms, is the way there and back; `share` runs from 0 to 1. */
  readonly network: {
    readonly whole: number;
    readonly part: number;
    readonly share: number;
    readonly tcp: number | null;
  } | null;
  readonly limit: number | null;
  /** What lies above the limit is alarming only where the check failed by it. */
  readonly above: 'red' | 'yellow';
};

export const fieldsOf = (value: Json | undefined): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
export const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const bucketOf = (value: Json): Bucket | [] => {
  const { le, count } = fieldsOf(value) ?? {};
  return typeof count === 'number' && (typeof le === 'number' || le === null) ? { le, count } : [];
};

const numberOf = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);

const rangeOf = (low: Json | undefined, high: Json | undefined): Range | null =>
  typeof low === 'number' && typeof high === 'number' && low <= high ? { low, high } : null;

const networkOf = (value: Json | undefined, whole: Json | undefined): Latency['network'] => {
  const { p50, share, tcp } = fieldsOf(value) ?? {};
  if (typeof p50 !== 'number' || typeof share !== 'number' || typeof whole !== 'number') return null;
  return { whole, part: p50, share, tcp: numberOf(tcp) };
};

/** Reads what can be drawn of a result's figures; null where it measured no times. */
export const latencyOf = ({ measured, required, outcome }: Result): Latency | null => {
  const data = fieldsOf(measured?.['latency'] as Json | undefined) ?? measured;
  const histogram = listOf(data?.['histogram']).flatMap(bucketOf);
  const strip = listOf(data?.['strip']).filter((value) => typeof value === 'number');
  if (!data || (histogram.length === 0 && strip.length === 0)) return null;
  const figures = fieldsOf(data['all'] as Json | undefined) ?? data;
  const judged = fieldsOf(data['judged'] as Json | undefined);
  const [low, high] = listOf(data['interval'] as Json | undefined);
  const { value, stat } = measured ?? {};
  return {
    figures,
    rounds: listOf(data['rounds'])
      .map(fieldsOf)
      .filter((round) => round !== null),
    histogram,
    strip,
    seconds: numberOf(data['seconds']),
    judged: typeof value === 'number' && typeof stat === 'string' ? { stat, value } : null,
    roundsTaken: numberOf(data['rounds']),
    interval: rangeOf(low, high),
    widened: rangeOf(judged?.['least'], judged?.['most']),
    network: networkOf(data['network'] as Json | undefined, figures['p50']),
    limit: required?.unit === 'ms' && typeof required.value === 'number' ? required.value : null,
    above: outcome === 'fail' ? 'red' : 'yellow',
  };
};
