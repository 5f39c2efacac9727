import { hostHeader, UNTOLD } from './header.ts';
import { type Ask, hostOf, keyOf, type Progress } from './host/host.ts';
import { type Ledger, ledgerOf } from './ledger.ts';
import type { Json, Report, Result } from './model.ts';
import type { Plan, Planned } from './plan.ts';
import { reportOf } from './report.ts';
import { runId } from './run-id.ts';
import { found, isInterruption, resultOf, stopped, type Trial, trial } from './trial.ts';

type Data = { readonly [key: string]: Json };

export type RunOptions = {
  readonly signal: AbortSignal;
  /** Cancels one check each. */
  readonly cancels?: ReadonlyMap<string, AbortSignal>;
  /** Results to keep; only the other planned checks are run. */
  readonly keep?: readonly Result[];
  readonly replayed?: boolean;
};

/** Whether what needs a check may go ahead after this result of it. */
const holds = ({ outcome, measured }: Result, { check }: Planned): boolean =>
  outcome === 'pass' || outcome === 'warn' || (measured !== undefined && (check.holds?.(measured as Data) ?? false));

/** The first of a check's needs that does not hold. */
const unmet = ({ check }: Planned, plan: Plan, results: ReadonlyMap<string, Result>): Result | undefined =>
  plan.checks
    .filter((needed) => check.needs?.includes(needed.check.id))
    .map((needed) => ({ needed, result: results.get(needed.check.id) }))
    .find(({ needed, result }) => result && !holds(result, needed))?.result;

/** What one planned check comes to, its needs being settled; what happens on the way goes into the ledger. */
const outcomeOf = async (
  planned: Planned,
  plan: Plan,
  ask: Ask,
  signal: AbortSignal,
  ledger: Ledger,
): Promise<Trial> => {
  const { check, leftOut } = planned;
  if (leftOut) return found('skip', `Left out: ${leftOut}.`, 'left-out');
  const missing = signal.aborted ? undefined : unmet(planned, plan, ledger.results);
  if (missing) {
    const why = `Not asked: it needs ${missing.id}, which came to ${missing.outcome}.`;
    // What was left out for want of something says how to give it, and so does whatever waits for that.
    const remedy = missing.outcome === 'skip' ? missing.findings.find((one) => one.remedy)?.remedy : undefined;
    return found('skip', why, 'needs', { subject: missing.id, ...(remedy && { remedy }) });
  }
  if (signal.aborted) return stopped(signal);
  ledger.update(check.id, { state: 'running' });
  const observed: Ask = (question, asking) => {
    ledger.update(check.id, { asking: keyOf(question) });
    return ask(question, asking);
  };
  const progress = ({ done, note }: Progress) =>
    ledger.update(check.id, { ...(done !== undefined && { progress: done }), ...(note !== undefined && { note }) });
  return Promise.race([stopped(signal), trial(planned, hostOf(observed, { signal, progress }))]);
};

/** Starts every planned check as soon as what it needs is settled. */
const startAll = (plan: Plan, ask: Ask, { signal: whole, cancels }: RunOptions, ledger: Ledger): void => {
  const settled = new Map<string, Promise<void>>();
  const one = async (planned: Planned): Promise<void> => {
    const { id, needs = [] } = planned.check;
    if (ledger.results.has(id)) return;
    const single = cancels?.get(id);
    const signal = single ? AbortSignal.any([whole, single]) : whole;
    await Promise.race([Promise.all(needs.map((need) => settled.get(need))), stopped(signal)]);
    const since = performance.now();
    const outcome = await outcomeOf(planned, plan, ask, signal, ledger);
    ledger.finish(resultOf(planned, outcome, performance.now() - since));
  };
  for (const planned of plan.checks) settled.set(planned.check.id, one(planned));
};

/** Who was measured and when: filled in as soon as the host tells. Never rejects. */
const identified = (ask: Ask, signal: AbortSignal, touch: () => void) => {
  const host = hostOf(ask, { signal, progress: () => {} });
  const known = { header: UNTOLD, now: Date.now() };
  const header = hostHeader(host).then((told) => {
    known.header = told;
  });
  const clock = host.system('now').then(
    ({ epochMs }) => {
      known.now = epochMs;
    },
    () => {},
  );
  return { known, told: Promise.all([header, clock]).then(touch) };
};

/**
 * Runs a plan on a host and yields a report at every change; the last one is complete. Every planned check is in every
 * report, as a result or as pending. Never throws for what a host or a check does.
 */
export async function* run(plan: Plan, ask: Ask, options: RunOptions): AsyncGenerator<Report, void> {
  const began = performance.now();
  const facts = { id: runId(), startedAt: new Date().toISOString(), replayed: options.replayed ?? false };
  const ledger = ledgerOf(plan, options.keep ?? []);
  startAll(plan, ask, options, ledger);
  const { known, told } = identified(ask, options.signal, ledger.touch);
  const report = (): Report => {
    const { aborted, reason } = options.signal;
    const interruption = aborted && isInterruption(reason) ? reason : null;
    return reportOf(plan, ledger.inOrder(), {
      ...facts,
      ...known,
      durationMs: performance.now() - began,
      interruption,
    });
  };
  for (let latest = report(); latest.pending.length > 0; latest = report()) {
    yield latest;
    await ledger.changed();
  }
  await told;
  yield report();
}
