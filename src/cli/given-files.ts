import type { GivenOptions } from '../host/live/given/ask.ts';
import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';

/** Refuses files that were given to be judged and cannot be read, before the run: as they were given, and by their whole paths. */
export const refuseUnreadable = async (given: GivenOptions, whole: GivenOptions): Promise<void> => {
  const files = [
    ['--aws-template', given.awsTemplate, whole.awsTemplate],
    ['--account-certificate', given.accountCertificate, whole.accountCertificate],
  ] as const;
  for (const [option, name, path] of files) {
    if (name === null || path === null) continue;
    const { givenText } = await import('../host/live/given/ask.ts');
    await givenText(path, new AbortController().signal).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new UsageError(`${option} ${oneLine(name)}: ${oneLine(why)}`);
    });
  }
};
