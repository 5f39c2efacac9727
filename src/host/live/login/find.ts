import { resolve } from 'node:path';
import { passwordTraps } from '../../../facts/password-traps.ts';
import { type FoundLogin, type LoginPlace, PASSWORD_TRAPS } from '../../answers/database.ts';
import type { Asking } from '../../host.ts';
import type { Login, LoginOptions, TlsMode } from '../../login.ts';
import type { Chain } from '../database/access.ts';
import type { DockerAccess } from '../docker/access.ts';
import { differing } from './client.ts';
import { type Client, clientIn, fromClient, placeOf } from './client-place.ts';
import { type Draft, knownOf, NO_TLS_WISH } from './draft.ts';
import { type Look, lookOf, nothingAt } from './place.ts';
import { tlsOf } from './tls.ts';
import { fromUrl } from './url-place.ts';
import { draftOfValues, hasLogin, type Values } from './values.ts';

const ENV_FILE = '--db-env-file';
const VARIABLES = 'WA_DB_* variables';
const PROMPT = 'a prompt';

/** The reader of env and compose files is loaded where there is one to read. */
const inEnvFile = async (path: string | null, environment: Values, signal: AbortSignal): Promise<Look> =>
  path === null
    ? nothingAt(ENV_FILE, 'not-given')
    : (await import('./env-file-place.ts')).fromEnvFile(resolve(path), environment, signal);

const fromVariables = (environment: Values): Look =>
  hasLogin(environment)
    ? lookOf(VARIABLES, draftOfValues(environment), [], { values: environment })
    : nothingAt(VARIABLES, 'not-found');

/** What a person typed, with the TLS files of the place that they completed. */
const fromPerson = (given: Login, begun: Draft | null, asked: TlsMode | null): Look => {
  const { mode } = given.tls;
  const same = begun !== null && begun.engine === given.engine && begun.host === given.host;
  const wish = same ? begun.tls : NO_TLS_WISH;
  const from = mode === asked ? '--db-tls' : mode === wish.mode ? wish.from : PROMPT;
  return lookOf(PROMPT, { ...given, tls: { ...wish, mode, from }, lacks: [] }, []);
};

type Whole = Draft & { readonly [Key in 'engine' | 'host' | 'port' | 'user' | 'password']: NonNullable<Draft[Key]> };

const isWhole = (draft: Draft | null): draft is Whole => draft !== null && draft.lacks.length === 0;

/** A place after the one that was used: it is named, and not looked into. */
const passedOver = (place: string, given: boolean): Look =>
  nothingAt(place, 'not-needed', given ? 'given, but another place comes first' : null);

/** A place whose login gives way to the one that a person typed in: that one is meant. */
const setAside = (look: Look): Look => ({
  ...look,
  draft: null,
  places: look.places.map((place) => (place.state === 'used' ? { ...place, state: 'not-needed' } : place)),
});

const walked = async (
  { envFile, url, tls }: LoginOptions,
  signal: AbortSignal,
  given: Login | null,
  client: Promise<Client>,
): Promise<readonly Look[]> => {
  const environment: Values = process.env;
  const looks: Look[] = [];
  const steps: readonly (readonly [string, boolean, () => Look | Promise<Look>])[] = [
    [ENV_FILE, envFile !== null, () => inEnvFile(envFile, environment, signal)],
    [VARIABLES, false, () => fromVariables(environment)],
    ['--db-url', url !== null, () => fromUrl(url, environment, signal)],
    ['', false, async () => fromClient(await client)],
    [PROMPT, false, () => nothingAt(PROMPT, 'not-given')],
  ];
  for (const [place, isGiven, look] of steps) {
    const hit = looks.some(({ draft }) => isWhole(draft));
    looks.push(hit ? passedOver(place || placeOf(await client), isGiven) : await look());
  }
  if (!given) return looks;
  const begun = looks.find(({ draft }) => draft)?.draft ?? null;
  return [...looks.slice(0, -1).map(setAside), fromPerson(given, begun, tls)];
};

const passwordTrapsOf = (password: string, dollar: boolean): FoundLogin['passwordTraps'] => {
  const kinds = new Set<string>([...passwordTraps(password), ...(dollar ? ['dollar'] : [])]);
  return PASSWORD_TRAPS.filter((kind) => kinds.has(kind));
};

const places = (looks: readonly Look[], used: Look | null): LoginPlace[] =>
  looks.flatMap((look) =>
    look.places.map((one) =>
      look !== used && one.state === 'used'
        ? { ...one, state: 'not-needed', detail: 'has one, but another was typed' }
        : one,
    ),
  );

/**
 * Looks for a login in all places of the chain, in their order; the first that has a whole one is used, or the one that a person
 * typed. Where one waits to be asked for it (`personWaits`), a silent Engine does not keep them waiting.
 */
export const findLogin = async (
  options: LoginOptions,
  docker: DockerAccess,
  asking: Asking,
  given: Login | null,
  personWaits = false,
): Promise<Chain> => {
  const { signal } = asking;
  const client = clientIn(docker, signal, personWaits);
  // Whoever is cancelled meanwhile does not come to hear of it.
  client.catch(() => {});
  const looks = await walked(options, signal, given, client);
  const { backupTaken } = options;
  const look = looks.findLast(({ draft }) => isWhole(draft));
  const draft = look?.draft ?? null;
  if (!look || !isWhole(draft)) {
    const begun = looks.find((one) => one.draft)?.draft;
    const known = begun ? knownOf(begun, options.tls) : {};
    const told = { places: places(looks, null), found: null, client: null, backupTaken };
    return { told, login: null, known, noClient: null };
  }
  const { tls, told } = await tlsOf(draft.tls, look.from === PROMPT ? null : options.tls, signal);
  const { engine, host, port, socket, user, password, database, prefix, idleTimeoutMs } = draft;
  const plain = { engine, host, port, socket, user, database, prefix, idleTimeoutMs };
  const login: Login = { ...plain, password, tls };
  const running = await client;
  const found: FoundLogin = {
    from: look.from,
    ...plain,
    hasPassword: password !== '',
    tls: told,
    passwordTraps: passwordTrapsOf(password, look.dollar),
    readableByOthers: [...look.exposed],
  };
  const differs = 'none' in running ? null : differing(login, look.values, running.environment);
  return {
    told: {
      places: places(looks, look),
      found,
      client: 'none' in running || !differs ? null : { container: running.container, differs: [...differs] },
      backupTaken,
    },
    login,
    known: {},
    noClient: 'none' in running && !running.cutShort ? running.none : null,
  };
};
