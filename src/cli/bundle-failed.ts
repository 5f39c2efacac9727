import { SecretLeft } from '../bundle/secret-left.ts';
import { OutputError } from '../output-error.ts';
import { errorDocument } from './error-document.ts';
import type { ShowOptions } from './options.ts';
import { print } from './output.ts';

/** What a person can do about a secret that is left; the rule and the file were named. */
const REMEDY = 'nothing was written; name it in --redact-rules FILE, or leave that file out';

/** Throws on what kept a bundle from being written, as exit 74 has it; who reads JSON gets the one document about it. */
export const failed = async (error: unknown, { format }: Pick<ShowOptions, 'format'>): Promise<never> => {
  const left = error instanceof SecretLeft;
  const told = left ? new OutputError(`${error.message}; ${REMEDY}`) : error;
  if (told instanceof OutputError && format === 'json')
    await print(process.stdout, errorDocument(left ? 'secret-left' : 'output', told.message)).catch(() => {});
  throw told;
};
