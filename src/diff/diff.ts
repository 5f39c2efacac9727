import type { Evidence } from '../host/evidence.ts';
import type { Report } from '../model.ts';
import { DIFF_SCHEMA, TOOL } from '../tool.ts';
import { checksDiff } from './checks.ts';
import { factsDiff } from './facts.ts';
import { AS_IT_IS, BUT_FOR_NAMES } from './findings.ts';
import type { CheckDiff, Course, DiffSide, ReportDiff } from './report-diff.ts';
import { warningsOf } from './warnings.ts';

/** One of two that are compared. A bundle's texts hold pseudonyms in the place of addresses and names. */
export type Compared = {
  readonly kind: DiffSide['kind'];
  readonly report: Report;
  readonly evidence: Evidence | null;
};

const sideOf = ({ kind, report: { tool, spec, run, host } }: Compared): DiffSide => {
  const { startedAt, outcome, exitCode, profile, phase, shape, strict } = run;
  const { name, os, kernel, arch, virtualization } = host;
  return {
    kind,
    tool: { name: tool.name, version: tool.version },
    spec: { name: spec.name, version: spec.version, checkedOn: spec.checkedOn },
    run: { startedAt, outcome, exitCode, profile, phase, shape, strict },
    host: { name, os, kernel, arch, virtualization },
  };
};

const countsOf = (changed: readonly CheckDiff[], same: number): ReportDiff['summary'] => {
  const count = (course: Course) => changed.filter((one) => one.course === course).length;
  return { worse: count('worse'), other: count('other'), better: count('better'), noise: count('noise'), same };
};

/** What changed from one run to another, by check and by what their hosts answered. */
export const diffOf = (before: Compared, after: Compared): ReportDiff => {
  const bundles = before.kind === 'bundle' || after.kind === 'bundle';
  // Two bundles that share their pseudonyms, or have none, name their host alike.
  const pseudonyms = bundles && before.report.host.name !== after.report.host.name;
  const { changed, same } = checksDiff(before.report, after.report, pseudonyms ? BUT_FOR_NAMES : AS_IT_IS);
  const summary = countsOf(changed, same.length);
  return {
    $schema: DIFF_SCHEMA,
    schemaVersion: '1.0',
    kind: 'ReportDiff',
    tool: { ...TOOL },
    before: sideOf(before),
    after: sideOf(after),
    warnings: [...warningsOf(before, after, pseudonyms)],
    worse: summary.worse > 0,
    summary,
    checks: [...changed],
    same: [...same],
    facts: before.evidence && after.evidence ? factsDiff(before.evidence, after.evidence, pseudonyms) : null,
  };
};
