import type { Json, Measured } from '../../src/model.ts';
import { gibibytes } from '../../src/units.ts';

// All that was measured, as lines that people can read: "limit from: cgroup v2".

/** Shown elsewhere on the page: the figure itself. */
const ELSEWHERE = ['value', 'unit', 'stat', 'display'];
/** What a picture of a latency shows. */
const DRAWN = ['latency', 'histogram', 'strip', 'interval', 'judged', 'network', 'rounds', 'samples'].concat([
  'p50',
  'p90',
  'p95',
  'p99',
  'max',
]);
const LONGEST_FLAT = 120;
const MOST_LINES = 400;

const words = (key: string): string =>
  key.replace(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

const isBytes = (key: string, value: number, unit: string | undefined): boolean =>
  (unit === 'By' || /bytes|^size$|^free$|^available$/i.test(key)) && Number.isInteger(value) && value >= 2 ** 20;

const scalar = (key: string, value: Exclude<Json, object>, unit: string | undefined): string => {
  if (value === null) return 'not told';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'number') return value === '' ? 'empty' : value;
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  return isBytes(key, value, unit) ? `${gibibytes(value)} (${text} bytes)` : text;
};

const isScalar = (value: Json): value is Exclude<Json, object> => value === null || typeof value !== 'object';

/** An object of plain values on one line: "name vda, size 250 GiB". */
const flat = (value: Json, unit: string | undefined): string | null => {
  if (isScalar(value)) return scalar('', value, unit);
  if (Array.isArray(value)) return value.every(isScalar) ? value.map((one) => scalar('', one, unit)).join(', ') : null;
  const entries = Object.entries(value as Readonly<Record<string, Json>>);
  if (!entries.every(([, inner]) => isScalar(inner))) return null;
  return entries.map(([key, inner]) => `${words(key)} ${flat(inner, unit) ?? ''}`).join(', ');
};

const linesOf = (key: string, value: Json, unit: string | undefined, indent: string): readonly string[] => {
  const name = `${indent}${words(key)}`;
  if (isScalar(value)) return [`${name}: ${scalar(key, value, unit)}`];
  if (Array.isArray(value)) {
    if (value.length === 0) return [`${name}: none`];
    const joined = flat(value, unit);
    if (joined !== null) return [`${name}: ${joined}`];
    return [
      `${name}:`,
      ...value.flatMap((one: Json, at) => {
        const short = flat(one, unit);
        return short === null ? linesOf(String(at + 1), one, unit, `${indent}  `) : [`${indent}  · ${short}`];
      }),
    ];
  }
  const short = flat(value, unit);
  if (short !== null && short.length <= LONGEST_FLAT) return [`${name}: ${short || 'none'}`];
  const entries = Object.entries(value as Readonly<Record<string, Json>>);
  return [`${name}:`, ...entries.flatMap(([inner, data]) => linesOf(inner, data, unit, `${indent}  `))];
};

/** Everything that a check measured beside its figure and its picture, one fact a line. */
export const evidenceLines = (measured: Measured): readonly string[] => {
  const drawn = 'histogram' in measured || 'latency' in measured ? DRAWN : ['places'];
  const facts = Object.entries(measured).filter(([key]) => !ELSEWHERE.includes(key) && !drawn.includes(key));
  const lines = facts.flatMap(([key, value]) => (value === undefined ? [] : linesOf(key, value, measured.unit, '')));
  if (lines.length <= MOST_LINES) return lines;
  return [
    ...lines.slice(0, MOST_LINES),
    `… and ${lines.length - MOST_LINES} lines more, all of them in the saved report`,
  ];
};
