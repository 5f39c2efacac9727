import * as z from 'zod/mini';
import type { Json } from '../model.ts';
import { type Ask, type Asking, keyOf, type Question } from './host.ts';

const json: z.ZodMiniType<Json> = z.json();

/** Answers by question; a refused question is kept as its error. */
const evidence = z.record(
  z.string(),
  z.union([z.strictObject({ value: json }), z.strictObject({ error: z.string() })]),
);
export type Evidence = z.infer<typeof evidence>;

/** A recording as a file: the evidence, and the plan it was taken for. */
export const recordingSchema = z.object({
  schemaVersion: z.string().check(z.regex(/^1\./, 'this tool reads recordings of version 1')),
  kind: z.literal('HostEvidence'),
  tool: z.object({ name: z.string(), version: z.string() }),
  recordedAt: z.string(),
  evidence,
});
export type Recording = z.infer<typeof recordingSchema>;

/** A question that is being answered, or was: whoever asks it again shares the answer. */
type Shared = { readonly answer: Promise<Json>; readonly askers: Set<Asking>; readonly stop: AbortController };

/**
 * Asks each question once and keeps the answer in `evidence`: the cache is the record. Those who ask the same share one
 * answer and its progress; it is given up when all of them gave up, and then it is no evidence and may be asked again.
 */
export const recorded = (ask: Ask, evidence: Evidence): Ask => {
  const asked = new Map<string, Shared>();
  const begin = (key: string, question: Question, first: Asking): Shared => {
    const askers = new Set([first]);
    const stop = new AbortController();
    const progress: Asking['progress'] = (told) => {
      for (const asker of askers) asker.progress(told);
    };
    const answer = ask(question, { signal: stop.signal, progress });
    const keep = (entry: Evidence[string]) => {
      if (!stop.signal.aborted) evidence[key] = entry;
    };
    answer.then(
      (value) => keep({ value }),
      (error: unknown) => keep({ error: error instanceof Error ? error.message : String(error) }),
    );
    return { answer, askers, stop };
  };
  return (question, asking) => {
    const key = keyOf(question);
    const shared = asked.get(key) ?? begin(key, question, asking);
    asked.set(key, shared);
    shared.askers.add(asking);
    const leave = () => {
      shared.askers.delete(asking);
      if (shared.askers.size > 0) return;
      shared.stop.abort(asking.signal.reason);
      if (asked.get(key) === shared) asked.delete(key);
    };
    if (asking.signal.aborted) leave();
    else asking.signal.addEventListener('abort', leave, { once: true });
    return shared.answer;
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
