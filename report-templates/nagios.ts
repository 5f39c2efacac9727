import { refuseIncomplete } from '../src/complete.ts';
import type { Report, Result } from '../src/model.ts';
import { nagiosExitCode } from '../src/verdict.ts';
import * as words from './words.ts';

// The guidelines of the monitoring plugins: https://www.monitoring-plugins.org/doc/guidelines.html#PLUGOUTPUT
const STATES = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const;

/** Problems that are named; older NRPE agents carry 1 KiB of text. */
const MOST_NAMED = 6;
const LONGEST = 80;

/** Text that ends neither itself nor the line: without the bar, and without what Nagios counts as illegal in macros. */
const safe = (text: string): string => {
  const one = words
    .told(text, { ascii: true })
    .replace(/(^|\s)>= ?/g, '$1at least ')
    .replace(/(^|\s)<= ?/g, '$1at most ')
    .replace(/[|`~$&<>"]/g, '_');
  return one.length > LONGEST ? `${one.slice(0, LONGEST).replace(/\p{Surrogate}$/u, '')}...` : one;
};

/** A number without an exponent, which perfdata does not know. */
const plainNumber = (value: number): string =>
  Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(6).replace(/\.?0+$/, '');

const UNITS: Readonly<Record<string, string>> = { By: 'B', ms: 'ms', s: 's', '%': '%' };

/** `'label'=value[unit];[warn];[crit]`: the limit as a range outside of which Nagios would alert. */
const performance = ({ id, level, measured, required }: Result): readonly string[] => {
  if (typeof measured?.value !== 'number' || !Number.isFinite(measured.value)) return [];
  const label = id.replace(/[^A-Za-z0-9._-]/g, '_');
  const figure = `'${label}'=${plainNumber(measured.value)}${UNITS[measured.unit ?? ''] ?? ''}`;
  if (typeof required?.value !== 'number' || required.unit !== measured.unit) return [figure];
  const limit = plainNumber(required.value);
  const range = { '>=': `${limit}:`, '<=': limit, '=': `${limit}:${limit}`, in: '', is: '' }[required.op];
  if (range === '') return [figure];
  return [level === 'advice' ? `${figure};${range}` : `${figure};;${range}`];
};

const named = ({ id, message, measured, required }: Result): string =>
  measured && required
    ? `${safe(id)} ${safe(measured.display)} (needed: ${safe(required.display)})`
    : `${safe(id)}: ${safe(message)}`;

/** One line for Nagios and its kin: state, the product's end, verdict, the worst problems, figures. */
export const write = (report: Report): string => {
  refuseIncomplete(report);
  const { run, lifecycle, summary, checks } = report;
  const problems = words
    .worstFirst(checks)
    .filter((result) => ['fail', 'unknown', 'warn'].includes(words.stateOf(result)));
  const unnamed = problems.length - MOST_NAMED;
  const text = [
    `${lifecycle.status === 'ended' ? 'product ended' : 'product ends'} ${safe(lifecycle.endedOn)}`,
    `${words.VERDICTS[run.outcome]}, ${words.countsOf(summary)}`,
    ...(run.interrupted ? [`stopped by ${safe(run.interrupted)}`] : []),
    ...problems.slice(0, MOST_NAMED).map(named),
    ...(unnamed > 0 ? [`and ${unnamed} more`] : []),
  ];
  const figures = checks.flatMap(performance);
  const head = `WA-PREFLIGHT ${STATES[nagiosExitCode(report)]} - ${text.join('; ')}`;
  return `${figures.length > 0 ? `${head} | ${figures.join(' ')}` : head}\n`;
};
