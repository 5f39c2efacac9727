import type { Evidence } from '../host/evidence.ts';
import { asHost, judgedFrom } from '../judged.ts';
import type { Report, Result } from '../model.ts';
import type { Plan } from '../plan.ts';
import { verdict } from '../verdict.ts';

/** The report that stands in a bundle, and the checks whose verdict cannot be had again from the bundle's own evidence. */
export type ReportAgain = { readonly report: Report; readonly differ: readonly string[] };

/** What a text becomes on its way into the bundle. */
type Clean = (text: string) => string;

const cleanDeep = <T>(value: T, clean: Clean): T => {
  if (typeof value === 'string') return clean(value) as T;
  if (Array.isArray(value)) return value.map((one) => cleanDeep(one, clean)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleanDeep(inner, clean)])) as T;
};

/** The words that the operator gave for a waiver; they are in no evidence. */
const waiverOf = ({ waived }: Result, clean: Clean): Pick<Result, 'waived'> =>
  waived ? { waived: cleanDeep(waived, clean) } : {};

const outcomesIn = ({ findings }: Result): string => findings.map(({ outcome }) => outcome).join(' ');

/** Whether two results are one verdict on one figure; their words may differ by pseudonyms. */
const isSame = (live: Result, again: Result): boolean => {
  const [was, is] = [live.measured, again.measured];
  const figures = typeof was?.value === 'string' ? typeof is?.value === 'string' : was?.value === is?.value;
  return live.outcome === again.outcome && figures && was?.stat === is?.stat && outcomesIn(live) === outcomesIn(again);
};

/**
 * The report of a live run, told by what the bundle's cleaned evidence says: so `check --from` gives the same bytes but for times.
 * What was cancelled has no answer there and stays as it was; so does a verdict that the cleaned evidence does not bear, whose words
 * are cleaned on their own.
 */
export const reportAgain = async (live: Report, plan: Plan, cleaned: Evidence, clean: Clean): Promise<ReportAgain> => {
  const judged = await judgedFrom(plan, asHost(cleaned));
  const again = new Map(judged.checks.map((result) => [result.id, result]));
  const differ: string[] = [];
  const checks = live.checks.map((result): Result => {
    const told = again.get(result.id);
    if (result.reason !== 'cancelled' && told && isSame(result, told))
      return { ...told, ...waiverOf(result, clean), durationMs: result.durationMs };
    if (result.reason !== 'cancelled') differ.push(result.id);
    return cleanDeep(result, clean);
  });
  const { summary, outcome, exitCode } = verdict(checks, live.run.strict);
  const run = { ...live.run, outcome, exitCode: live.run.interrupted ? live.run.exitCode : exitCode };
  return { report: { ...live, run, summary, host: judged.host, checks }, differ };
};
