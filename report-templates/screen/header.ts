import type { Report } from '../../src/model.ts';
import { VERDICTS } from '../words.ts';
import { cells } from '../wrap.ts';
import { barOf } from './detail.ts';
import type { Layout } from './layout.ts';
import { cutLine, edges, type Line, line, type Span, span, width } from './line.ts';
import { wantedIn } from './login-parts.ts';
import { signOf, verdictSign } from './signs.ts';
import type { Overlay, Shown } from './state.ts';

const clock = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
};

/** What is said first on every page, whatever is asked: that the vendor ended the product, and when. */
const lifecycleText = ({ lifecycle }: Report, short: boolean): string => {
  const verb = lifecycle.status === 'ended' ? 'ended' : 'ends';
  return short ? `${verb} ${lifecycle.endedOn}` : `product ${verb} ${lifecycle.endedOn}`;
};

/** The first line: the product's end, whose figures these are, how far the run is. */
export const firstLine = (shown: Shown, layout: Layout): Line => {
  const { report, columns } = shown;
  const { run, host, pending } = report;
  const ended = report.lifecycle.status === 'ended';
  const style = ended ? ({ color: 'yellow' } as const) : {};
  const mark = ended ? signOf('warn').sign : signOf('waiting').sign;
  const life = span(`${mark} ${lifecycleText(report, layout === 'narrow' || layout === 'tiny')}`, style);
  const profile = layout === 'narrow' ? '' : `  ${run.profile}, ${run.shape}`;
  const elapsed = pending.length > 0 ? Math.max(run.durationMs, shown.now - Date.parse(run.startedAt)) : run.durationMs;
  const state = pending.length > 0 ? 'running  ' : layout === 'wide' ? 'finished in ' : '';
  const end = pending.length > 0 ? '' : `  exit ${run.exitCode}`;
  // A page on which nothing ticks has no clock either.
  const waits = pending.every((one) => one.state === 'waiting') && wantedIn(shown.logins).length > 0;
  const told =
    shown.still && pending.length > 0 ? (waits ? 'waits for a login' : 'running') : `${state}${clock(elapsed)}`;
  const right = line(span(told, { dim: true }), span(end, { bold: true }));
  return edges(line(life, '   ', span(host.name, { bold: true }), span(profile, { dim: true })), right, columns);
};

/** Counts as the report has them, worst last; noughts left out unless all are wanted. */
const counts = (report: Report, gap: string, all = false): readonly Span[] => {
  const states = (['pass', 'fail', 'unknown', 'warn', 'waived', 'skip'] as const).filter(
    (state) => all || report.summary[state] > 0,
  );
  return states.map((state, at) => {
    const { sign, style } = signOf(state);
    const quiet = report.summary[state] === 0 ? { dim: true } : style;
    return span(`${at > 0 ? gap : ''}${sign} ${report.summary[state]}`, quiet);
  });
};

const progressLine = ({ report, columns }: Shown, layout: Layout): Line => {
  const done = report.checks.length;
  const planned = done + report.pending.length;
  const tail = line(` ${done} of ${planned}   `, ...counts(report, layout === 'narrow' ? ' ' : '  '));
  const room = Math.max(8, Math.min(layout === 'wide' ? 60 : 45, columns - width(tail)));
  const bar = barOf(planned === 0 ? 1 : done / planned, room);
  const filled = bar.lastIndexOf('█') + 1;
  return cutLine(
    line(span(bar.slice(0, filled), { color: 'cyan' }), span(bar.slice(filled), { dim: true }), ...tail.spans),
    columns,
  );
};

const verdictWords = ({ summary, run }: Report, short: boolean): Line => {
  const { sign, style } = verdictSign(run.outcome);
  const parts = [
    [summary.fail, 'failed'],
    [summary.unknown, short ? 'unchecked' : 'could not be checked'],
    [short ? 0 : summary.warn, summary.warn === 1 ? 'warning' : 'warnings'],
  ] as const;
  const told = parts.flatMap(([number, word]) => (number > 0 ? [`${number} ${word}`] : [])).join(', ');
  const stopped = run.interrupted ? `  stopped by ${run.interrupted}` : '';
  return line(
    span(`${sign} ${VERDICTS[run.outcome]}`, style),
    told ? `  ${told}` : '',
    span(stopped, { color: 'magenta' }),
  );
};

const verdictLine = ({ report, columns }: Shown, layout: Layout): Line => {
  const long = verdictWords(report, layout === 'narrow');
  const left = width(long) <= columns ? long : verdictWords(report, true);
  const right = line(...counts(report, '  ', layout === 'wide'));
  const room = columns - width(left) - width(right);
  return room >= 3 ? edges(left, right, columns) : cutLine(left, columns);
};

/** The second line: the progress of a run, then its verdict. */
export const secondLine = (shown: Shown, layout: Layout): Line =>
  shown.report.pending.length > 0 ? progressLine(shown, layout) : verdictLine(shown, layout);

/** All that fits where there is no room: the product's end and the counts. */
export const tinyLines = (shown: Shown, overlay: Overlay | null): readonly Line[] => {
  const { report, columns, rows, logins } = shown;
  const done = report.checks.length;
  const far = report.pending.length > 0 ? `${done}/${done + report.pending.length} ` : `exit ${report.run.exitCode} `;
  const tally = line(far, ...counts(report, ' '));
  const life = lifecycleText(report, true);
  if (rows < 2) return [cutLine(line(span(life, { color: 'yellow' }), ' ', ...tally.spans), columns)];
  const need = `${columns}x${rows} is too small, 40x10 needed`;
  const room = cells(need) <= columns ? need : 'needs 40x10';
  return [
    line(span(life, { color: 'yellow' })),
    tally,
    line(span(room, { dim: true })),
    line(
      span(
        overlay === 'stop'
          ? 'stop? s keeps, d discards'
          : wantedIn(logins).length > 0
            ? 'a login is needed'
            : 'q quits',
        {
          dim: true,
        },
      ),
    ),
  ]
    .slice(0, rows)
    .map((one) => cutLine(one, columns));
};
