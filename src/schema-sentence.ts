import * as z from 'zod/mini';
import { firstWrong } from './schema-words.ts';
import { didYouMean } from './usage-error.ts';

/** The keys that a schema allows at a path, for suggestions. */
const keysAt = (schema: unknown, [key, ...rest]: readonly PropertyKey[]): readonly string[] => {
  if (schema instanceof z.ZodMiniOptional) return keysAt(schema.def.innerType, key === undefined ? [] : [key, ...rest]);
  if (schema instanceof z.ZodMiniRecord) return key === undefined ? [] : keysAt(schema.def.valueType, rest);
  if (!(schema instanceof z.ZodMiniObject)) return [];
  return key === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[String(key)], rest);
};

/** The first thing wrong, as one sentence; an unknown key gets the nearest key that the schema has at that place. */
export const sentenceOf = (error: z.core.$ZodError, schema: z.ZodMiniType, name: string): string => {
  // A mistyped key is two issues, one unknown and one missing: the unknown one is what to mend.
  const mistyped = error.issues.find((issue) => issue.code === 'unrecognized_keys');
  if (mistyped) {
    const [key = ''] = mistyped.keys;
    const where = mistyped.path.length ? ` at ${mistyped.path.join('.')}` : '';
    return `${name}${where}: there is no "${key}" here${didYouMean(key, keysAt(schema, mistyped.path))}`;
  }
  const { at, words } = firstWrong(error);
  return `${name}${at && ` at ${at}`}: ${words}`;
};
