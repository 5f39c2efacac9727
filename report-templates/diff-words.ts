import type { Band, CheckDiff, Course, DiffSide, DiffState, ReportDiff } from '../src/diff/report-diff.ts';
import type { Look } from './look.ts';
import * as words from './words.ts';

// The words that all formats of a comparison share.

/** What a section of a comparison is called, in the order in which they stand. */
export const COURSE_TITLES: Readonly<Record<Course, string>> = {
  worse: 'Worse',
  other: 'Changed',
  better: 'Better',
  noise: 'The same within noise',
};

/** "2 worse, 1 better, 30 the same", without what is nought. */
export const summaryWords = ({ summary }: Pick<ReportDiff, 'summary'>): string => {
  const { worse, other, better, noise, same } = summary;
  const counts: readonly (readonly [number, string])[] = [
    [worse, 'worse'],
    [other, 'changed'],
    [better, 'better'],
    [noise, 'the same within noise'],
    [same, 'the same'],
  ];
  const told = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return told.join(', ') || 'no checks';
};

const PHASES: Readonly<Record<string, string>> = {
  before: 'before the install',
  after: 'after the install',
  all: 'before and after the install',
};

/** Whose run it was, when, and by what it was judged. */
export const sideWords = ({ kind, host, run, spec, tool }: DiffSide): string => {
  const phase = PHASES[run.phase] ?? run.phase;
  const judged = `${run.profile}, ${phase}, ${run.shape}${run.strict ? ', strict' : ''}`;
  return `${host.name} at ${run.startedAt} (${kind}; ${judged}; ${spec.name} ${spec.version}, ${tool.name} ${tool.version})`;
};

/** A state in its word: "FAIL", or "waived" with what it is. */
export const stateWord = (state: DiffState | null): string => {
  if (state === null) return 'not there';
  const { word } = words.SIGNS[state.outcome];
  return state.waived ? `${word}, waived` : word;
};

/** The arrow between two values. */
export const arrow = ({ ascii }: Pick<Look, 'ascii'>): string => (ascii ? '->' : '→');
const about = ({ ascii }: Pick<Look, 'ascii'>): string => (ascii ? '+/-' : '±');

const BY: Readonly<Record<Band['by'], string>> = {
  spread: 'by the spread of the rounds',
  share: 'a tenth of the figure',
  few: 'half of the figure, as too little was measured',
};

const msOf = (ms: number): string => `${Number(Math.abs(ms).toPrecision(3))} ms`;

/** A band in words: "14.3 ms slower at p99, beyond the noise of ± 2.2 ms (by the spread of the rounds)". */
export const bandWords = ({ difference, noise, changed, stat, by }: Band, look: Look): string => {
  const how = difference < 0 ? 'faster' : 'slower';
  const within = changed ? 'beyond the noise of' : 'within the noise of';
  return `${msOf(difference)} ${how} at ${stat}, ${within} ${about(look)} ${msOf(noise)} (${BY[by]})`;
};

/** A figure before and after, as one text; null where neither is there or both say the same. */
export const figureWords = ({ before, after }: CheckDiff, look: Look): string | null => {
  const [was, is] = [before?.measured?.display ?? null, after?.measured?.display ?? null];
  if (was === is) return is;
  return `${was ?? 'nothing'} ${arrow(look)} ${is ?? 'nothing'}`;
};

const limit = (state: DiffState | null): string | null =>
  state?.required ? `${state.required.display} (${state.required.level})` : null;

/** The limit, and what it was where it is another now. */
export const limitWords = ({ before, after }: CheckDiff, look: Look): string | null => {
  const [was, is] = [limit(before), limit(after)];
  if (was === null || is === null || was === is) return is ?? was;
  return `${was} ${arrow(look)} ${is}`;
};
