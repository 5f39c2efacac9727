import type { AnyCheck } from './check.ts';
import { merged } from './merge.ts';
import type { LEVELS, ORIGINS, Profile, Shape, Source } from './model.ts';
import { sentenceOf } from './schema-sentence.ts';
import { didYouMean, UsageError } from './usage-error.ts';

/** Why a level is refused. */
export const ONLY_VENDOR = "only the vendor's own words may make a check required";

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
