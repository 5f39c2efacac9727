import { describe, expect, it } from 'vitest';
import { checks } from '../checks/index.ts';
import { bounded } from '../src/host/bounded.ts';
import { checked } from '../src/host/checked.ts';
import { type Evidence, recorded, replayed } from '../src/host/evidence.ts';
import { type Ask, keyOf } from '../src/host/host.ts';
import type { Report } from '../src/model.ts';
import { run } from '../src/run.ts';
import { verdict } from '../src/verdict.ts';
import { judgedWhole, outcomesOf, timeless, wholePlan } from './support/corpus-run.ts';
import { boring, installed } from './support/hosts.ts';

// The same as test/mutation.test.ts, for the real checks on a host where all is well: whatever becomes of one question,
// no check vanishes, none fails because of it, and the recording gives the same report again.

const WAYS: Readonly<Record<string, Ask>> = {
  throws: async () => Promise.reject(new Error('it broke')),
  hangs: () => new Promise(() => {}),
  'is garbage': async () => 7,
  'is absent': replayed({}),
};

const PLAN = wholePlan();
const judged = async (ask: Ask): Promise<Report> => {
  const options = { signal: new AbortController().signal, replayed: true };
  const report = (await Array.fromAsync(run(PLAN, ask, options))).at(-1);
  if (!report) throw new Error('no report');
  return report;
};
/** Questions that measure time have long deadlines of their own: for them "hangs" would only wait. */
const PATIENT =
  /^disk "(write|read)-latency"|^docker "statx"|^database "(commit-)?latency"|^network "hold"|^api "stats-db"/;

const [bare, lived] = await Promise.all([judgedWhole(boring.evidence), judgedWhole(installed.evidence)]);
const same = (key: string): boolean =>
  bare.asked.has(key) && JSON.stringify(boring.evidence[key]) === JSON.stringify(installed.evidence[key]);
/** All questions on a host with nothing installed, and those that are answered otherwise where the client runs. */
const cases = [
  ...[...bare.asked].sort().map((key) => ['boring', key, boring, bare.report] as const),
  ...[...lived.asked]
    .filter((key) => !same(key))
    .sort()
    .map((key) => ['installed', key, installed, lived.report] as const),
];

describe.each(cases)('on the %s host, when %s', (_, key, { evidence: whole }, good) => {
  const ways = Object.keys(WAYS).filter((way) => way !== 'hangs' || !PATIENT.test(key));
  it.each(ways)('%s, no check vanishes or fails', async (way) => {
    const answers = replayed(whole);
    const mutated: Ask = (question, asking) =>
      keyOf(question) === key ? (WAYS[way] as Ask)(question, asking) : answers(question, asking);
    const evidence: Evidence = {};
    const report = await judged(recorded(checked(bounded(mutated, 25)), evidence));

    expect(report.checks.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
    const before = outcomesOf(good);
    for (const { id, outcome } of report.checks) {
      if (outcome === 'fail') expect(before[id], `${id} fails because ${key} ${way}`).toBe('fail');
      if (outcome === 'pass') expect(['pass', 'warn'], `${id} passes although ${key} ${way}`).toContain(before[id]);
    }
    expect(report.run.exitCode).toBe(verdict(report.checks, false).exitCode);
    const again = await judged(checked(replayed(JSON.parse(JSON.stringify(evidence)))));
    expect(timeless(again)).toEqual(timeless(report));
  });
});

it('each check asks at least one question that it cannot do without', async () => {
  const blind = await judged(checked(replayed({})));
  for (const { id, outcome } of blind.checks) expect(['unknown', 'skip'], id).toContain(outcome);
  expect(blind.run.exitCode).toBe(3);
});
