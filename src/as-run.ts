import type { AnyCheck } from './check.ts';
import { PHASES, type Report, type Result, type Waiver } from './model.ts';
import type { Selection } from './plan.ts';

const isLeftOut = (result: Result | undefined): boolean => result?.reason === 'left-out';

const waiversIn = (results: readonly Result[]): ReadonlyMap<string, Waiver> =>
  new Map(results.flatMap(({ id, waived }) => (waived ? [[id, waived] as const] : [])));

/**
 * What a run was asked to judge, by its report: the same asked again of its evidence gives the same verdict. Checks that this tool
 * does not know are left out; of its options, those count that no result speaks against.
 */
export const asRun = ({ run, checks: results }: Report, list: readonly AnyCheck[]): Selection => {
  const resultOf = new Map(results.map((result) => [result.id, result]));
  const planned = list.filter(({ id }) => resultOf.has(id));
  const left = planned.filter(({ id }) => isLeftOut(resultOf.get(id)));
  const optIns = planned.flatMap(({ id, optIn }) => (optIn && !isLeftOut(resultOf.get(id)) ? [optIn] : []));
  // What waits for no option was left out for another reason, and there are two.
  const others = left.filter(({ optIn }) => optIn === undefined || optIns.includes(optIn));
  return {
    profile: run.profile,
    phase: PHASES.find((phase) => phase === run.phase) ?? 'all',
    shape: run.shape,
    strict: run.strict,
    quick: others.some(({ writes, outbound }) => writes !== undefined && !outbound),
    offline: others.some(({ outbound }) => outbound === true),
    optIns: new Set(optIns),
    only: planned.map(({ id }) => id),
    skip: [],
    waivers: waiversIn(results),
  };
};
