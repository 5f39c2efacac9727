import type { Result } from '../src/model.ts';

type Fields = Readonly<Record<string, unknown>>;

const figure = (value: unknown): string =>
  typeof value === 'number' && !Number.isInteger(value) ? String(Number(value.toPrecision(6))) : String(value);

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** A record of plain values, or of lists of them, on one line: "step tcp, ms 0.31"; null where it holds more than that. */
const asWords = (value: unknown): string | null => {
  if (isPlain(value)) return figure(value);
  if (Array.isArray(value)) return value.every(isPlain) ? value.map(figure).join(' ') : null;
  const all = Object.entries(value as Fields);
  // What is not known is left out of words, and kept beside numbers, where it means something: the last bin of a histogram.
  const entries = all.some(([, inner]) => typeof inner === 'string') ? all.filter(([, inner]) => inner !== null) : all;
  const words = entries.map(([key, inner]) => {
    if (inner === null) return `${key} none`;
    const told = typeof inner === 'object' && !Array.isArray(inner) ? null : asWords(inner);
    return told === null ? null : `${key} ${told}`;
  });
  return words.includes(null) ? null : words.join(', ');
};

/** So many short records are a picture in numbers, such as a histogram, and stand on one line. */
const MANY = 8;
const SHORT = 32;

const listed = (items: readonly unknown[], path: string): readonly (readonly [string, string])[] => {
  if (items.length === 0) return [[path, 'none']];
  if (items.every(isPlain)) return [[path, items.map(figure).join(', ')]];
  const told = items.map(asWords);
  const whole = told.filter((words) => words !== null);
  if (whole.length < told.length) return items.flatMap((item, at) => flat(item, `${path}.${at + 1}`));
  const short = whole.length > MANY && whole.every((words) => words.length <= SHORT);
  return short ? [[path, whole.join('; ')]] : whole.map((words) => [path, words] as const);
};

const flat = (value: unknown, path: string): readonly (readonly [string, string])[] => {
  if (typeof value !== 'object' || value === null) return [[path, figure(value)]];
  if (Array.isArray(value)) return listed(value, path);
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, path === '' ? key : `${path}.${key}`));
};

/** What was measured beside the figure itself, as flat pairs: `latency.all.p50`, `0.31`. */
export const evidenceOf = ({ measured }: Pick<Result, 'measured'>): readonly (readonly [string, string])[] => {
  const { value: _value, unit: _unit, stat: _stat, display: _display, ...data } = measured ?? {};
  return flat(data, '');
};
