import type { Report, Result } from './model.ts';
import { verdict } from './verdict.ts';

/** What a result has beside what a pending check tells: fixed by the plan, before the run. */
export type PlannedResult = Pick<Result, 'level' | 'phase'> & Partial<Pick<Result, 'source' | 'waived' | 'required'>>;

/**
 * A report whose run ended without telling: every check that had no result is `unknown`, and the verdict counts that.
 * `why` is one sentence; `ended` says what ended the run, with its exit code where a signal did.
 */
export const completeWith = (
  report: Report,
  planned: Readonly<Record<string, PlannedResult>>,
  why: string,
  ended: { readonly by: string; readonly exitCode?: number },
): Report => {
  if (report.pending.length === 0) return report;
  const lost = report.pending.map(({ id, title, group, required }): Result => {
    // Without its plan a lost check counts as the strictest kind: it must never make a run look proven.
    const { level, phase, source, waived } = planned[id] ?? { level: 'required', phase: 'before' };
    const message = `Not checked: ${why}`;
    return {
      id,
      title,
      group,
      phase,
      level,
      outcome: 'unknown',
      ...(waived && { waived }),
      message,
      ...(required && { required }),
      findings: [{ outcome: 'unknown', message, remedy: 'Run the check again.' }],
      reason: 'cancelled',
      ...(source && { source }),
      durationMs: 0,
    };
  });
  const results = new Map([...report.checks, ...lost].map((result) => [result.id, result]));
  const checks = report.run.planned.flatMap((id) => results.get(id) ?? []);
  const { summary, outcome, exitCode } = verdict(checks, report.run.strict);
  return {
    ...report,
    run: { ...report.run, outcome, exitCode: ended.exitCode ?? exitCode, interrupted: ended.by },
    summary,
    checks,
    pending: [],
  };
};
