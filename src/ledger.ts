import type { Pending, Result } from './model.ts';
import type { Plan, Planned } from './plan.ts';

const pendingOf = ({ check, required }: Planned): Pending => ({
  id: check.id,
  title: check.title,
  group: check.group,
  required,
  state: 'waiting',
});

/** One change at a time: `next` resolves when something has changed since it was last asked. */
const bell = () => {
  let { promise, resolve } = Promise.withResolvers<void>();
  return {
    ring: () => resolve(),
    next: async () => {
      await promise;
      ({ promise, resolve } = Promise.withResolvers<void>());
    },
  };
};

/** What is known of each planned check: its result, or where it stands. Every planned check is always in one of the two. */
export type Ledger = {
  readonly results: ReadonlyMap<string, Result>;
  readonly inOrder: () => { readonly checks: readonly Result[]; readonly pending: readonly Pending[] };
  readonly update: (id: string, change: Partial<Pending>) => void;
  readonly finish: (result: Result) => void;
  /** Says that something else has changed that a report shows. */
  readonly touch: () => void;
  /** Resolves at the next change. */
  readonly changed: () => Promise<void>;
};

/** Opens the ledger of a plan; `keep` holds results that are there already. */
export const ledgerOf = (plan: Plan, keep: readonly Result[]): Ledger => {
  const results = new Map<string, Result>();
  const pending = new Map(plan.checks.map((planned) => [planned.check.id, pendingOf(planned)]));
  const { ring, next } = bell();
  const finish = (result: Result) => {
    results.set(result.id, result);
    pending.delete(result.id);
    ring();
  };
  for (const result of keep) finish(result);
  return {
    results,
    inOrder: () => ({
      checks: plan.checks.flatMap(({ check }) => results.get(check.id) ?? []),
      pending: plan.checks.flatMap(({ check }) => pending.get(check.id) ?? []),
    }),
    update: (id, change) => {
      const before = pending.get(id);
      if (before) pending.set(id, { ...before, ...change });
      ring();
    },
    finish,
    touch: ring,
    changed: next,
  };
};
