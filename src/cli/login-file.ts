import { resolve } from 'node:path';
import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';

/** Refuses a `--db-env-file` that is no use at all, before the run: it was asked for. */
export const refuseUselessEnvFile = async (path: string): Promise<void> => {
  const { readByOurselves } = await import('../host/live/login/read-values.ts');
  const wrong = (why: string) => new UsageError(`--db-env-file ${oneLine(path)}: ${oneLine(why)}`);
  const read = await readByOurselves(resolve(path), process.env, new AbortController().signal).catch(
    (error: unknown) => {
      throw wrong(error instanceof Error ? error.message : String(error));
    },
  );
  if (!Object.keys(read.values).some((name) => name.startsWith('WA_DB_')))
    throw wrong('it sets no WA_DB_* variable, such as WA_DB_HOSTNAME');
};
