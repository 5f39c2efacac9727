import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';

/** Refuses an `--api-ca` that holds no certificate, before the run: as it was given, and by its whole path. */
export const refuseUselessCa = async (given: string, path: string): Promise<void> => {
  const { foreignFile } = await import('../host/live/login/foreign-file.ts');
  const wrong = (why: string) => new UsageError(`--api-ca ${oneLine(given)}: ${oneLine(why)}`);
  const file = await foreignFile(path, new AbortController().signal).catch((error: unknown) => {
    throw wrong(error instanceof Error ? error.message : String(error));
  });
  if (!file) throw wrong('there is no such file');
  if (!file.text.includes('-----BEGIN CERTIFICATE-----')) throw wrong('it holds no certificate (PEM)');
};

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
