import { dirname, resolve } from 'node:path';
import { parseDocument, visit } from 'yaml';
import * as z from 'zod/mini';
import type { ReadText } from './foreign-file.ts';

// What a compose file says of its services' environment, as far as our own reader goes: `environment`, `env_file`, `extends`,
// anchors and merge keys. https://github.com/compose-spec/compose-spec/blob/main/05-services.md

const scalar = z.nullable(z.union([z.string(), z.number(), z.boolean()]));
const longFile = z.object({
  path: z.string(),
  required: z._default(z.boolean(), true),
  format: z.optional(z.string()),
});
const extended = z.object({ service: z.string(), file: z.optional(z.string()) });
const service = z.object({
  environment: z.nullish(z.union([z.record(z.string(), scalar), z.array(z.string())])),
  env_file: z.nullish(z.union([z.string(), longFile, z.array(z.union([z.string(), longFile]))])),
  extends: z.nullish(z.union([z.string(), extended])),
});
const document = z.object({ services: z.record(z.string(), z.nullable(service)) });
type Service = z.infer<typeof service>;
type Services = Readonly<Record<string, Service | null>>;

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
};

const MOST_EXTENDED = 20;

/** A bare number as Compose's YAML reads it: octal after a leading zero, and with underscores; null for any other text. */
const wholeNumber = (source: string): string | null => {
  const [, sign = '', digits = ''] = /^([-+]?)(0[xob]?[\da-f_]+|[1-9][\d_]*)$/i.exec(source) ?? [];
  const clean = digits.replaceAll('_', '').replace(/^0(?=\d)/, '0o');
  return clean === '' || Number.isNaN(Number(clean)) ? null : `${sign === '-' ? '-' : ''}${BigInt(clean)}`;
};

/** The services of a compose file; errors name the line and never what stands there. */
const servicesIn = (text: string): Services => {
  const yaml = parseDocument(text, { merge: true, uniqueKeys: true, logLevel: 'silent' });
  const [error] = yaml.errors;
  if (error) throw new Error(`line ${error.linePos?.[0].line ?? 1}: it is not valid YAML (${error.code})`);
  visit(yaml, {
    Scalar: (key, node) => {
      if (key === 'value' && node.type === 'PLAIN') node.value = wholeNumber(node.source ?? '') ?? node.value;
    },
  });
  const read = document.safeParse(yaml.toJS({ maxAliasCount: 100 }));
  if (!read.success) throw new Error('it has no services that can be read, which a compose file needs');
  return read.data.services;
};

const named = (environment: Service['environment']): readonly (readonly [string, string | null])[] =>
  Array.isArray(environment)
    ? environment.map((entry) => {
        const at = entry.indexOf('=');
        return at < 0 ? [entry, null] : [entry.slice(0, at), entry.slice(at + 1)];
      })
    : Object.entries(environment ?? {}).map(([name, value]) => [name, value === null ? null : String(value)]);

const wordsOf = async (
  one: Service,
  folder: string,
  all: Services,
  load: (file: string) => Promise<Services>,
  depth = 0,
): Promise<ServiceWords> => {
  if (depth > MOST_EXTENDED) throw new Error('its services extend each other in a circle');
  const from = typeof one.extends === 'string' ? { service: one.extends } : one.extends;
  let base: ServiceWords = { files: [], environment: new Map() };
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
  return { files: [...base.files, ...own], environment: new Map([...base.environment, ...named(one.environment)]) };
};

/** The services of a compose file at a path, by name. */
export const composeServices = async (
  path: string,
  text: string,
  read: ReadText,
): Promise<readonly (readonly [string, ServiceWords])[]> => {
  const services = servicesIn(text);
  // Thousands of services may extend the same file: it is parsed once.
  const others = new Map<string, Promise<Services>>();
  const load = (file: string): Promise<Services> => {
    const other = others.get(file) ?? read(file).then(servicesIn);
    others.set(file, other);
    return other;
  };
  const all: (readonly [string, ServiceWords])[] = [];
  for (const [name, one] of Object.entries(services))
    if (one) all.push([name, await wordsOf(one, dirname(path), services, load)]);
  return all;
};
