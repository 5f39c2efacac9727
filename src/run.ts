import { hostHeader, lifecycleOf, UNTOLD } from './header.ts';
import { type Ask, hostOf, keyOf, type Progress } from './host/host.ts';
import type { Pending, Report, Result } from './model.ts';
import type { Plan, Planned } from './plan.ts';
import { runId } from './run-id.ts';
import { REPORT_SCHEMA, TOOL } from './tool.ts';
import { found, isInterruption, resultOf, stopped, type Trial, trial } from './trial.ts';
import { verdict } from './verdict.ts';

export type RunOptions = {
  readonly signal: AbortSignal;
  /** Cancels one check each. */
  readonly cancels?: ReadonlyMap<string, AbortSignal>;
  /** Results to keep; only the other planned checks are run. */
  readonly keep?: readonly Result[];
  readonly replayed?: boolean;
};

const pendingOf = ({ check, required }: Planned): Pending => ({
  id: check.id,
  title: check.title,
  group: check.group,
  required,
  state: 'waiting',
});

/** The first of a check's needs that does not hold. */
const unmet = (needs: readonly string[], results: ReadonlyMap<string, Result>): Result | undefined =>
  needs.map((id) => results.get(id)).find((result) => result && result.outcome !== 'pass' && result.outcome !== 'warn');

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

/**
 * Runs a plan on a host and yields a report at every change; the last one is complete. Every planned check is in every
 * report, as a result or as pending. Never throws for what a host or a check does.
 */
export async function* run(plan: Plan, ask: Ask, options: RunOptions): AsyncGenerator<Report, void> {
  const started = performance.now();
  const startedAt = new Date().toISOString();
  const id = runId();
  const results = new Map<string, Result>();
  const pending = new Map<string, Pending>(plan.checks.map((planned) => [planned.check.id, pendingOf(planned)]));
  const changed = bell();
  const header = hostOf(ask, { signal: options.signal, progress: () => {} });

  const update = (checkId: string, change: Partial<Pending>) => {
    const before = pending.get(checkId);
    if (before) pending.set(checkId, { ...before, ...change });
    changed.ring();
  };
  const finish = (planned: Planned, outcome: Trial, since: number) => {
    results.set(planned.check.id, resultOf(planned, outcome, performance.now() - since));
    pending.delete(planned.check.id);
    changed.ring();
  };

  for (const result of options.keep ?? []) {
    results.set(result.id, result);
    pending.delete(result.id);
  }

  const finished = new Map<string, Promise<void>>();
  const one = async (planned: Planned): Promise<void> => {
    const { check, leftOut } = planned;
    if (results.has(check.id)) return;
    const stops = [options.signal, options.cancels?.get(check.id)].filter((signal) => signal !== undefined);
    const signal = AbortSignal.any(stops);
    const cancelled = stopped(signal);
    await Promise.race([Promise.all((check.needs ?? []).map((need) => finished.get(need))), cancelled]);
    const since = performance.now();
    if (leftOut) return finish(planned, found('skip', `Left out: ${leftOut}.`, 'left-out'), since);
    const missing = signal.aborted ? undefined : unmet(check.needs ?? [], results);
    if (missing) {
      const why = `Not asked: it needs ${missing.id}, which came to ${missing.outcome}.`;
      return finish(planned, found('skip', why, 'needs', { subject: missing.id }), since);
    }
    update(check.id, { state: 'running' });
    const observed: Ask = (question, asking) => {
      update(check.id, { asking: keyOf(question) });
      return ask(question, asking);
    };
    const progress = ({ done, note }: Progress) =>
      update(check.id, { ...(done !== undefined && { progress: done }), ...(note !== undefined && { note }) });
    const asked = signal.aborted ? [] : [trial(planned, hostOf(observed, { signal, progress }))];
    finish(planned, await Promise.race([cancelled, ...asked]), since);
  };
  for (const planned of plan.checks) finished.set(planned.check.id, one(planned));

  // Who and when: filled in as soon as the host tells, and waited for before the last report.
  let host = UNTOLD;
  let now = Date.now();
  const told = Promise.all([
    hostHeader(header).then((answer) => {
      host = answer;
    }),
    header.system('now').then(
      ({ epochMs }) => {
        now = epochMs;
      },
      () => {},
    ),
  ]).then(changed.ring);

  const report = (): Report => {
    const ordered = plan.checks.flatMap(({ check }) => results.get(check.id) ?? []);
    const { summary, outcome, exitCode } = verdict(ordered, plan.strict);
    const { reason } = options.signal;
    const interruption = options.signal.aborted && isInterruption(reason) ? reason : undefined;
    return {
      $schema: REPORT_SCHEMA,
      schemaVersion: '1.0',
      kind: 'HostReport',
      tool: TOOL,
      spec: { name: plan.spec.name, version: plan.spec.version, checkedOn: plan.spec.checkedOn },
      run: {
        id,
        startedAt,
        durationMs: Math.round(performance.now() - started),
        outcome,
        exitCode: interruption?.exitCode ?? exitCode,
        profile: plan.profile,
        phase: plan.phase,
        shape: plan.shape,
        privileged: host.privileged,
        strict: plan.strict,
        replayed: options.replayed ?? false,
        ...(interruption && { interrupted: interruption.by }),
        planned: plan.checks.map(({ check }) => check.id),
      },
      lifecycle: lifecycleOf(plan, now),
      host: host.identity,
      summary,
      checks: ordered,
      pending: plan.checks.flatMap(({ check }) => pending.get(check.id) ?? []),
    };
  };

  while (pending.size > 0) {
    yield report();
    await changed.next();
  }
  await told;
  yield report();
}
