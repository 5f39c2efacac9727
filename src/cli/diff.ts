import { diffTemplates } from '../../report-templates/diff.ts';
import { type Compared, diffOf } from '../diff/diff.ts';
import type { Report } from '../model.ts';
import { judgeRecording } from './judge-recording.ts';
import type { ShowOptions } from './options.ts';
import { lookFor, showAs } from './show.ts';
import { leave } from './signals.ts';
import { readSubject, reportIn, type Subject } from './subject.ts';

export type DiffOptions = {
  readonly before: string;
  readonly after: string;
  /** End with 1 when something got worse. */
  readonly exitCode: boolean;
};

/** The report that a subject brings along; null for a recording, which is judged for the comparison. */
const broughtBy = (subject: Subject): Report | null => (subject.kind === 'recording' ? null : reportIn(subject));

const comparedOf = async (subject: Subject, like: Report | null): Promise<Compared> => {
  const { kind } = subject;
  if (kind === 'recording') {
    const { recording } = subject;
    return { kind, report: await judgeRecording(recording, like), evidence: recording.evidence };
  }
  const evidence = kind === 'bundle' ? (subject.bundle.evidence?.evidence ?? null) : null;
  return { kind, report: reportIn(subject), evidence };
};

/** `diff`: what changed between two reports, recordings or bundles. Exit 0, or 1 where that was asked for and something got worse. */
export const diff = async ({ before, after, exitCode }: DiffOptions, showing: ShowOptions): Promise<void> => {
  const first = await readSubject(before, 'diff');
  const second = await readSubject(after, 'diff');
  // A recording is judged as the other one was, so that only their hosts differ.
  const compared = [await comparedOf(first, broughtBy(second)), await comparedOf(second, broughtBy(first))] as const;
  const told = diffOf(...compared);
  await showAs(
    async (format, toTerminal) => {
      const template = await diffTemplates[format as keyof typeof diffTemplates]();
      return template.write(told, lookFor(showing, toTerminal));
    },
    showing,
    [],
  );
  leave(exitCode && told.worse ? 1 : 0);
};
