import type * as z from 'zod/mini';
import { firstWrong } from '../schema-words.ts';
import { ANSWERS, EXEC_ANSWER, FILE_ANSWER, LIST_ANSWER } from './answers/answers.ts';
import { type Ask, keyOf, type Question } from './host.ts';

const schemaOf = ([method, topic]: Question): z.ZodMiniType | undefined => {
  if (method === 'readFile') return FILE_ANSWER;
  if (method === 'list') return LIST_ANSWER;
  if (method === 'exec') return EXEC_ANSWER;
  const topics: Record<string, z.ZodMiniType> = ANSWERS[method];
  return Object.hasOwn(topics, topic ?? '') ? topics[topic ?? ''] : undefined;
};

/** A host whose answers have the promised shape, or are errors: no check judges garbage. */
export const checked =
  (ask: Ask): Ask =>
  async (question, asking) => {
    const schema = schemaOf(question);
    if (!schema) throw new Error(`${keyOf(question)} is not a question that a host knows`);
    const answer = schema.safeParse(await ask(question, asking));
    if (answer.success) return answer.data as never;
    const { at, words } = firstWrong(answer.error);
    throw new Error(`the answer to ${keyOf(question)} makes no sense${at && ` at ${at}`}: ${words}`);
  };
