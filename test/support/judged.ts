import { readFileSync } from 'node:fs';
import type { AnyCheck } from '../../src/check.ts';
import { checked } from '../../src/host/checked.ts';
import { type Evidence, replayed } from '../../src/host/evidence.ts';
import type { Json, Profile, Result, Shape } from '../../src/model.ts';
import type { Plan } from '../../src/plan.ts';
import { run } from '../../src/run.ts';
import { type Spec, settle } from '../../src/spec.ts';
import { parseYaml } from '../../src/yaml.ts';

const SPEC = parseYaml(
  readFileSync(new URL('../../checks/specs/onprem.yaml', import.meta.url), 'utf8'),
  'spec',
) as Spec;

/** Answers by question; an Error is a question that was refused. */
export type Answers = Readonly<Record<string, Json | Error>>;

/** Answers as evidence. */
export const evidenceOf = (answers: Answers): Evidence =>
  Object.fromEntries(
    Object.entries(answers).map(([key, answer]) => [
      key,
      answer instanceof Error ? { error: answer.message } : { value: answer },
    ]),
  );

/** One check's result on a replayed host, with the requirement of the built-in spec. */
export const judged = async (
  check: AnyCheck,
  answers: Answers,
  { profile = 'production', shape = 'single' }: { readonly profile?: Profile; readonly shape?: Shape } = {},
): Promise<Result> => {
  const requirement = settle(SPEC, check, profile, shape);
  const required = { ...check.limit(requirement.value), origin: requirement.origin };
  const plan: Plan = {
    spec: SPEC,
    profile,
    phase: 'before',
    shape,
    strict: false,
    lifecycle: { endedOn: '2025-10-23', source: requirement.source },
    checks: [{ check, requirement, required }],
  };
  const ask = checked(replayed(evidenceOf(answers)));
  let last: Result | undefined;
  for await (const report of run(plan, ask, { signal: new AbortController().signal })) last = report.checks[0];
  if (!last) throw new Error(`${check.id} has no result`);
  return last;
};

/** The outcome and the words of every finding, for a test to hold against. */
export const saying = (result: Result): string =>
  [result.outcome, ...result.findings.map(({ message }) => message)].join('\n');
