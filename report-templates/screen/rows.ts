import type { Pending, Report, Result } from '../../src/model.ts';
import { oneLine } from '../../src/printable.ts';
import { type State, stateOf } from '../words.ts';
import { PROBLEMS } from './signs.ts';

/** One check in the list. */
export type Item = {
  readonly kind: 'check';
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly state: State;
  readonly measured: string;
  readonly required: string;
  readonly of: Result | Pending;
};
export type Heading = { readonly kind: 'heading'; readonly title: string; readonly note: string };
export type Row = Item | Heading;
export type Sieve = { readonly filter: string; readonly problemsOnly: boolean };

export const isResult = (of: Result | Pending): of is Result => 'outcome' in of;

const figure = (result: Result): string => {
  if (result.measured) return result.measured.display;
  if (result.reason === 'needs') return `needs ${result.findings[0]?.subject ?? 'another check'}`;
  if (result.reason === 'left-out') return 'left out';
  if (result.reason === 'cancelled') return 'cancelled';
  return result.message.replace(/^Could not find out: /, '');
};

const ofResult = (result: Result): Item => ({
  kind: 'check',
  id: result.id,
  title: oneLine(result.title),
  group: result.group,
  state: stateOf(result),
  measured: oneLine(figure(result)),
  required: oneLine(result.waived ? `until ${result.waived.until}` : (result.required?.display ?? '')),
  of: result,
});

const ofPending = (pending: Pending): Item => ({
  kind: 'check',
  id: pending.id,
  title: oneLine(pending.title),
  group: pending.group,
  state: pending.state,
  measured: oneLine(pending.note ?? ''),
  required: oneLine(pending.required?.display ?? ''),
  of: pending,
});

/** Every check of a report in catalogue order, with a result or without. */
export const itemsOf = (report: Report): readonly Item[] => {
  const results = new Map(report.checks.map((result) => [result.id, ofResult(result)]));
  const pending = new Map(report.pending.map((one) => [one.id, ofPending(one)]));
  return report.run.planned.flatMap((id) => results.get(id) ?? pending.get(id) ?? []);
};

export const isProblem = ({ state }: Item): boolean => PROBLEMS.includes(state);

const wanted = ({ filter, problemsOnly }: Sieve) => {
  const sought = filter.toLowerCase();
  return (item: Item): boolean =>
    (!problemsOnly || isProblem(item)) &&
    [item.id, item.title, item.group, item.measured].some((text) => text.toLowerCase().includes(sought));
};

const counted = (items: readonly Item[]): string => {
  const count = (state: State) => items.filter((item) => item.state === state).length;
  const parts = [
    [count('pass'), 'passed'],
    [count('skip'), 'skipped'],
  ] as const;
  return parts.flatMap(([number, word]) => (number > 0 ? [`${number} ${word}`] : [])).join(', ');
};

const groups = (items: readonly Item[], note: (members: readonly Item[], group: string) => string): readonly Row[] => {
  const names = [...new Set(items.map(({ group }) => group))];
  return names.flatMap((name) => {
    const members = items.filter(({ group }) => group === name);
    return [{ kind: 'heading' as const, title: name.toUpperCase(), note: note(members, name) }, ...members];
  });
};

const section = (title: string, items: readonly Item[]): readonly Row[] =>
  items.length > 0 ? [{ kind: 'heading', title, note: String(items.length) }, ...items] : [];

/** The rows of the list: in catalogue order while running; when finished problems first, then waived, then the rest. */
export const rowsOf = (report: Report, sieve: Sieve): readonly Row[] => {
  const all = itemsOf(report);
  const items = all.filter(wanted(sieve));
  if (report.pending.length > 0)
    return groups(items, (_, group) => {
      const members = all.filter((item) => item.group === group);
      return `${members.filter(({ of }) => isResult(of)).length}/${members.length}`;
    });
  const problems = PROBLEMS.flatMap((state) => items.filter((item) => item.state === state));
  const waived = items.filter(({ state }) => state === 'waived');
  const rest = items.filter((item) => !isProblem(item) && item.state !== 'waived');
  return [...section('PROBLEMS', problems), ...section('WAIVED', waived), ...groups(rest, counted)];
};
