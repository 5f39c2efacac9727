import { parseDocument, visit } from 'yaml';
import * as z from 'zod/mini';

const scalar = z.nullable(z.union([z.string(), z.number(), z.boolean()]));
const longFile = z.object({
  path: z.string(),
  required: z._default(z.boolean(), true),
  format: z.optional(z.string()),
});
const extended = z.object({ service: z.string(), file: z.optional(z.string()) });
const service = z.looseObject({
  environment: z.nullish(z.union([z.record(z.string(), scalar), z.array(z.string())])),
  env_file: z.nullish(z.union([z.string(), longFile, z.array(z.union([z.string(), longFile]))])),
  extends: z.nullish(z.union([z.string(), extended])),
});
const parts = z.catch(z.nullish(z.record(z.string(), z.unknown())), null);
const included = z.union([z.string(), z.object({ path: z.union([z.string(), z.array(z.string())]) })]);
const document = z.object({
  name: z.catch(z.nullish(z.string()), null),
  services: z.record(z.string(), z.nullable(service)),
  networks: parts,
  volumes: parts,
  include: z.catch(z.nullish(z.array(included)), null),
});
/** A service, what else it says beside its environment as it stands. */
export type Service = z.infer<typeof service>;
/** A compose file as it stands. */
export type Document = z.infer<typeof document>;
/** Its services by name; null for one of which nothing is said. */
export type Services = Document['services'];

/** A bare number as Compose's YAML reads it: octal after a leading zero, and with underscores; null for any other text. */
const wholeNumber = (source: string): string | null => {
  const [, sign = '', digits = ''] = /^([-+]?)(0[xob]?[\da-f_]+|[1-9][\d_]*)$/i.exec(source) ?? [];
  const clean = digits.replaceAll('_', '').replace(/^0(?=\d)/, '0o');
  return clean === '' || Number.isNaN(Number(clean)) ? null : `${sign === '-' ? '-' : ''}${BigInt(clean)}`;
};

/** A compose file; errors name the line and never what stands there. */
export const documentIn = (text: string): Document => {
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
  return read.data;
};
