import { dirname, resolve } from 'node:path';
import { type Document, documentIn, type Service, type Services } from './compose-document.ts';
import type { ReadText } from './foreign-file.ts';

// What a compose file says of its services, as far as our own reader goes: `environment` and `env_file` as such, all else as it
// stands, with `extends`, `include`, anchors and merge keys followed.
// https://github.com/compose-spec/compose-spec/blob/main/05-services.md

/** A service's own words over those of what it extends, nothing of them interpolated yet. */
export type ServiceWords = {
  readonly files: readonly {
    readonly path: string;
    /** What the path is relative to. */
    readonly folder: string;
    readonly required: boolean;
    readonly format: string | null;
  }[];
  /** Null for a variable that is taken from the environment. */
  readonly environment: ReadonlyMap<string, string | null>;
  /** All else that it says, as it stands there. */
  readonly rest: Readonly<Record<string, unknown>>;
};

/** A compose file with all that it includes. */
export type ComposeWords = {
  readonly name: string | null;
  readonly services: readonly (readonly [string, ServiceWords])[];
  readonly networks: Readonly<Record<string, unknown>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};

const MOST_EXTENDED = 20;

const named = (environment: Service['environment']): readonly (readonly [string, string | null])[] =>
  Array.isArray(environment)
    ? environment.map((entry) => {
        const at = entry.indexOf('=');
        return at < 0 ? [entry, null] : [entry.slice(0, at), entry.slice(at + 1)];
      })
    : Object.entries(environment ?? {}).map(([name, value]) => [name, value === null ? null : String(value)]);

/** The variables that a compose file writes itself, with their values as they stand there: they may be secrets. */
export const writtenVariables = (text: string): readonly (readonly [string, string | null])[] =>
  Object.values(documentIn(text).services).flatMap((one) => named(one?.environment));

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is said of a service over what it extends: lists follow each other, maps are laid over each other. */
const over = (base: ServiceWords['rest'], own: ServiceWords['rest']): ServiceWords['rest'] => {
  const both = Object.entries(own).map(([key, value]) => {
    const below = base[key];
    if (Array.isArray(below) && Array.isArray(value)) return [key, [...below, ...value]];
    return [key, isMap(below) && isMap(value) ? { ...below, ...value } : value];
  });
  return { ...base, ...Object.fromEntries(both) };
};

const wordsOf = async (
  one: Service,
  folder: string,
  all: Services,
  load: (file: string) => Promise<Services>,
  depth = 0,
): Promise<ServiceWords> => {
  if (depth > MOST_EXTENDED) throw new Error('its services extend each other in a circle');
  const from = typeof one.extends === 'string' ? { service: one.extends } : one.extends;
  let base: ServiceWords = { files: [], environment: new Map(), rest: {} };
  if (from) {
    const file = 'file' in from && from.file ? resolve(folder, from.file) : null;
    const there = file ? await load(file) : all;
    const parent = there[from.service];
    if (!parent) throw new Error('it extends a service that is not there');
    base = await wordsOf(parent, file ? dirname(file) : folder, there, load, depth + 1);
  }
  const listed = [one.env_file ?? []].flat();
  const own = listed.map((file) => {
    const { path, required, format = null } = typeof file === 'string' ? { path: file, required: true } : file;
    return { path, folder, required, format };
  });
  const { environment, env_file: _, extends: __, ...rest } = one;
  return {
    files: [...base.files, ...own],
    environment: new Map([...base.environment, ...named(environment)]),
    rest: over(base.rest, rest),
  };
};

const MOST_INCLUDED = 20;

/** The services of a compose file at a path, by name, and those of the files that it includes. */
export const composeWords = async (path: string, text: string, read: ReadText): Promise<ComposeWords> => {
  // Thousands of services may extend the same file: it is parsed once.
  const others = new Map<string, Promise<Document>>();
  const load = (file: string): Promise<Document> => {
    const other = others.get(file) ?? read(file).then(documentIn);
    others.set(file, other);
    return other;
  };
  const loadServices = async (file: string): Promise<Services> => (await load(file)).services;
  const seen = new Set([path]);
  const wordsIn = async (file: string, { name, services, networks, volumes, include }: Document) => {
    let whole: ComposeWords = { name: name ?? null, services: [], networks: {}, volumes: {} };
    for (const entry of include ?? [])
      for (const one of [typeof entry === 'string' ? entry : entry.path].flat()) {
        const below = resolve(dirname(file), one);
        if (seen.has(below) || seen.size > MOST_INCLUDED) continue;
        seen.add(below);
        whole = { ...(await wordsIn(below, await load(below))), name: whole.name };
      }
    const all: (readonly [string, ServiceWords])[] = [...whole.services];
    for (const [name, one] of Object.entries(services))
      if (one) all.push([name, await wordsOf(one, dirname(file), services, loadServices)]);
    return {
      ...whole,
      services: all,
      networks: { ...whole.networks, ...networks },
      volumes: { ...whole.volumes, ...volumes },
    };
  };
  return wordsIn(path, documentIn(text));
};
