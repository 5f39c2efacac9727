import * as z from 'zod/mini';

/** A field of an Engine's answer that nothing hangs on: absent, or not as it should be, it is as if it were null. */
export const lenient = <T extends z.ZodMiniType>(schema: T) => z.catch(z.nullish(schema), null);
