import { parse } from 'yaml';
import * as z from 'zod';
import type { AnyCheck } from './check.ts';
import { LEVELS, ORIGINS, PROFILES, type Profile, SHAPES, type Shape, type Source } from './model.ts';
import { didYouMean, UsageError } from './usage-error.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-11-22 is needed');
const sentence = z.string().min(1);

const base = {
  level: z.enum(LEVELS).describe('required: the vendor demands it. recommended: may fail. advice: warns at most.'),
  origin: z.enum(ORIGINS).describe("vendor-number, vendor-text (the vendor's words, our number) or our-advice."),
};

const ONLY_VENDOR = "only the vendor's own words may make a check required";

const entry = (value: z.ZodType) => {
  const some = value instanceof z.ZodObject ? value.partial() : value;
  return z
    .strictObject({
      ...base,
      source: z.strictObject({
        document: sentence.describe('A key of `documents`.'),
        clause: sentence,
        says: sentence.describe('The clause in our own words.'),
        link: z.url().optional(),
      }),
      reason: sentence.describe('Why it matters, for people.'),
      value,
      profiles: z.partialRecord(z.enum(PROFILES), z.strictObject({ ...base, value: some }).partial()).optional(),
      shapes: z.partialRecord(z.enum(SHAPES), z.strictObject({ value: some })).optional(),
    })
    .refine((one) => one.level !== 'required' || one.origin !== 'our-advice', {
      message: ONLY_VENDOR,
      path: ['level'],
    });
};

/** The schema of a spec for these checks: every check has its entry, and no entry is without its check. */
export const specSchema = (checks: readonly AnyCheck[]) =>
  z.strictObject({
    name: sentence,
    version: sentence,
    checkedOn: day.describe('The day on which the documents were read.'),
    documents: z.record(z.string(), z.strictObject({ title: sentence, link: z.url().optional() })),
    requirements: z.strictObject(Object.fromEntries(checks.map((check) => [check.id, entry(check.requirement)]))),
  });

type RawSpec = Readonly<Record<string, unknown>>;

/** A spec whose entries are known to fit their checks. */
export type Spec = {
  readonly name: string;
  readonly version: string;
  readonly checkedOn: string;
  readonly documents: Readonly<Record<string, { readonly title: string; readonly link?: string | undefined }>>;
  readonly requirements: Readonly<Record<string, Entry>>;
};
type Entry = Variant & {
  readonly source: {
    readonly document: string;
    readonly clause: string;
    readonly says: string;
    readonly link?: string | undefined;
  };
  readonly reason: string;
  readonly profiles?: Readonly<Partial<Record<Profile, Partial<Variant>>>> | undefined;
  readonly shapes?: Readonly<Partial<Record<Shape, Partial<Variant>>>> | undefined;
};
type Variant = {
  readonly level: (typeof LEVELS)[number];
  readonly origin: (typeof ORIGINS)[number];
  readonly value: unknown;
};

/** One requirement, settled for a profile and a shape. `value` has passed the check's own schema. */
export type Requirement = Variant & { readonly source: Source; readonly reason: string };

const isMap = (value: unknown): value is RawSpec =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const merged = (under: unknown, over: unknown): unknown => {
  if (over === undefined) return under;
  if (!isMap(under) || !isMap(over)) return over;
  const keys = [...new Set([...Object.keys(under), ...Object.keys(over)])];
  return Object.fromEntries(keys.map((key) => [key, merged(under[key], over[key])]));
};

/** The keys that a schema allows at a path, for suggestions. */
const keysAt = (schema: unknown, [key, ...rest]: readonly PropertyKey[]): readonly string[] => {
  if (schema instanceof z.ZodOptional) return keysAt(schema.unwrap(), key === undefined ? [] : [key, ...rest]);
  if (schema instanceof z.ZodRecord) return key === undefined ? [] : keysAt(schema.valueType, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  return key === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[String(key)], rest);
};

/** The first thing wrong, as one sentence; an unknown key gets the nearest key that the schema has at that place. */
const sentenceOf = (error: z.ZodError, schema: z.ZodType, name: string): string => {
  // A mistyped key is two issues, one unknown and one missing: the unknown one is what to mend.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
  const where = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return `${name}${where}: there is no "${key}" here${didYouMean(key, keysAt(schema, issue.path))}`;
  }
  return `${name}${where}: ${issue?.message ?? 'not a spec'}`;
};

/** The plain data of a YAML text; duplicate keys and broken syntax are usage errors. */
export const parseYaml = (text: string, name: string): unknown => {
  try {
    return parse(text, { uniqueKeys: true, maxAliasCount: 20 });
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new UsageError(`${name} is not valid YAML: ${first.replace(/:$/, '')}`);
  }
};

/** Reads a spec, and an overlay on it. Unknown and duplicate keys are refused. */
export const readSpec = (
  checks: readonly AnyCheck[],
  builtin: string,
  overlay?: { readonly text: string; readonly name: string },
): Spec => {
  const below = parseYaml(builtin, 'the built-in spec');
  const over = overlay && parseYaml(overlay.text, overlay.name);
  if (overlay && !isMap(over)) throw new UsageError(`${overlay.name} is not a spec: a map with requirements is needed`);
  const whole = merged(below, over);
  const schema = specSchema(checks);
  const read = schema.safeParse(whole);
  if (!read.success) throw new UsageError(sentenceOf(read.error, schema, overlay?.name ?? 'the built-in spec'));
  // Quantities stay as written until a profile and a shape are chosen: only then is the merged value read.
  const spec = whole as Spec;
  for (const check of checks)
    for (const profile of PROFILES)
      for (const shape of SHAPES) settle(spec, check, profile, shape, overlay?.name ?? 'the built-in spec');
  return spec;
};

/** One check's requirement for a profile and a shape. */
export const settle = (spec: Spec, check: AnyCheck, profile: Profile, shape: Shape, name = 'the spec'): Requirement => {
  const written = spec.requirements[check.id];
  if (!written) throw new UsageError(`${name} has no requirement for ${check.id}`);
  const variant = merged(merged(written, written.profiles?.[profile]), written.shapes?.[shape]) as Entry;
  const value = check.requirement.safeParse(variant.value);
  if (!value.success) {
    const where = `${name} at requirements.${check.id} for ${profile}`;
    throw new UsageError(sentenceOf(value.error, check.requirement, where));
  }
  if (variant.level === 'required' && variant.origin === 'our-advice')
    throw new UsageError(`${name} at requirements.${check.id} for ${profile}: ${ONLY_VENDOR}`);
  const document = spec.documents[written.source.document];
  if (!document)
    throw new UsageError(
      `${name}: ${check.id} names the document "${written.source.document}", which is not listed${didYouMean(written.source.document, Object.keys(spec.documents))}`,
    );
  const link = written.source.link ?? document.link;
  return {
    level: variant.level,
    origin: variant.origin,
    value: value.data,
    reason: written.reason,
    source: {
      document: document.title,
      clause: written.source.clause,
      says: written.source.says,
      ...(link && { link }),
      checkedOn: spec.checkedOn,
    },
  };
};
