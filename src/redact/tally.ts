import type { Put, RuleName, Tally, Tier } from './rule.ts';

/** Pseudonyms of one rule that are told apart; more are counted and not named: a log may hold millions of addresses. */
const MOST_LABELS = 10_000;

type Row = { readonly tier: Tier; found: number; readonly labels: Set<string> };
type Rows = Map<string, Row>;

const rowOf = (rows: Rows, id: string, tier: Tier): Row => {
  const known = rows.get(id);
  if (known) return known;
  const row = { tier, found: 0, labels: new Set<string>() };
  rows.set(id, row);
  return row;
};

const tallyOf = (rows: Rows): Tally =>
  Object.fromEntries([...rows].map(([id, row]) => [id, { ...row, labels: [...row.labels] }]));

/** What several blocks, files or workers found, as one that grows. Each rule names at most 10,000 different labels. */
export const summing = (): { readonly add: (tally: Tally) => void; readonly found: () => Tally } => {
  const rows: Rows = new Map();
  return {
    add: (tally) => {
      for (const [id, { tier, found, labels }] of Object.entries(tally)) {
        const row = rowOf(rows, id, tier);
        row.found += found;
        for (const label of labels) if (row.labels.size < MOST_LABELS) row.labels.add(label);
      }
    },
    found: () => tallyOf(rows),
  };
};

/** The same, all at once. */
export const merged = (tallies: Iterable<Tally>): Tally => {
  const sum = summing();
  for (const tally of tallies) sum.add(tally);
  return sum.found();
};

/** A `Put` that counts. What gets itself for a label, a label of ours or an address that may stay, was no find. */
export const counting = (
  label: (rule: RuleName, value: string) => string,
): { readonly put: Put; readonly found: () => Tally } => {
  const rows: Rows = new Map();
  return {
    put: (rule, value) => {
      const text = label(rule, value);
      if (text === value) return value;
      const row = rowOf(rows, rule.id, rule.tier);
      row.found += 1;
      if (row.labels.size < MOST_LABELS) row.labels.add(text);
      return text;
    },
    found: () => tallyOf(rows),
  };
};
