import type * as z from 'zod/mini';
import type { Way } from './endpoint.ts';
import { type Answer, jsonOf, request, unanswered, wordsOf } from './request.ts';

/** With the time that reaching the Engine may take, this stays below the common deadline of a question, ms. */
const PATIENCE = 6000;

const plainOf = (path: string): string => path.split('?')[0] ?? path;

const answerTo = (way: Way, path: string, signal: AbortSignal, patienceMs: number): Promise<Answer> =>
  request(way, { path }, signal, patienceMs).catch((error: unknown) => {
    throw unanswered(plainOf(path), error);
  });

const bodyOf = <T>(answer: Answer, path: string, schema: z.ZodMiniType<T>): T => {
  if (answer.status !== 200) throw new Error(`the Docker Engine answered ${plainOf(path)} with ${wordsOf(answer)}`);
  const body = schema.safeParse(jsonOf(answer));
  if (!body.success) throw new Error(`the Docker Engine answered ${plainOf(path)} with something that makes no sense`);
  return body.data;
};

/** What an Engine answers to a GET, in the shape that is used of it; rejects with one sentence where it does not. */
export const ask = async <T>(way: Way, path: string, schema: z.ZodMiniType<T>, signal: AbortSignal): Promise<T> =>
  bodyOf(await answerTo(way, path, signal, PATIENCE), path, schema);

/** The same within a time of its own, ms, and null where the Engine knows no such thing (404). */
export const askIfThere = async <T>(
  way: Way,
  path: string,
  schema: z.ZodMiniType<T>,
  signal: AbortSignal,
  patienceMs: number,
): Promise<T | null> => {
  const answer = await answerTo(way, path, signal, patienceMs);
  return answer.status === 404 ? null : bodyOf(answer, path, schema);
};
