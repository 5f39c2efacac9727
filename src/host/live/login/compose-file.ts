import { resolve } from 'node:path';
import { composeWords, type ServiceWords } from './compose-services.ts';
import { type EnvFile, parseEnvFile } from './env-file.ts';
import type { ReadText } from './foreign-file.ts';
import { interpolated, type Lookup, nothingSeen, type Seen } from './interpolate.ts';

type Noted = { readonly [Kind in 'dollars' | 'unset' | 'repeated' | 'unknown']: Set<string> };

/** The environment of a service; `unknown`: those whose value takes a variable that is required and not set. */
export type ServiceEnvironment = EnvFile & { readonly unknown: readonly string[] };

const expanded = (text: string, lookup: Lookup, noted: (seen: Seen) => void): string => {
  const seen = nothingSeen();
  const value = interpolated(text, lookup, seen);
  noted(seen);
  return value;
};

/** The values of a service's `environment`; null where a variable is to be taken from a place that has none. */
const ownOf = (
  { environment }: ServiceWords,
  lookup: Lookup,
  noted: Noted,
  isNeeded: (name: string) => boolean,
): ReadonlyMap<string, string | null> => {
  const interpolatedValue = (name: string, text: string): string => {
    try {
      return expanded(text, lookup, ({ dollar, unset }) => {
        if (dollar) noted.dollars.add(name);
        if (unset) noted.unset.add(name);
      });
    } catch (error) {
      noted.unknown.add(name);
      if (!isNeeded(name)) return '';
      throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return new Map(
    [...environment].map(([name, text]) => [
      name,
      text === null ? (lookup(name) ?? null) : interpolatedValue(name, text),
    ]),
  );
};

/**
 * The environment of one service. A variable that cannot be told for want of another one is empty, and among the unknown;
 * rejects where it is needed, and where an env file cannot be read.
 */
export const environmentOf = async (
  words: ServiceWords,
  lookup: Lookup,
  read: ReadText,
  isNeeded: (name: string) => boolean,
): Promise<ServiceEnvironment> => {
  const noted: Noted = { dollars: new Set(), unset: new Set(), repeated: new Set(), unknown: new Set() };
  const own = ownOf(words, lookup, noted, isNeeded);
  const set = new Map([...own].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])));
  let values: ReadonlyMap<string, string> = set;
  for (const { path: written, folder, required, format } of words.files) {
    if (format !== null) throw new Error('it wants an env file of a format that only Compose itself reads');
    const path = resolve(
      folder,
      expanded(written, lookup, () => {}),
    );
    const text = await read(path, required);
    const env = parseEnvFile(text, (name) => lookup(name) ?? set.get(name), values);
    values = env.values;
    for (const kind of ['repeated', 'dollars', 'unset'] as const)
      for (const name of env[kind]) if (!own.has(name)) noted[kind].add(name);
  }
  const whole = new Map([...values].filter(([name]) => own.get(name) !== null));
  for (const [name, value] of set) whole.set(name, value);
  const [repeated, dollars, unset, unknown] = [noted.repeated, noted.dollars, noted.unset, noted.unknown];
  return {
    ...{ values: whole, repeated: [...repeated], dollars: [...dollars], unset: [...unset] },
    unknown: [...unknown],
  };
};

/** What Compose must know to start a service, and a login need not. */
const isOfLogin = (name: string): boolean => name.startsWith('WA_DB_');

/**
 * The environment of each service of a compose file that can be told; what its variables stand for comes from `lookup`.
 * Rejects where there is none that can.
 */
export const composeEnvironments = async (
  path: string,
  text: string,
  lookup: Lookup,
  read: ReadText,
): Promise<ReadonlyMap<string, EnvFile>> => {
  const { services } = await composeWords(path, text, read);
  const told = await Promise.all(
    services.map(([name, words]) =>
      environmentOf(words, lookup, read, isOfLogin).then(
        (environment) => ({ name, environment, wrong: null }),
        (error: Error) => ({ name, environment: null, wrong: new Error(`service ${name}: ${error.message}`) }),
      ),
    ),
  );
  const environments = new Map(told.flatMap(({ name, environment }) => (environment ? [[name, environment]] : [])));
  const wrong = told.find((one) => one.wrong)?.wrong;
  const needed = [...environments.values()].some(({ values }) => values.has('WA_DB_ENGINE'));
  if (wrong && !needed) throw wrong;
  return environments;
};
