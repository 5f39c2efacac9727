import * as z from 'zod/mini';

// What answers are made of. Base units: bytes, milliseconds. `null` says "there is no such thing" or "not told".

export const text = z.string().check(z.maxLength(1 << 20));
export const count = z.int().check(z.nonnegative());
export const bytes = z.int().check(z.nonnegative());
export const ms = z.number().check(z.nonnegative());
export const maybe = <T extends z.ZodMiniType>(schema: T) => z.nullable(schema);

/** The types of the answers to some topics. */
export type Answers<Topics extends Record<string, z.ZodMiniType>> = { [Topic in keyof Topics]: z.infer<Topics[Topic]> };
