import * as z from 'zod/mini';
import { PARTS, STATES } from '../host/source.ts';

const count = z.number().check(z.int(), z.nonnegative());

/** A row of the manifest: a file of the bundle, or one that was planned and is not there. */
const row = z.object({
  /** As it stands in the archive. */
  path: z.string(),
  /** Null where there is no file. */
  bytes: z.nullable(count),
  sha256: z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  part: z.enum(PARTS),
  /** In which of the files of the bundle, from 1. Null where there is no file. */
  volume: z.nullable(count),
  source: z.string(),
  collector: z.string(),
  /** When it was collected, RFC 3339. */
  time: z.string(),
  state: z.enum(STATES),
  /** Why it is not whole. */
  reason: z.optional(z.string()),
  /** How many values were replaced in it. */
  redactions: count,
});
export type Row = z.infer<typeof row>;

/** `manifest.json`: every file in the order of the archive, and every file that is not there, with its reason. */
export const manifestSchema = z.object({
  $schema: z.string(),
  schemaVersion: z.string().check(z.regex(/^1\./, 'this tool reads bundles of version 1')),
  kind: z.literal('BundleManifest'),
  tool: z.object({ name: z.string(), version: z.string() }),
  name: z.string(),
  createdAt: z.string(),
  case: z.nullable(z.string()),
  volume: count,
  volumes: count,
  window: z.nullable(z.object({ since: z.string(), until: z.string() })),
  complete: z.boolean(),
  files: z.array(row),
});
export type Manifest = z.infer<typeof manifestSchema>;
