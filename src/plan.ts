import * as z from 'zod/mini';
import type { AnyCheck } from './check.ts';
import type { Phase, Profile, Required, Shape, Source, Waiver } from './model.ts';
import { type Requirement, type Spec, settle } from './spec.ts';
import { didYouMean, UsageError } from './usage-error.ts';

/** One check that will be in the report, whatever happens. `leftOut` says why it is planned but not asked. */
export type Planned = {
  readonly check: AnyCheck;
  readonly requirement: Requirement;
  readonly required: Required;
  readonly waiver?: Waiver;
  readonly leftOut?: string;
};

/** What a run will do, fixed before it starts. */
export type Plan = {
  readonly spec: Spec;
  readonly profile: Profile;
  readonly phase: Phase | 'all';
  readonly shape: Shape;
  readonly strict: boolean;
  /** The day on which the vendor ended the product, said in every report whatever is selected. */
  readonly lifecycle: { readonly endedOn: string; readonly source: Source };
  readonly checks: readonly Planned[];
};

export type Selection = {
  readonly profile: Profile;
  readonly phase: Phase | 'all';
  readonly shape: Shape;
  readonly strict: boolean;
  readonly quick: boolean;
  readonly offline: boolean;
  /** The options that were given and that some checks wait for, such as `--db-write-probe`. */
  readonly optIns: ReadonlySet<string>;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly waivers: ReadonlyMap<string, Waiver>;
};

const matcher = (patterns: readonly string[], option: string, ids: readonly string[]) => {
  const expressions = patterns.map((pattern) => {
    const expression = new RegExp(
      `^${pattern
        .split('*')
        .map((part) => RegExp.escape(part))
        .join('.*')}$`,
    );
    if (!ids.some((id) => expression.test(id)))
      throw new UsageError(`${option}: no check matches "${pattern}"${didYouMean(pattern, ids)}`);
    return expression;
  });
  return (id: string) => expressions.some((expression) => expression.test(id));
};

/** The checks that a selection names, in report order. A selection that leaves nothing is a usage error. */
export const planOf = (spec: Spec, checks: readonly AnyCheck[], selection: Selection): Plan => {
  const { profile, phase, shape, strict } = selection;
  const ids = checks.map((check) => check.id);
  const only = selection.only.length ? matcher(selection.only, '--only', ids) : () => true;
  const skipped = matcher(selection.skip, '--skip', ids);
  const chosen = checks.filter(
    (check) => only(check.id) && !skipped(check.id) && (phase === 'all' || check.phase === phase),
  );
  if (chosen.length === 0) throw new UsageError('no check is left to run: --only, --skip and --phase leave none');
  return {
    spec,
    profile,
    phase,
    shape,
    strict,
    lifecycle: lifecycleOf(spec, checks, profile, shape),
    checks: chosen.map((check) => {
      const requirement = settle(spec, check, profile, shape);
      const waiver = selection.waivers.get(check.id);
      return {
        check,
        requirement,
        required: { ...check.limit(requirement.value), origin: requirement.origin },
        ...(waiver && { waiver }),
        ...leftOutOf(check, selection),
      };
    }),
  };
};

const leftOutOf = (
  { writes, optIn, outbound }: AnyCheck,
  { quick, offline, optIns }: Selection,
): { readonly leftOut?: string } => {
  if (optIn && !optIns.has(optIn)) return { leftOut: `${optIn} asks for it` };
  if (offline && outbound) return { leftOut: '--offline was given, and it connects beyond this host' };
  return quick && writes ? { leftOut: `--quick was given, and it ${writes}` } : {};
};

const lifecycleOf = (spec: Spec, checks: readonly AnyCheck[], profile: Profile, shape: Shape): Plan['lifecycle'] => {
  const product = checks.find((check) => check.id === 'lifecycle.product');
  if (!product) throw new Error('the list of checks lacks lifecycle.product');
  const { value, source } = settle(spec, product, profile, shape);
  return { endedOn: z.object({ endedOn: z.string() }).parse(value).endedOn, source };
};
