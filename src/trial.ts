import { Unasked } from './check.ts';
import type { Host } from './host/host.ts';
import { type Finding, type Measured, type Outcome, type Result, worst } from './model.ts';
import type { Planned } from './plan.ts';
import { oneLine, printableDeep } from './printable.ts';

/** Why a run was stopped, as the reason of its signal; `exitCode` is set where a signal ended it. */
export type Interruption = { readonly by: string; readonly exitCode?: number };

/** What one trial came to, before it becomes a result. `reason` tells machines why there is no verdict. */
export type Trial = { findings: readonly Finding[]; measured?: Measured; reason?: string };

export const found = (outcome: Outcome, message: string, reason: string, extra: Partial<Finding> = {}): Trial => ({
  findings: [{ outcome, message, ...extra }],
  reason,
});

const messageOf = (error: unknown): string => oneLine(error instanceof Error ? error.message : String(error));

export const isInterruption = (reason: unknown): reason is Interruption =>
  typeof reason === 'object' && reason !== null && 'by' in reason;

/** Settles as soon as the signal says stop, and tells who stopped it. */
export const stopped = (signal: AbortSignal): Promise<Trial> =>
  new Promise((settle) => {
    const stop = () => {
      const { reason } = signal;
      const why = isInterruption(reason) ? `the run was stopped by ${reason.by}` : 'it was cancelled';
      settle(found('unknown', `Not checked: ${why}.`, 'cancelled', { remedy: 'Run the check again.' }));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

/** Measures and judges one check; whatever it throws becomes one `unknown` finding. */
export const trial = async ({ check, requirement }: Planned, host: Host): Promise<Trial> => {
  try {
    const data = await check.measure(host, requirement.value);
    const measured = { ...data, ...check.figure(data, requirement.value) };
    const judged = [check.judge(data, requirement.value)].flat();
    // Advice is at most a warning, whatever a check says.
    const findings = judged.map((one) =>
      one.outcome === 'fail' && requirement.level === 'advice' ? { ...one, outcome: 'warn' as const } : one,
    );
    if (findings.length === 0) throw new Error('the check found nothing to say');
    return { findings, measured };
  } catch (error) {
    if (error instanceof Unasked) return { findings: [error.finding], reason: 'not-given' };
    const remedy = 'Mend what the message names, then run the check again.';
    return found('unknown', `Could not find out: ${messageOf(error)}`, 'no-answer', { remedy });
  }
};

export const resultOf = (planned: Planned, { findings, measured, reason }: Trial, durationMs: number): Result => {
  const { check, requirement, required, waiver } = planned;
  const outcome = worst(findings.map((one) => one.outcome));
  const waived = waiver && (outcome === 'fail' || outcome === 'warn' || outcome === 'unknown');
  return printableDeep({
    id: check.id,
    title: check.title,
    group: check.group,
    phase: check.phase,
    level: requirement.level,
    outcome,
    ...(waived && { waived: waiver }),
    message: findings.find((one) => one.outcome === outcome)?.message ?? '',
    ...(measured && { measured }),
    required,
    findings,
    ...(reason && { reason }),
    source: requirement.source,
    durationMs: Math.round(durationMs),
  });
};
