import { type Finding, OUTCOMES, type Result } from '../model.ts';
import { withoutFigures, withoutNames } from './masked.ts';
import type { CheckDiff, DiffFinding } from './report-diff.ts';

/** How texts are held against each other: as they are, or but for what pseudonyms stand for. */
export type Reading = (text: string) => string;
export const AS_IT_IS: Reading = (text) => text;
export const BUT_FOR_NAMES: Reading = withoutNames;

type Findings = CheckDiff['findings'];

const toldOf = ({ outcome, subject, message }: Finding): DiffFinding => ({
  outcome,
  subject: subject ?? null,
  message,
});

/** Takes pairs out of two lists, each with its first partner; what is left has none. */
const paired = (
  before: readonly DiffFinding[],
  after: readonly DiffFinding[],
  alike: (one: DiffFinding, other: DiffFinding) => boolean,
) => {
  const left = [...after];
  const pairs: { readonly before: DiffFinding; readonly after: DiffFinding }[] = [];
  const gone = before.filter((one) => {
    const at = left.findIndex((other) => alike(one, other));
    const [partner] = at < 0 ? [] : left.splice(at, 1);
    if (partner) pairs.push({ before: one, after: partner });
    return !partner;
  });
  return { pairs, gone, added: left };
};

/**
 * Findings that are new, gone, or say something else. What passes and differs in figures alone is the same: the measurement tells
 * of figures.
 */
export const findingsDiff = (before: Result, after: Result, read: Reading): Findings => {
  const same = (text: string | null, other: string | null) => read(text ?? '') === read(other ?? '');
  const equal = paired(before.findings.map(toldOf), after.findings.map(toldOf), (one, other) => {
    if (one.outcome !== other.outcome || !same(one.subject, other.subject)) return false;
    return (
      same(one.message, other.message) ||
      (one.outcome === 'pass' && withoutFigures(read(one.message)) === withoutFigures(read(other.message)))
    );
  });
  const subjects = paired(equal.gone, equal.added, (one, other) => same(one.subject, other.subject));
  const { gone, added } = subjects;
  const [wasAlone, isAlone] = [gone.length === 1 ? gone[0] : null, added.length === 1 ? added[0] : null];
  if (wasAlone && isAlone)
    return { added: [], gone: [], changed: [...subjects.pairs, { before: wasAlone, after: isAlone }] };
  return { added, gone, changed: subjects.pairs };
};

const rank = (outcome: DiffFinding['outcome']): number => (outcome === 'skip' ? 0 : OUTCOMES.indexOf(outcome));

/** Whether some finding is worse than what stood in its place; and whether some is better. */
export const turnOf = ({ added, gone, changed }: Findings): { readonly worse: boolean; readonly better: boolean } => ({
  worse:
    added.some((one) => rank(one.outcome) > 0) ||
    changed.some((one) => rank(one.after.outcome) > rank(one.before.outcome)),
  better:
    gone.some((one) => rank(one.outcome) > 0) ||
    changed.some((one) => rank(one.after.outcome) < rank(one.before.outcome)),
});
