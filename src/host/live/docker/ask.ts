import type * as z from 'zod/mini';
import type { Way } from './endpoint.ts';
import { jsonOf, request, unanswered, wordsOf } from './request.ts';

/** With the time that reaching the Engine may take, this stays below the common deadline of a question, ms. */
const PATIENCE = 6000;

/** What an Engine answers to a GET, in the shape that is used of it; rejects with one sentence where it does not. */
export const ask = async <T>(
  way: Way,
  path: string,
  schema: z.ZodMiniType<T>,
  signal: AbortSignal,
  patienceMs = PATIENCE,
): Promise<T> => {
  const [plain = path] = path.split('?');
  const answer = await request(way, { path }, signal, patienceMs).catch((error: unknown) => {
    throw unanswered(plain, error);
  });
  if (answer.status !== 200) throw new Error(`the Docker Engine answered ${plain} with ${wordsOf(answer)}`);
  const body = schema.safeParse(jsonOf(answer));
  if (!body.success) throw new Error(`the Docker Engine answered ${plain} with something that makes no sense`);
  return body.data;
};
