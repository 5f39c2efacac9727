import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { oneLine } from '../printable.ts';
import { didYouMean, UsageError } from '../usage-error.ts';

/** How long a folder may take to tell what is in it, ms: it only helps to say what was meant. */
const PATIENCE = 500;
const IS_YAML = /\.ya?ml$/i;
/** The names that Compose itself looks for, in its order. */
const USUAL = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

const filesIn = async (folder: string): Promise<readonly string[]> => {
  const { promise: late, resolve } = Promise.withResolvers<readonly string[]>();
  const timer = setTimeout(() => resolve([]), PATIENCE);
  const names = readdir(folder).catch(() => []);
  const found = await Promise.race([names, late]);
  clearTimeout(timer);
  return found.filter((name) => IS_YAML.test(name));
};

/** What was meant by a path that leads to no Compose file, as the end of a sentence; empty where nothing is near. */
const meant = async (given: string, path: string, why: string): Promise<string> => {
  if (why === 'it is a folder') {
    const files = await filesIn(path);
    const usual = USUAL.find((name) => files.includes(name)) ?? files.find((name) => name.includes('compose'));
    return usual ? `, did you mean "${oneLine(join(given, usual))}"?` : '';
  }
  if (why === 'there is no such file') return didYouMean(basename(path), await filesIn(dirname(path)));
  return /\.env$/i.test(path) ? '; an env file is given with --db-env-file' : '';
};

/** Refuses a `--compose` file that is no use at all, before the run: it was asked for. `path` is the whole of it. */
export const refuseUselessCompose = async (given: string, path: string): Promise<void> => {
  const [{ composeDeployment }, { READ_TOO_LONG, READING_MS }] = await Promise.all([
    import('../host/live/docker/compose-deployment.ts'),
    import('../host/live/login/read-values.ts'),
  ]);
  const late = AbortSignal.timeout(READING_MS);
  const read = composeDeployment(path, late).catch(async (error: unknown) => {
    const why = late.aborted ? READ_TOO_LONG : error instanceof Error ? error.message : String(error);
    throw new UsageError(`--compose ${oneLine(given)}: ${oneLine(why)}${await meant(given, path, why)}`);
  });
  if ((await read).nothing !== null)
    throw new UsageError(
      `--compose ${oneLine(given)}: none of its services is the client's (Coreapp, Webapp), its database or its monitoring`,
    );
};
