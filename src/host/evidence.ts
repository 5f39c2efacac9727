import * as z from 'zod';
import type { Json } from '../model.ts';
import { type Ask, keyOf } from './host.ts';

const json: z.ZodType<Json> = z.json();

/** Answers by question; a refused question is kept as its error. */
const evidence = z.record(
  z.string(),
  z.union([z.strictObject({ value: json }), z.strictObject({ error: z.string() })]),
);
export type Evidence = z.infer<typeof evidence>;

/** A recording as a file: the evidence, and the plan it was taken for. */
export const recordingSchema = z.object({
  schemaVersion: z.string().regex(/^1\./, 'this tool reads recordings of version 1'),
  kind: z.literal('HostEvidence'),
  tool: z.object({ name: z.string(), version: z.string() }),
  recordedAt: z.string(),
  evidence,
});
export type Recording = z.infer<typeof recordingSchema>;

/** Asks each question once and keeps the answer in `evidence`: the cache is the record. */
export const recorded = (ask: Ask, evidence: Evidence): Ask => {
  const asked = new Map<string, Promise<Json>>();
  return (question, asking) => {
    const key = keyOf(question);
    const known = asked.get(key);
    if (known) return known;
    const answer = ask(question, asking);
    asked.set(key, answer);
    answer.then(
      (value) => {
        evidence[key] = { value };
      },
      (error: unknown) => {
        evidence[key] = { error: error instanceof Error ? error.message : String(error) };
      },
    );
    return answer;
  };
};

/** Answers from evidence alone. What was never asked makes that one check unknown. */
export const replayed =
  (evidence: Evidence): Ask =>
  async (question) => {
    const key = keyOf(question);
    const entry = Object.hasOwn(evidence, key) ? evidence[key] : undefined;
    if (!entry) throw new Error(`the recording holds no answer to ${key}`);
    if ('error' in entry) throw new Error(entry.error);
    return entry.value;
  };
