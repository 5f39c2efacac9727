import { oneLine } from '../../src/printable.ts';
import type { Tally } from '../../src/redact/rule.ts';
import { counted, tiersTold } from './told.ts';

/** What was taken out of one file. */
export type FileFound = { readonly path: string; readonly found: Tally };

type Sum = { readonly rule: string; readonly tier: string; readonly found: number; readonly different: number };

/** The content of `redaction/report.json`: counts by rule and by file, never a value and never a label's value. */
export type RedactionReport = {
  readonly kind: 'RedactionReport';
  readonly schemaVersion: '1.0';
  readonly rules: readonly (Sum & { readonly files: number })[];
  readonly files: readonly { readonly path: string; readonly rules: readonly Sum[] }[];
};

const byName = (a: { readonly rule: string }, b: { readonly rule: string }): number => (a.rule < b.rule ? -1 : 1);

const sumsOf = (found: Tally): readonly Sum[] =>
  Object.entries(found)
    .filter(([, one]) => one.found > 0)
    .map(([rule, one]) => ({ rule, tier: one.tier, found: one.found, different: new Set(one.labels).size }))
    .toSorted(byName);

/** Sums over all files; a label that stands in two of them is one value. */
const totalsOf = (files: readonly FileFound[]): RedactionReport['rules'] => {
  const rules = new Map<string, { tier: string; found: number; labels: Set<string>; files: number }>();
  for (const { found } of files)
    for (const [rule, one] of Object.entries(found)) {
      if (one.found === 0) continue;
      const sum = rules.get(rule) ?? { tier: one.tier, found: 0, labels: new Set(), files: 0 };
      sum.found += one.found;
      sum.files += 1;
      for (const label of one.labels) sum.labels.add(label);
      rules.set(rule, sum);
    }
  return [...rules]
    .map(([rule, { tier, found, labels, files: count }]) => ({
      rule,
      tier,
      found,
      different: labels.size,
      files: count,
    }))
    .toSorted(byName);
};

export const redactionReport = (files: readonly FileFound[]): RedactionReport => ({
  kind: 'RedactionReport',
  schemaVersion: '1.0',
  rules: totalsOf(files),
  files: files.map(({ path, found }) => ({ path, rules: sumsOf(found) })),
});

const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows.map((row) =>
    row
      .map((text, at) => (at < 2 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
};

/** The same for people: `redaction/report.txt`. */
export const redactionText = (files: readonly FileFound[]): string => {
  const { rules, files: byFile } = redactionReport(files);
  const all: Tally = Object.fromEntries(
    rules.map(({ rule, tier, found }) => [rule, { tier: tier as 'credential', found, labels: [] }]),
  );
  const head = ['rule', 'kind', 'found', 'different', 'files'];
  const touched = byFile.filter((one) => one.rules.length > 0);
  const clean = byFile.length - touched.length;
  const lines = [
    rules.length === 0
      ? 'No rule found anything to replace.'
      : `Replaced: ${tiersTold(all)}. Values are nowhere in this report.`,
    '',
    ...(rules.length === 0
      ? []
      : table([
          head,
          ...rules.map((one) => [one.rule, one.tier, String(one.found), String(one.different), String(one.files)]),
        ])),
    '',
    ...touched.flatMap(({ path, rules: sums }) => [
      oneLine(path),
      ...sums.map(
        ({ rule, found, different }) => `  ${found} by ${rule}${different > 0 ? `, ${different} different` : ''}`,
      ),
    ]),
    ...(clean > 0
      ? [
          `${touched.length > 0 ? 'Nothing to replace in' : 'Looked at'} ${counted(clean, 'other file', 'other files')}.`,
        ]
      : []),
  ];
  return `${lines.join('\n')}\n`;
};
