import type { Report, Result } from '../model.ts';
import { run } from '../run.ts';
import type { Interruption } from '../trial.ts';
import type { Prepared } from './prepare.ts';

/** A run that can be steered: it ends when `stop` was called, or when it is complete and nobody asks for more. */
export type Session = {
  /** Reports, the last one complete. */
  readonly reports: AsyncIterable<Report>;
  readonly cancel: (id: string) => void;
  readonly stop: (interruption: Interruption) => void;
};

/** Starts a run over a prepared host. `keep` holds results of an earlier report that need no new run. */
export const start = (prepared: Prepared, keep: readonly Result[] = []): Session => {
  const whole = new AbortController();
  const single = new Map(prepared.plan.checks.map(({ check }) => [check.id, new AbortController()]));
  return {
    reports: run(prepared.plan, prepared.ask(), {
      signal: whole.signal,
      cancels: new Map([...single].map(([id, controller]) => [id, controller.signal])),
      keep,
      replayed: prepared.replayed,
    }),
    cancel: (id) => single.get(id)?.abort(),
    stop: (interruption) => whole.abort(interruption),
  };
};

/** The results to keep when some checks are run again: all but those, and those that were skipped because of them. */
export const keptWhen = (report: Report, again: readonly string[]): readonly Result[] => {
  const dropped = new Set(again);
  const depends = (result: Result) =>
    result.reason === 'needs' && result.findings.some(({ subject }) => subject !== undefined && dropped.has(subject));
  for (const result of report.checks) if (depends(result)) dropped.add(result.id);
  return report.checks.filter((result) => !dropped.has(result.id));
};
