import type { Report, Result, RunOutcome, Summary } from './model.ts';

/** The sum of a run: counts, words and exit code (contract.md: 1 wins over 3; nothing required judged is never green). */
export type Verdict = { readonly summary: Summary; readonly outcome: RunOutcome; readonly exitCode: 0 | 1 | 3 };

const count = (results: readonly Result[]): Summary => {
  const counts = { pass: 0, warn: 0, fail: 0, unknown: 0, skip: 0, waived: 0 };
  for (const result of results) counts[result.waived ? 'waived' : result.outcome] += 1;
  return counts;
};

/** Judges a run by its results. `strict` makes warnings count as failures. */
export const verdict = (results: readonly Result[], strict: boolean): Verdict => {
  const counted = results.filter((result) => !result.waived);
  const required = results.filter((result) => result.level === 'required');
  const some = (outcome: string) => counted.some((result) => result.outcome === outcome);
  const judged = required.some((result) => result.outcome !== 'skip' && result.outcome !== 'unknown');
  const unproven = !judged || counted.some((result) => result.level === 'required' && result.outcome === 'unknown');
  const summary = count(results);

  if (some('fail') || (strict && some('warn'))) return { summary, outcome: 'not-ready', exitCode: 1 };
  if (unproven) return { summary, outcome: 'not-proven', exitCode: 3 };
  return { summary, outcome: some('warn') || some('unknown') ? 'ready-with-warnings' : 'ready', exitCode: 0 };
};

/** Nagios' states, by its plugin guidelines: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. */
export type NagiosExitCode = 0 | 1 | 2 | 3;
const NAGIOS: Readonly<Record<RunOutcome, NagiosExitCode>> = {
  ready: 0,
  'ready-with-warnings': 1,
  'not-ready': 2,
  'not-proven': 3,
};

/** The state that Nagios is told. A run that was stopped before its end proves nothing good. */
export const nagiosExitCode = ({ run }: Pick<Report, 'run'>): NagiosExitCode =>
  run.interrupted !== undefined && run.outcome !== 'not-ready' ? 3 : NAGIOS[run.outcome];
