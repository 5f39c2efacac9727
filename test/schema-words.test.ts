import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { firstWrong } from '../src/schema-words.ts';

const wrong = (schema: z.ZodMiniType, data: unknown) => {
  const { error } = schema.safeParse(data);
  return error && firstWrong(error);
};

describe('the first thing that is wrong with data', () => {
  const schema = z.object({ sizes: z.array(z.int()), until: z.optional(z.iso.date()) });

  it('is said in words, with its place', () => {
    expect(wrong(schema, { sizes: [1, '2'] })).toEqual({
      at: 'sizes.1',
      words: 'Invalid input: expected number, received string',
    });
    expect(wrong(schema, { sizes: [], until: 'soon' })).toEqual({ at: 'until', words: 'Invalid ISO date' });
  });

  it('has no place where it is the whole', () =>
    expect(wrong(schema, null)).toEqual({ at: '', words: 'Invalid input: expected object, received null' }));

  it('keeps the words of a schema of ours', () =>
    expect(wrong(z.string().check(z.regex(/^1\./, 'version 1 is needed')), '2.0')?.words).toBe('version 1 is needed'));
});
