import { askCompose } from './compose-program.ts';
import type { EnvFile } from './env-file.ts';
import { type Look, lookOf, nothingAt } from './place.ts';
import { IS_COMPOSE, READ_TOO_LONG, READING_MS, type ReadValues, readByOurselves } from './read-values.ts';
import { draftOfValues, type Values } from './values.ts';

const PLACE = '--db-env-file';
const OURS = 'read by this tool with the rules of Compose';

type Told = Pick<ReadValues, 'values' | 'service' | 'others'> & { readonly reader: string };

/** The same file as Compose reads it, where it is installed and nothing is taken from an environment that it is not given. */
const asComposeReads = async (path: string, ours: ReadValues, signal: AbortSignal): Promise<Told> => {
  // Which one is not told: what looks like its name may be a piece of a password.
  if (ours.taken) return { ...ours, reader: `${OURS}, as it takes a value from the environment` };
  const kind = IS_COMPOSE.test(path) ? 'compose' : 'env';
  const placeholders = Object.fromEntries(ours.guards.map((name) => [name, '0']));
  const composed = await askCompose(path, kind, placeholders, signal);
  const values = composed?.services.get(ours.service ?? 'login');
  if (!composed || !values) return { ...ours, reader: OURS };
  return { ...ours, values: Object.fromEntries(values), reader: `read by ${composed.program}` };
};

const ofLogin = (names: readonly string[]): readonly string[] => names.filter((name) => name.startsWith('WA_DB_'));

const notesOf = (
  { service, others, reader }: Told,
  { repeated, unset }: Omit<EnvFile, 'values'>,
): readonly string[] => [
  ...(service === null ? [] : [`service ${service}${others.length > 0 ? ` (${others.join(', ')} too)` : ''}`]),
  ...ofLogin(repeated).map((name) => `${name} is set more than once, the last one holds`),
  // Never which variable: what looks like its name may be a piece of a password.
  ...ofLogin(unset).map((name) => `${name} holds a $ that Compose reads as a variable, and it is not set`),
  reader,
];

/** `--db-env-file`, a file by its whole path: a db.env, or a compose file. */
export const fromEnvFile = async (path: string, environment: Values, signal: AbortSignal): Promise<Look> => {
  const late = AbortSignal.timeout(READING_MS);
  try {
    const bounded = AbortSignal.any([signal, late]);
    const ours = await readByOurselves(path, environment, bounded);
    const told = await asComposeReads(path, ours, bounded);
    const draft = draftOfValues(told.values);
    const dollar = ours.dollars.includes('WA_DB_PASSWORD');
    return lookOf(PLACE, draft, notesOf(told, ours), { exposed: ours.exposed, values: told.values, dollar });
  } catch (error) {
    if (signal.aborted) throw error;
    if (late.aborted) return nothingAt(PLACE, 'unreadable', READ_TOO_LONG);
    return nothingAt(PLACE, 'unreadable', error instanceof Error ? error.message : String(error));
  }
};
