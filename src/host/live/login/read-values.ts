import { basename, dirname, join } from 'node:path';
import { composeEnvironments } from './compose-file.ts';
import { type EnvFile, parseEnvFile } from './env-file.ts';
import { exposedMode, foreignFile, type ReadText } from './foreign-file.ts';
import type { Lookup } from './interpolate.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that a db.env or a compose file gives the client, and how that was found out: names only, but for `values`. */
export type ReadValues = Omit<EnvFile, 'values'> & {
  readonly values: Readonly<Record<string, string>>;
  /** Of a compose file: the service that has them, and others that have them too. */
  readonly service: string | null;
  readonly others: readonly string[];
  /** Something was taken from this program's environment. */
  readonly taken: boolean;
  /** Files that were read, and the modes of those that others may read. */
  readonly exposed: readonly string[];
  /** Variables without which Compose refuses the file, wherever they stand. */
  readonly guards: readonly string[];
};

export const IS_COMPOSE = /\.ya?ml$/i;
/** Longest time of reading a file and all that it names, ms: with the other places this stays below a question's deadline. */
export const READING_MS = 4500;
export const READ_TOO_LONG = `reading it takes longer than ${READING_MS / 1000} s`;
/** More files than a deployment has. */
const MOST_FILES = 30;
const GUARD = /(?<!\$)\$\{([A-Za-z_]\w*):?\?/g;
/** What decides where programs come from, or which Docker is spoken to, is never set for them. */
const NO_GUARD = /^(PATH|HOME|USER|TMPDIR|LC_.*|LANG.*|LD_.*|NODE_.*|DOCKER_.*|COMPOSE_.*|XDG_.*)$/;

/** Variables without which Compose refuses a file. */
export const guardsIn = (text: string): readonly string[] =>
  [...text.matchAll(GUARD)].flatMap(([, name = '']) => (NO_GUARD.test(name) ? [] : [name]));

const chosen = (all: ReadonlyMap<string, EnvFile>): readonly [string, EnvFile, readonly string[]] => {
  const having = [...all].filter(([, { values }]) => values.has('WA_DB_ENGINE'));
  const [first, ...others] = having;
  if (!first) throw new Error('none of its services is given WA_DB_ENGINE');
  return [first[0], first[1], others.map(([name]) => name)];
};

/**
 * What stands for a variable in these files: this program's environment, then the `.env` beside them, which is of no account
 * until it is asked for something.
 */
export const scopeOf = (environment: Environment, defaults: string | Error, beside: string) => {
  let took = false;
  let tookForDefaults = false;
  let usesDefaults = false;
  const parsed = (): ReadonlyMap<string, string> => {
    if (defaults instanceof Error) throw defaults;
    const ofEnvironment: Lookup = (name) => {
      tookForDefaults ||= environment[name] !== undefined;
      return environment[name];
    };
    try {
      return parseEnvFile(defaults, ofEnvironment).values;
    } catch (error) {
      throw new Error(`${beside}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  let values: ReadonlyMap<string, string> | null = null;
  const lookup: Lookup = (name) => {
    if (environment[name] !== undefined) {
      took = true;
      return environment[name];
    }
    values ??= parsed();
    usesDefaults ||= values.has(name);
    return values.get(name);
  };
  return {
    lookup,
    has: (name: string) => environment[name] !== undefined || (values?.has(name) ?? false),
    taken: () => took || (usesDefaults && tookForDefaults),
    usesDefaults: () => usesDefaults,
  };
};

/** Reads each file once, and one after the other: every reading takes a process of its own. */
export const inTurn = (read: ReadText): ReadText => {
  const texts = new Map<string, Promise<string>>();
  let turn: Promise<unknown> = Promise.resolve();
  return async (path, required = true) => {
    const key = `${required} ${path}`;
    const known = texts.get(key);
    if (known) return known;
    if (texts.size === MOST_FILES) throw new Error(`it names more than ${MOST_FILES} files`);
    const text = turn.then(() => read(path, required));
    turn = text.catch(() => {});
    texts.set(key, text);
    return text;
  };
};

/** Reads a db.env, or a compose file (.yml, .yaml), by our own reader. Rejects with a sentence that holds no value. */
export const readByOurselves = async (
  path: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<ReadValues> => {
  const exposed = new Set<string>();
  const read: ReadText = async (name, required = true) => {
    const file = await foreignFile(name, signal).catch((error: unknown) => {
      throw name === path ? error : new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    });
    if (!file && required) throw new Error(name === path ? 'there is no such file' : `there is no ${name}`);
    const mode = file && exposedMode(file.mode);
    if (mode) exposed.add(`${name} (${mode})`);
    return file?.text ?? '';
  };
  const beside = join(dirname(path), '.env');
  const [text, defaults] = await Promise.all([
    read(path),
    basename(path) === '.env' ? '' : read(beside, false).catch((error: Error) => error),
  ]);
  const scope = scopeOf(environment, defaults, beside);
  const [service, env, others] = IS_COMPOSE.test(path)
    ? chosen(await composeEnvironments(path, text, scope.lookup, inTurn(read)))
    : [null, parseEnvFile(text, scope.lookup), []];
  return {
    ...env,
    values: Object.fromEntries(env.values),
    service,
    others,
    taken: scope.taken(),
    exposed: [...exposed].filter((file) => scope.usesDefaults() || !file.startsWith(`${beside} (`)),
    guards: guardsIn(text).filter((name) => !scope.has(name)),
  };
};
