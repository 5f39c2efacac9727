import * as z from 'zod/mini';
import type { AnyCheck } from './check.ts';
import { isMap, merged } from './merge.ts';
import { LEVELS, ORIGINS, PROFILES, SHAPES } from './model.ts';
import { sentenceOf } from './schema-sentence.ts';
import { ONLY_VENDOR, type Spec, settle } from './spec.ts';
import { UsageError } from './usage-error.ts';
import { parseYaml } from './yaml.ts';

const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-11-22 is needed'));
const sentence = z.string().check(z.minLength(1));

const base = {
  level: z
    .enum(LEVELS)
    .check(z.describe('required: the vendor demands it. recommended: may fail. advice: warns at most.')),
  origin: z
    .enum(ORIGINS)
    .check(z.describe("vendor-number, vendor-text (the vendor's words, our number) or our-advice.")),
};

const entry = (value: z.ZodMiniType) => {
  const some = value instanceof z.ZodMiniObject ? z.partial(value) : value;
  return z
    .strictObject({
      ...base,
      source: z.strictObject({
        document: sentence.check(z.describe('A key of `documents`.')),
        clause: sentence,
        says: sentence.check(z.describe('The clause in our own words.')),
        link: z.optional(z.url()),
      }),
      reason: sentence.check(z.describe('Why it matters, for people.')),
      value,
      profiles: z.optional(z.partialRecord(z.enum(PROFILES), z.partial(z.strictObject({ ...base, value: some })))),
      shapes: z.optional(z.partialRecord(z.enum(SHAPES), z.strictObject({ value: some }))),
    })
    .check(
      z.refine((one) => one.level !== 'required' || one.origin !== 'our-advice', {
        message: ONLY_VENDOR,
        path: ['level'],
      }),
    );
};

/** The schema of a spec for these checks: every check has its entry, and no entry is without its check. */
export const specSchema = (checks: readonly AnyCheck[]) =>
  z.strictObject({
    name: sentence,
    version: sentence,
    checkedOn: day.check(z.describe('The day on which the documents were read.')),
    documents: z.record(z.string(), z.strictObject({ title: sentence, link: z.optional(z.url()) })),
    requirements: z.strictObject(Object.fromEntries(checks.map((check) => [check.id, entry(check.requirement)]))),
  });

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
