import { readFileSync } from 'node:fs';
import { checks } from '../../checks/index.ts';
import { checked } from '../../src/host/checked.ts';
import { type Evidence, recorded, replayed } from '../../src/host/evidence.ts';
import { type Ask, keyOf } from '../../src/host/host.ts';
import type { Report, Result } from '../../src/model.ts';
import { type Plan, planOf, type Selection } from '../../src/plan.ts';
import { readSpec } from '../../src/read-spec.ts';
import { run } from '../../src/run.ts';

/** The spec that the tool ships, as text. */
export const SPEC_TEXT = readFileSync(new URL('../../checks/specs/onprem.yaml', import.meta.url), 'utf8');

/** The same, read. */
export const SPEC = readSpec(checks, SPEC_TEXT);

/** A selection of all checks, those of an installed client and those that wait for an option too. */
export const EVERYTHING: Selection = {
  profile: 'production',
  phase: 'all',
  shape: 'single',
  strict: false,
  quick: false,
  offline: false,
  optIns: new Set([
    '--db-write-probe',
    '--stats-db',
    '--test-default-admin',
    '--test-webhook',
    '--hold-connection',
    '--send-test-message',
  ]),
  only: [],
  skip: [],
  waivers: new Map(),
};

type Choice = Partial<Pick<Selection, 'profile' | 'shape' | 'quick' | 'phase' | 'optIns'>>;

/** The plan of all checks by the spec that the tool ships. */
export const wholePlan = (choice: Choice = {}): Plan => planOf(SPEC, checks, { ...EVERYTHING, ...choice });

/** Runs a plan to its end, on any host. */
export const completed = async (plan: Plan, ask: Ask): Promise<Report> => {
  let last: Report | undefined;
  for await (const report of run(plan, recorded(checked(ask), {}), {
    signal: new AbortController().signal,
    replayed: true,
  }))
    last = report;
  if (!last) throw new Error('a run without a report');
  return last;
};

/** Judges evidence as `--from` does, and tells which questions were asked. */
export const judgedWhole = async (evidence: Evidence, choice: Choice = {}) => {
  const asked = new Set<string>();
  const answers = replayed(evidence);
  const report = await completed(wholePlan(choice), (question, asking) => {
    asked.add(keyOf(question));
    return answers(question, asking);
  });
  return { report, asked };
};

/** Outcomes by check. */
export const outcomesOf = ({ checks: results }: Pick<Report, 'checks'>): Record<string, Result['outcome']> =>
  Object.fromEntries(results.map(({ id, outcome }) => [id, outcome]));

/** A report without what differs from run to run: its id and its times. */
export const timeless = (report: Report): unknown => ({
  ...report,
  run: { ...report.run, id: '', startedAt: '', durationMs: 0 },
  checks: report.checks.map((result) => ({ ...result, durationMs: 0 })),
});

/** All the words of a result's findings. */
export const wordsOf = ({ findings }: Pick<Result, 'findings'>): string =>
  findings.flatMap(({ subject, message, remedy }) => [subject, message, remedy]).join('\n');

/** One check's result on a whole host. */
export const resultOf = async (id: string, evidence: Evidence): Promise<Result> => {
  const { report } = await judgedWhole(evidence);
  const result = report.checks.find((one) => one.id === id);
  if (!result) throw new Error(`${id} is not in the report`);
  return result;
};
