import { LEVELS, type Measured, OUTCOMES, type Report, type Result } from '../model.ts';
import { findingsDiff, type Reading, turnOf } from './findings.ts';
import { bandOf } from './noise.ts';
import { type Band, type Change, type CheckDiff, COURSES, type Course, type DiffState } from './report-diff.ts';

const NO_FINDINGS: CheckDiff['findings'] = { added: [], gone: [], changed: [] };

const stateOf = ({ outcome, waived, message, measured, required, level }: Result): DiffState => ({
  outcome,
  waived: waived !== undefined,
  message,
  measured: measured
    ? {
        value: measured.value,
        unit: measured.unit ?? null,
        stat: measured.stat ?? null,
        display: measured.display,
      }
    : null,
  required: required ? { display: required.display, level, origin: required.origin } : null,
});

const isProblem = ({ outcome }: Pick<Result, 'outcome'>): boolean => ['warn', 'unknown', 'fail'].includes(outcome);

/** Worse first: what passes, a problem that is waived, then the outcomes. What was not judged has no place in that order. */
const severity = ({ outcome, waived }: Result): number | null => {
  if (outcome === 'skip') return null;
  return waived && isProblem({ outcome }) ? 0.5 : OUTCOMES.indexOf(outcome);
};

const outcomeCourse = (before: Result, after: Result): Course => {
  const [was, is] = [severity(before), severity(after)];
  // A problem that nobody judged before is one that was not known; one that is judged no more is not mended.
  if (was === null || is === null) return is !== null && is > 0.5 ? 'worse' : 'other';
  if (was === is) return 'other';
  // To waive a problem mends nothing; to waive it no longer brings it back.
  if (after.waived && !before.waived) return 'other';
  return is > was ? 'worse' : 'better';
};

const sameFigure = (before: Measured | undefined, after: Measured | undefined, read: Reading): boolean => {
  if (!before || !after) return before === after;
  return read(before.display) === read(after.display) && before.unit === after.unit && before.stat === after.stat;
};

const sameLimit = (before: Result, after: Result): boolean =>
  before.level === after.level &&
  before.required?.display === after.required?.display &&
  before.required?.op === after.required?.op &&
  before.required?.origin === after.required?.origin &&
  JSON.stringify(before.required?.value) === JSON.stringify(after.required?.value);

const courseOf = (
  before: Result,
  after: Result,
  changes: readonly Change[],
  band: Band | null,
  turn: ReturnType<typeof turnOf>,
): Course => {
  if (changes.includes('outcome') || changes.includes('waived')) return outcomeCourse(before, after);
  if (turn.worse || turn.better) return turn.worse ? 'worse' : 'better';
  if (band?.changed) return band.difference > 0 ? 'worse' : 'better';
  const onlyFigures = changes.every((change) => change === 'measured' || change === 'findings');
  return onlyFigures && band ? 'noise' : 'other';
};

const both = (before: Result, after: Result, read: Reading): CheckDiff | null => {
  const band = bandOf(before.measured, after.measured);
  const findings = findingsDiff(before, after, read);
  const turn = turnOf(findings);
  const differ = findings.added.length + findings.gone.length + findings.changed.length > 0;
  const changes: readonly Change[] = [
    ...(before.outcome === after.outcome ? [] : ['outcome' as const]),
    ...((before.waived === undefined) === (after.waived === undefined) ? [] : ['waived' as const]),
    ...(differ ? ['findings' as const] : []),
    ...(sameLimit(before, after) ? [] : ['required' as const]),
    ...(sameFigure(before.measured, after.measured, read) ? [] : ['measured' as const]),
  ];
  if (changes.length === 0) return null;
  const { id, title, phase } = after;
  const course = courseOf(before, after, changes, band, turn);
  return {
    id,
    title,
    phase,
    course,
    changes: [...changes],
    before: stateOf(before),
    after: stateOf(after),
    band,
    findings,
  };
};

const alone = (change: 'appeared' | 'disappeared', result: Result): CheckDiff => {
  const { id, title, phase } = result;
  const appeared = change === 'appeared';
  return {
    ...{ id, title, phase, changes: [change], band: null, findings: NO_FINDINGS },
    course: appeared && isProblem(result) && !result.waived ? 'worse' : 'other',
    before: appeared ? null : stateOf(result),
    after: appeared ? stateOf(result) : null,
  };
};

const LAST = 9;

/** What is to be read first: what got worse, the worst of it first, and what the vendor requires before what is advice. */
const placeOf = ({ course, after, before }: CheckDiff): number => {
  const state = after ?? before;
  const level = state?.required ? LEVELS.indexOf(state.required.level) : LAST;
  return COURSES.indexOf(course) * 100 + (OUTCOMES.length - OUTCOMES.indexOf(state?.outcome ?? 'pass')) * 10 + level;
};

/** Checks that differ between two reports, what got worse first, and the ids of those that do not. */
export const checksDiff = (
  before: Report,
  after: Report,
  read: Reading,
): { readonly changed: readonly CheckDiff[]; readonly same: readonly string[] } => {
  const were = new Map(before.checks.map((result) => [result.id, result]));
  const are = new Map(after.checks.map((result) => [result.id, result]));
  const ids = [...are.keys(), ...[...were.keys()].filter((id) => !are.has(id))];
  const told = ids.map((id): CheckDiff | string => {
    const [was, is] = [were.get(id), are.get(id)];
    if (was && is) return both(was, is, read) ?? id;
    return is ? alone('appeared', is) : was ? alone('disappeared', was) : id;
  });
  const changed = told.filter((one) => typeof one !== 'string').sort((a, b) => placeOf(a) - placeOf(b));
  return { changed, same: told.filter((one) => typeof one === 'string') };
};
