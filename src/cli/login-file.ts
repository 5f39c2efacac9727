import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';

/** Refuses a `--db-env-file` that is no use at all, before the run: it was asked for. `path` is the whole of it. */
export const refuseUselessEnvFile = async (given: string, path: string): Promise<void> => {
  const { READ_TOO_LONG, READING_MS, readByOurselves } = await import('../host/live/login/read-values.ts');
  const wrong = (why: string) => new UsageError(`--db-env-file ${oneLine(given)}: ${oneLine(why)}`);
  const late = AbortSignal.timeout(READING_MS);
  const read = await readByOurselves(path, process.env, late).catch((error: unknown) => {
    throw wrong(late.aborted ? READ_TOO_LONG : error instanceof Error ? error.message : String(error));
  });
  if (!Object.keys(read.values).some((name) => name.startsWith('WA_DB_')))
    throw wrong('it sets no WA_DB_* variable, such as WA_DB_HOSTNAME');
};
