import { basename, dirname, join } from 'node:path';
import { environmentOf } from './compose-file.ts';
import { askCompose } from './compose-program.ts';
import { composeWords } from './compose-services.ts';
import { foreignFile, type ReadText } from './foreign-file.ts';
import { interpolated, type Lookup, nothingSeen } from './interpolate.ts';
import { type Environment, guardsIn, inTurn, scopeOf } from './read-values.ts';

/** A service of a Compose file. Its environment holds secrets: this is never an answer. */
export type ComposeService = {
  readonly name: string;
  /** Null for a variable whose value cannot be told for want of another one. */
  readonly environment: Readonly<Record<string, string | null>>;
  /** All else that is said of it, its variables filled in. */
  readonly rest: Readonly<Record<string, unknown>>;
};

/** A Compose file, read. */
export type ReadCompose = {
  readonly project: string;
  readonly services: readonly ComposeService[];
  readonly networks: Readonly<Record<string, unknown>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  /** The env files that it names, by their whole paths. */
  readonly envFiles: readonly string[];
};

const DEEPEST = 20;
const GUARDED = /(?<!\$)\$\{([A-Za-z_]\w*):?\?[^}]*\}/g;

/** A text with its variables filled in; one that is required and not set is left empty. Null: something in it was not set. */
const filled = (text: string, lookup: Lookup): { readonly text: string; readonly whole: boolean } => {
  const seen = nothingSeen();
  try {
    const whole = interpolated(text, lookup, seen);
    return { text: whole, whole: !seen.unset };
  } catch {
    const without = text.replace(GUARDED, (_, name: string) => lookup(name) ?? '');
    try {
      return { text: interpolated(without, lookup, seen), whole: false };
    } catch {
      return { text: '', whole: false };
    }
  }
};

const filledIn = (value: unknown, fill: (text: string) => string, depth = 0): unknown => {
  if (typeof value === 'string') return fill(value);
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => filledIn(each, fill, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filledIn(each, fill, depth + 1)]));
};

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mapOf = (value: unknown): Readonly<Record<string, unknown>> => (isMap(value) ? value : {});

/** The name that Compose gives the project of a folder. https://docs.docker.com/compose/how-tos/project-name/ */
const projectOf = (given: string | undefined, folder: string): string => {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^-_a-z0-9]/g, '')
      .replace(/^[-_]+/, '');
  return plain(given ?? '') || plain(basename(folder)) || 'default';
};

/** What a dollar stands for twice in all that Compose prints. */
const undoubled = (value: unknown): unknown => filledIn(value, (text) => text.replaceAll('$$', () => '$'));

/** The same as Compose reads it, where it is installed and wants nothing that it is not given. */
const asComposeReads = async (path: string, ours: ReadCompose, signal: AbortSignal): Promise<ReadCompose> => {
  const composed = await askCompose(path, 'compose', {}, signal, ours.project);
  const document = mapOf(undoubled(composed?.document));
  if (!composed) return ours;
  const services = Object.entries(mapOf(document['services'])).map(([name, rest]) => ({
    name,
    environment: Object.fromEntries(composed.services.get(name) ?? []),
    rest: mapOf(rest),
  }));
  return { ...ours, services, networks: mapOf(document['networks']), volumes: mapOf(document['volumes']) };
};

/** An image without a tag that could not be filled in: "docker.whatsapp.biz/web:v${WA_API_VERSION}" is "docker.whatsapp.biz/web". */
const imageOf = (image: unknown, lookup: Lookup): unknown => {
  if (typeof image !== 'string') return image;
  const { text, whole } = filled(image, lookup);
  return whole ? text : text.replace(/:[^:/]*$/, '');
};

/**
 * Reads a Compose file by its whole path, with the variables of an environment and the `.env` beside it. `read` gives it the texts
 * of files; Compose itself may be asked where it is installed. Rejects with a sentence that holds no value of the file's.
 */
export const composeOf = async (
  path: string,
  environment: Environment,
  read: ReadText,
  signal: AbortSignal,
  byCompose = true,
): Promise<ReadCompose> => {
  const beside = join(dirname(path), '.env');
  const [text, defaults] = [await read(path), await read(beside, false).catch((error: Error) => error)];
  const scope = scopeOf(environment, defaults, beside);
  const { lookup } = scope;
  const words = await composeWords(path, text, read);
  const services: ComposeService[] = [];
  const envFiles = new Set<string>();
  const noting: ReadText = (file, required) => {
    envFiles.add(file);
    return read(file, required);
  };
  for (const [name, service] of words.services) {
    const { values, unknown } = await environmentOf(service, lookup, noting, () => false);
    const told = [...values].map(([key, value]) => [key, unknown.includes(key) ? null : value] as const);
    const rest = filledIn(service.rest, (each) => filled(each, lookup).text);
    const image = imageOf(service.rest['image'], lookup);
    services.push({ name, environment: Object.fromEntries(told), rest: { ...mapOf(rest), image } });
  }
  const fill = (part: Readonly<Record<string, unknown>>) => mapOf(filledIn(part, (each) => filled(each, lookup).text));
  const project = projectOf(
    words.name ? filled(words.name, lookup).text : lookup('COMPOSE_PROJECT_NAME'),
    dirname(path),
  );
  const ours: ReadCompose = {
    project,
    services,
    networks: fill(words.networks),
    volumes: fill(words.volumes),
    envFiles: [...envFiles],
  };
  const wanting = !byCompose || scope.taken() || guardsIn(text).some((name) => !scope.has(name));
  return wanting ? ours : asComposeReads(path, ours, signal);
};

/** Reads a Compose file that a person named, by its whole path. Rejects with a sentence. */
export const readCompose = (path: string, signal: AbortSignal): Promise<ReadCompose> => {
  const read: ReadText = async (name, required = true) => {
    const file = await foreignFile(name, signal).catch((error: unknown) => {
      throw name === path ? error : new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    });
    if (!file && required) throw new Error(name === path ? 'there is no such file' : `there is no ${name}`);
    return file?.text ?? '';
  };
  return composeOf(path, process.env, inTurn(read), signal);
};
