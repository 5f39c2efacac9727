import { cut } from '../../report-templates/wrap.ts';
import type { BundleProgress, ConsentRow, MadeBundle } from '../bundle/bundle.ts';
import { oneLine } from '../printable.ts';
import { BUNDLE_RESULT_SCHEMA, TOOL } from '../tool.ts';
import { gigabytes } from '../units.ts';

// What is told of a bundle without a terminal UI: lines for people, documents for programs.

const sizeOf = (bytes: number | null): string => (bytes === null ? 'size not known' : gigabytes(bytes));

const table = (rows: readonly (readonly string[])[], width: number): string => {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return rows.map((row) => `${cut(line(row), width)}\n`).join('');
};

/** The consent list as lines. */
export const consentLines = (rows: readonly ConsentRow[], width: number): string =>
  `What can go in. Nothing leaves this server: you attach the file to the ticket yourself.\n${table(
    rows.map(({ part, raw, redacted, sources, title }) => [
      `  ${part}`,
      title,
      `${sources.length} ${sources.length === 1 ? 'file' : 'files'}`,
      sizeOf(raw),
      `redacted: ${redacted}`,
    ]),
    width,
  )}`;

/** `--estimate`, for people. */
export const estimateLines = (rows: readonly ConsentRow[], packed: number, width: number): string =>
  `${consentLines(rows, width)}About ${sizeOf(packed)} packed, as far as sizes are known. Nothing was collected.\n`;

/** `--estimate --json`. */
export const estimateDocument = (rows: readonly ConsentRow[], packed: number): unknown => ({
  ...{ $schema: BUNDLE_RESULT_SCHEMA, schemaVersion: '1.0', kind: 'BundleEstimate', tool: TOOL, packed },
  parts: rows.map(({ part, title, raw, redacted, sources }) => ({ part, title, raw, redacted, files: sources.length })),
});

const counted = (made: MadeBundle) => {
  const { files } = made.manifest;
  const states = [...new Set(files.map(({ state }) => state))].sort();
  return Object.fromEntries(states.map((state) => [state, files.filter((row) => row.state === state).length]));
};

/** What was made, as one document. */
export const resultDocument = (made: MadeBundle, exitCode: number): unknown => ({
  ...{ $schema: BUNDLE_RESULT_SCHEMA, schemaVersion: '1.0', kind: 'BundleResult', tool: TOOL },
  ...{ name: made.manifest.name, case: made.manifest.case, createdAt: made.manifest.createdAt, exitCode },
  complete: made.manifest.complete,
  volumes: made.volumes,
  files: counted(made),
  redactions: Object.fromEntries(
    Object.entries(made.found).map(([rule, { tier, found, labels }]) => [
      rule,
      { tier, found, different: labels.length },
    ]),
  ),
  lacks: made.manifest.files
    .filter(({ state }) => !['whole', 'empty'].includes(state))
    .map(({ path, part, state, reason }) => ({ path, part, state, reason: reason ?? null })),
});

const STEPS: Readonly<Record<BundleProgress['step'], string>> = {
  learning: 'learning the secrets of this host',
  collecting: 'collecting',
  packing: 'packing',
  proving: 'scanning again',
  done: 'done',
};

/** A line of progress. */
export const progressLine = ({ step, file, done, of, packed }: BundleProgress): string => {
  const many = step === 'collecting' ? ` ${done} of ${of}` : '';
  const size = packed > 0 ? `, ${gigabytes(packed)} packed` : '';
  return `${STEPS[step]}${many}${file === null ? '' : `: ${oneLine(file)}`}${size}`;
};
