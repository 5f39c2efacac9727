import { describe, expect, it } from 'vitest';
import { bounded } from '../src/host/bounded.ts';
import { checked } from '../src/host/checked.ts';
import { type Evidence, recorded, replayed } from '../src/host/evidence.ts';
import { type Ask, keyOf } from '../src/host/host.ts';
import type { Json, Report } from '../src/model.ts';
import { run } from '../src/run.ts';
import { goodEvidence, samplePlan } from './support/sample-checks.ts';

// Nothing vanishes: whatever becomes of any one question, every planned check is in the report, those that needed the
// answer are unknown, the exit code is right, and the recording of it gives the same report again.

const DEADLINE_MS = 20;
const PLAN = samplePlan();

const GARBAGE: readonly Json[] = [
  null,
  7,
  'x',
  [],
  {},
  { value: {} },
  { epochMs: 'soon', total: {}, release: 1, path: 0, state: 1 },
];
const WAYS: Readonly<Record<string, Ask>> = {
  throws: async () => Promise.reject(new Error('it broke')),
  'throws at once': () => {
    throw new Error('it broke');
  },
  'throws no error': () => Promise.reject(undefined),
  hangs: () => new Promise(() => {}),
  'is absent': replayed({}),
  ...Object.fromEntries(GARBAGE.map((answer) => [`is ${JSON.stringify(answer)}`, async () => answer])),
};

const judged = async (ask: Ask, isReplay: boolean): Promise<Report> => {
  const reports = await Array.fromAsync(run(PLAN, ask, { signal: new AbortController().signal, replayed: isReplay }));
  const report = reports.at(-1);
  if (!report) throw new Error('no report');
  return report;
};

const asLive = (ask: Ask, evidence: Evidence): Ask => recorded(checked(bounded(ask, DEADLINE_MS)), evidence);

/** A report without what differs between two runs of the same. */
const timeless = ({ run: ran, checks, ...rest }: Report) => ({
  ...rest,
  run: { ...ran, id: '', startedAt: '', durationMs: 0, replayed: false },
  checks: checks.map((result) => ({ ...result, durationMs: 0 })),
});

/** Which checks ask which question, found out by asking. */
const asking = async (): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const asked = new Map<string, Set<string>>();
  for (const { check, requirement } of PLAN.checks) {
    const { hostOf } = await import('../src/host/host.ts');
    const noting: Ask = (question, context) => {
      const key = keyOf(question);
      asked.set(key, (asked.get(key) ?? new Set()).add(check.id));
      return checked(replayed(goodEvidence()))(question, context);
    };
    await check.measure(
      hostOf(noting, { signal: new AbortController().signal, progress: () => {} }),
      requirement.value,
    );
  }
  return asked;
};
const ASKED = await asking();

/** Answers that fit although they look like garbage: a file may be missing, and may hold any text. */
const FITS: Readonly<Record<string, readonly string[]>> = { 'readFile "/etc/hosts"': ['is null', 'is "x"'] };

describe.each([...ASKED.keys()])('when %s', (key) => {
  it.each(Object.keys(WAYS).filter((way) => !FITS[key]?.includes(way)))('%s, nothing vanishes', async (way) => {
    const good = replayed(goodEvidence());
    const evidence: Evidence = {};
    const mutated: Ask = (question, context) =>
      keyOf(question) === key ? (WAYS[way] as Ask)(question, context) : good(question, context);
    const live = await judged(asLive(mutated, evidence), false);

    const touched = ASKED.get(key) ?? new Set();
    const expected = new Map<string, string>();
    for (const { check } of PLAN.checks) {
      const unmet = check.needs?.some((id) => ['unknown', 'skip'].includes(expected.get(id) ?? ''));
      const fine = check.id === 'disk.write-latency' ? 'warn' : 'pass';
      expected.set(check.id, unmet ? 'skip' : touched.has(check.id) ? 'unknown' : fine);
    }
    expect(new Map(live.checks.map(({ id, outcome }) => [id, outcome]))).toEqual(expected);
    expect(live.pending).toEqual([]);
    const required = live.checks.some(({ level, outcome }) => level === 'required' && outcome === 'unknown');
    expect(live.run.exitCode).toBe(required ? 3 : 0);
    for (const result of live.checks.filter(({ outcome }) => outcome === 'unknown')) {
      expect(result.message).toMatch(/^Could not find out: ./);
      expect(result.findings[0]?.remedy).toBeTruthy();
      expect(result.required).toBeDefined();
    }

    const again = await judged(checked(replayed(JSON.parse(JSON.stringify(evidence)))), true);
    expect(timeless(again)).toEqual(timeless(live));
  });
});

it('every question of every check was tried', () => {
  expect([...ASKED.keys()].sort()).toEqual([
    'disk "target"',
    'docker "engine"',
    'readFile "/etc/hosts"',
    'system "identity"',
    'system "memory"',
    'system "now"',
  ]);
});
