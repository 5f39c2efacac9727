import type { ReportDiff } from '../src/diff/report-diff.ts';

/** A comparison as one JSON document and a newline. */
export const write = (diff: ReportDiff): string => `${JSON.stringify(diff, null, 2)}\n`;
