import * as z from 'zod/mini';
import { checks } from '../../checks/index.ts';
import { manifestSchema } from '../bundle/manifest.ts';
import { diffOutput } from '../diff/report-diff.ts';
import { recordingSchema } from '../host/evidence.ts';
import { oneLine } from '../printable.ts';
import { specSchema } from '../read-spec.ts';
import { outputSchema } from '../report-schema.ts';
import {
  BUNDLE_SCHEMA,
  DIFF_SCHEMA,
  EVENT_SCHEMA,
  EVIDENCE_SCHEMA,
  REPORT_SCHEMA,
  SPEC_SCHEMA,
  WAIT_SCHEMA,
} from '../tool.ts';
import { didYouMean, UsageError } from '../usage-error.ts';
import { waitEvent, waitOutput } from '../wait/events.ts';
import { SCHEMAS as NAMES } from './program.ts';

const MAKERS: Readonly<
  Record<(typeof NAMES)[number], () => { readonly id: string; readonly title: string; readonly of: z.ZodMiniType }>
> = {
  report: () => ({
    id: REPORT_SCHEMA,
    title: 'What wa-preflight prints as JSON: a report, or an error',
    of: outputSchema,
  }),
  spec: () => ({
    id: SPEC_SCHEMA,
    title: 'A whole spec of wa-preflight; an overlay may leave out any of it',
    of: specSchema(checks),
  }),
  bundle: () => ({
    id: BUNDLE_SCHEMA,
    title: 'The manifest of a bundle: every file in it, and every file that is not',
    of: manifestSchema,
  }),
  diff: () => ({
    id: DIFF_SCHEMA,
    title: 'What wa-preflight diff prints as JSON: a comparison, or an error',
    of: diffOutput,
  }),
  evidence: () => ({
    id: EVIDENCE_SCHEMA,
    title: 'The recording of a host, as --record writes it',
    of: recordingSchema,
  }),
  wait: () => ({
    id: WAIT_SCHEMA,
    title: 'What wa-preflight wait --json prints: a report, or an error',
    of: waitOutput,
  }),
  event: () => ({ id: EVENT_SCHEMA, title: 'One line of wa-preflight wait --events', of: waitEvent }),
};

/** A JSON Schema (draft 2020-12) that the tool carries, by its name. */
export const schema = (name: string): string => {
  const known = NAMES.find((one) => one === name);
  if (!known) throw new UsageError(`there is no schema "${oneLine(name)}"${didYouMean(name, NAMES)}`);
  const { id, title, of } = MAKERS[known]();
  // What is read is described, not what it becomes: quantities are text in a spec.
  const { $schema, ...rest } = z.toJSONSchema(of, { target: 'draft-2020-12', io: 'input' });
  return `${JSON.stringify({ $schema, $id: id, title, ...rest }, null, 2)}\n`;
};
