import { type Header, lifecycleOf } from './header.ts';
import type { Pending, Report, Result } from './model.ts';
import type { Plan } from './plan.ts';
import { REPORT_SCHEMA, TOOL } from './tool.ts';
import type { Interruption } from './trial.ts';
import { verdict } from './verdict.ts';

/** What a report says of the run itself. `now` is the host's clock, ms since 1970. */
export type RunFacts = {
  readonly id: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly replayed: boolean;
  readonly interruption: Interruption | null;
  readonly header: Header;
  readonly now: number;
};

/** The report of a run as it stands: all planned checks, as results or as pending, and their verdict so far. */
export const reportOf = (
  plan: Plan,
  { checks, pending }: { readonly checks: readonly Result[]; readonly pending: readonly Pending[] },
  { id, startedAt, durationMs, replayed, interruption, header, now }: RunFacts,
): Report => {
  const { summary, outcome, exitCode } = verdict(checks, plan.strict);
  return {
    $schema: REPORT_SCHEMA,
    schemaVersion: '1.0',
    kind: 'HostReport',
    tool: TOOL,
    spec: { name: plan.spec.name, version: plan.spec.version, checkedOn: plan.spec.checkedOn },
    run: {
      id,
      startedAt,
      durationMs: Math.round(durationMs),
      outcome,
      exitCode: interruption?.exitCode ?? exitCode,
      profile: plan.profile,
      phase: plan.phase,
      shape: plan.shape,
      privileged: header.privileged,
      strict: plan.strict,
      replayed,
      ...(interruption && { interrupted: interruption.by }),
      planned: plan.checks.map(({ check }) => check.id),
    },
    lifecycle: lifecycleOf(plan, now),
    host: header.identity,
    summary,
    checks,
    pending,
  };
};
