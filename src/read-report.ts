import * as z from 'zod/mini';
import { lacking } from './complete.ts';
import { tooDeep } from './depth.ts';
import type { Report } from './model.ts';
import { oneLine, printableDeep } from './printable.ts';
import { reportSchema, reportVersion, type WrittenReport } from './report-schema.ts';
import { firstWrong } from './schema-words.ts';
import { UsageError } from './usage-error.ts';

/** Reads a saved report. What is none, of another major version, or lacks a planned check is a usage error. */
export const readReport = (json: unknown, name = 'the report'): Report => {
  if (tooDeep(json)) throw new UsageError(`${name} is nested deeper than any report is`);
  const data = printableDeep(json);
  const head = z.object({ kind: z.string(), schemaVersion: z.string() }).safeParse(data);
  if (!head.success) throw new UsageError(`${name} is not a report of this tool: it has no kind and schemaVersion`);
  if (head.data.kind !== 'HostReport')
    throw new UsageError(`${name} is not a report: its kind is "${oneLine(head.data.kind)}", not "HostReport"`);
  if (!reportVersion.safeParse(head.data.schemaVersion).success)
    throw new UsageError(`${name} has the version ${oneLine(head.data.schemaVersion)}; this tool reads version 1`);
  const read = reportSchema.safeParse(data);
  if (!read.success) {
    const { at, words } = firstWrong(read.error);
    throw new UsageError(`${name} is not a report of this tool${at && ` at ${oneLine(at)}`}: ${oneLine(words)}`);
  }
  const [first, ...more] = lacking(read.data);
  if (first !== undefined) {
    const others = more.length > 0 ? ` and ${more.length} more` : '';
    throw new UsageError(`${name} cannot be shown: ${oneLine(first)}${others} has not exactly one result in it`);
  }
  // What was read, not what the schema made of it: its keys keep their order, so that it is written as it was.
  return { ...(data as WrittenReport), pending: [] };
};
