import * as z from 'zod/mini';
import { firstWrong } from '../schema-words.ts';
import { type Recording, recordingSchema } from './evidence.ts';

// What came out of a JSON parser is JSON: looking through all answers for that would take more memory than they do. Each
// answer is held against its own shape when it is asked for.
const shape = z.object({
  ...recordingSchema.shape,
  evidence: z.record(
    z.string(),
    z.union([z.strictObject({ value: z.unknown() }), z.strictObject({ error: z.string() })]),
  ),
});

/** The recording that some JSON is, or what is wrong with it, as the end of a sentence. */
export const recordingIn = (json: unknown): { readonly recording: Recording } | { readonly wrong: string } => {
  const read = shape.safeParse(json);
  if (read.success) return { recording: read.data as Recording };
  const { at, words } = firstWrong(read.error);
  return { wrong: `it is not a recording of this tool${at && ` at ${at}`} (${words})` };
};
