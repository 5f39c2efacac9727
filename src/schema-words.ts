import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';

// zod/mini brings no words of its own. By its file: `z.locales` would bring every language.
z.config(en());

/** The first thing that is wrong with data: where ("" for the whole of it), and in zod's words. */
export const firstWrong = ({ issues }: z.core.$ZodError): { readonly at: string; readonly words: string } => ({
  at: issues[0]?.path.join('.') ?? '',
  words: issues[0]?.message ?? 'unreadable',
});
