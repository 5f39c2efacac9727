import type { DatabaseAnswers } from '../../host/answers/database.ts';
import type { Interval } from '../../latency.ts';
import { milliseconds } from '../../units.ts';

type Latency = DatabaseAnswers['latency'];

/** The limits of a spec, ms, and what the tool's own figures may be off by. */
export type LatencyLimits = {
  readonly passP95: number;
  readonly failP95: number;
  readonly errorFixed: number;
  readonly errorShare: number;
  readonly leastSamples: number;
  readonly leastRounds: number;
};

/** The judged figure, ms: its rounds, and the same interval with the tool's own error on both sides. */
export type Figure = Interval & {
  readonly error: number;
  readonly least: number;
  readonly most: number;
  /** Fewer samples or rounds than a verdict wants: then half of the figure counts as error. */
  readonly few: boolean;
  /** This machine alone takes more than a fifth of the pass limit for an echo within itself. */
  readonly noisy: boolean;
};

const NOISE_SHARE = 0.2;
const FEW_SHARE = 0.5;

/** The interval in which the true figure lies: the rounds' own, widened by what the tool and the machine may add. */
export const figureOf = (
  interval: Interval,
  { samples, rounds, echoP95 }: { readonly samples: number; readonly rounds: number; readonly echoP95: number },
  { passP95, errorFixed, errorShare, leastSamples, leastRounds }: LatencyLimits,
): Figure => {
  const few = samples < leastSamples || rounds < leastRounds;
  const own = Math.max(errorFixed + errorShare * interval.median, echoP95);
  const error = few ? Math.max(own, FEW_SHARE * interval.median) : own;
  const [least, most] = [Math.max(0, interval.low - error), interval.high + error];
  return { ...interval, error, least, most, few, noisy: echoP95 > NOISE_SHARE * passP95 };
};

/** Where an interval lies: below the pass limit, above the fail limit, clear in between, or across one of them. */
export type Place = 'within' | 'between' | 'above' | 'straddles';

export const placeOf = ({ least, most }: Figure, { passP95, failP95 }: LatencyLimits): Place => {
  if (most <= passP95) return 'within';
  if (least > failP95) return 'above';
  return least > passP95 && most <= failP95 ? 'between' : 'straddles';
};

const medianOf = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  if (sorted.length === 0) return null;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
};

/** How much of a round trip is the way there and back, at the median, ms; `share` runs from 0 to 1. */
export type NetworkShare = { readonly p50: number; readonly tcp: number | null; readonly share: number };

export const networkShare = ({ latency, wire, tcp }: Pick<Latency, 'latency' | 'wire' | 'tcp'>): NetworkShare => {
  const whole = latency.all.p50;
  const p50 = Math.min(wire.p50, whole);
  return { p50, tcp: medianOf(tcp), share: whole > 0 ? p50 / whole : 0 };
};

/** What takes the time: the network, something that accepts connections quickly and passes them on slowly, or the server. */
export type Slow = 'network' | 'between' | 'server';

export const slowPart = ({ p50, tcp, share }: NetworkShare): Slow => {
  if (share < 0.5) return 'server';
  return tcp !== null && tcp < 0.5 * p50 ? 'between' : 'network';
};

export const SLOW_REMEDIES: Readonly<Record<Slow, string>> = {
  network: 'Move the database into the same zone or network as this host.',
  between:
    'Find what stands between: connections are accepted quickly and answered slowly, as by a proxy or a busy server.',
  server: 'Find what keeps the server busy: its load, its disk, its memory, locks.',
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The network's part in words: "of 6.1 ms at the median, 5.9 ms (97 %) is the network". */
export const shareWords = (whole: number, network: NetworkShare): string => {
  const { p50, tcp, share } = network;
  const part = `of ${milliseconds(whole)} at the median, ${milliseconds(p50)} (${percent(share)})`;
  return slowPart(network) === 'between'
    ? `${part} is the way to the server and back, though TCP connects within ${milliseconds(tcp ?? 0)}`
    : `${part} is the network`;
};
