import type { Tally } from '../redact/rule.ts';

/** Adds what was found in one part to what was found in another. */
export const together = (one: Tally, other: Tally): Tally => {
  const all: Record<string, Tally[string]> = { ...one };
  for (const [id, { tier, found, labels }] of Object.entries(other)) {
    const before = all[id];
    const both = before ? [...new Set([...before.labels, ...labels])] : labels;
    all[id] = { tier, found: found + (before?.found ?? 0), labels: both };
  }
  return all;
};

/** How many values were replaced. */
export const replacedIn = (found: Tally): number =>
  Object.values(found).reduce((sum, { found: times }) => sum + times, 0);
