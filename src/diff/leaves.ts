import type { Evidence } from '../host/evidence.ts';
import type { Json } from '../model.ts';
import { oneLine } from '../printable.ts';

/** Values of an answer by their path: `components.containerd.version`. Of a list each element by its name, its id, or itself. */
export type Leaves = ReadonlyMap<string, string>;

const NAMES = [
  'name',
  'container',
  'variable',
  'named',
  'path',
  'port',
  'step',
  'version',
  'where',
  'destination',
] as const;

/** More values of one answer are not compared, and no list is compared by place. */
const MOST_LEAVES = 20_000;

const nameOf = (element: Json): string | null => {
  if (typeof element !== 'object' || element === null) return element === null ? null : String(element);
  if (Array.isArray(element)) return typeof element[0] === 'string' ? element[0] : null;
  const named = Object.entries(element).find(([key, value]) => NAMES.some((name) => name === key) && value !== null);
  return named && typeof named[1] !== 'object' ? String(named[1]) : null;
};

const step = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

const gather = (value: Json, path: string, into: Map<string, string>): void => {
  if (into.size >= MOST_LEAVES) return;
  if (Array.isArray(value)) {
    const used = new Map<string, number>();
    for (const element of value) {
      const name = nameOf(element) ?? '-';
      const times = (used.get(name) ?? 0) + 1;
      used.set(name, times);
      const at = step(path, times === 1 ? name : `${name} (${times})`);
      // A plain element is there or not: its place in the list tells nothing.
      if (typeof element === 'object' && element !== null) gather(element, at, into);
      else into.set(at, 'yes');
    }
  } else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) gather(inner, step(path, key), into);
  else into.set(path, value === null ? 'none' : String(value));
};

/** The values of one answer; an answer that was refused is its error. */
export const leavesOf = (entry: Evidence[string]): Leaves => {
  const leaves = new Map<string, string>();
  if ('error' in entry) leaves.set('', `no answer: ${entry.error}`);
  else gather(entry.value, '', leaves);
  return leaves;
};

/** What a person may be shown of a value. */
export const shownValue = (value: string): string => {
  const line = oneLine(value);
  return line.length > 200 ? `${line.slice(0, 199).toWellFormed()}…` : line;
};
