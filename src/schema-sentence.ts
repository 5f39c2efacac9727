import * as z from 'zod';
import { didYouMean } from './usage-error.ts';

/** The keys that a schema allows at a path, for suggestions. */
const keysAt = (schema: unknown, [key, ...rest]: readonly PropertyKey[]): readonly string[] => {
  if (schema instanceof z.ZodOptional) return keysAt(schema.unwrap(), key === undefined ? [] : [key, ...rest]);
  if (schema instanceof z.ZodRecord) return key === undefined ? [] : keysAt(schema.valueType, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  return key === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[String(key)], rest);
};

/** The first thing wrong, as one sentence; an unknown key gets the nearest key that the schema has at that place. */
export const sentenceOf = (error: z.ZodError, schema: z.ZodType, name: string): string => {
  // A mistyped key is two issues, one unknown and one missing: the unknown one is what to mend.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
  const where = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return `${name}${where}: there is no "${key}" here${didYouMean(key, keysAt(schema, issue.path))}`;
  }
  return `${name}${where}: ${issue?.message ?? 'not a spec'}`;
};
