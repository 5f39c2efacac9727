import { describe, expect, it } from 'vitest';
import { type AnyCheck, skip, Unasked } from '../src/check.ts';
import { checked } from '../src/host/checked.ts';
import { type Evidence, replayed } from '../src/host/evidence.ts';
import { type Ask, keyOf } from '../src/host/host.ts';
import type { Finding, Report, Result } from '../src/model.ts';
import type { Plan } from '../src/plan.ts';
import { writtenReportSchema } from '../src/report-schema.ts';
import { type RunOptions, run } from '../src/run.ts';
import { CHECKS, goodEvidence, IDENTITY, samplePlan } from './support/sample-checks.ts';

const reportsOf = async (plan: Plan, ask: Ask, options: Partial<RunOptions> = {}): Promise<readonly Report[]> =>
  Array.fromAsync(run(plan, ask, { signal: new AbortController().signal, ...options }));

const last = async (plan: Plan, ask: Ask, options: Partial<RunOptions> = {}): Promise<Report> => {
  const report = (await reportsOf(plan, ask, options)).at(-1);
  if (!report) throw new Error('no report');
  return report;
};
const over = (change: Evidence = {}): Ask => checked(replayed({ ...goodEvidence(), ...change }));
const resultOf = (report: Report, id: string): Result => {
  const result = report.checks.find((one) => one.id === id);
  if (!result) throw new Error(`no result of ${id}`);
  return result;
};
const outcomes = (report: Report) => Object.fromEntries(report.checks.map(({ id, outcome }) => [id, outcome]));
const changedCheck = (id: string, change: Partial<AnyCheck>): readonly AnyCheck[] =>
  CHECKS.map((check) => (check.id === id ? { ...check, ...change } : check));
const bad = { 'system "identity"': { value: { ...IDENTITY, release: '1.0' } } };
/** A host on which some question hangs until its asker gives up. */
const hanging =
  (key: string, ask: Ask = over()): Ask =>
  (question, asking) =>
    keyOf(question) === key
      ? new Promise((_, reject) => asking.signal.addEventListener('abort', () => reject(new Error('cancelled'))))
      : ask(question, asking);

describe('a run', () => {
  it('ends with a complete report in report order', async () => {
    const reports = await reportsOf(samplePlan(), over());
    for (const {
      run: { planned },
      checks,
      pending,
    } of reports)
      expect([...checks, ...pending].map(({ id }) => id).sort()).toEqual([...planned].sort());
    const report = reports.at(-1) as Report;
    expect(report.checks.map(({ id }) => id)).toEqual(CHECKS.map(({ id }) => id));
    expect(report.pending).toEqual([]);
    expect(outcomes(report)).toEqual({
      'lifecycle.product': 'pass',
      'host.memory': 'pass',
      'host.kernel': 'pass',
      'docker.engine': 'pass',
      'disk.write-latency': 'warn',
    });
    expect(report.run).toMatchObject({ outcome: 'ready-with-warnings', exitCode: 0, privileged: true });
    expect(report.host).toMatchObject({ name: 'core-1', os: 'Debian GNU/Linux 12', kernel: '6.1.0', arch: 'x64' });
    const { pending: _none, ...written } = report;
    expect(writtenReportSchema.safeParse(JSON.parse(JSON.stringify(written))).error?.issues).toBeUndefined();
  });

  it('is worst where one of the findings is', async () => {
    const report = await last(samplePlan(), over(bad));
    const kernel = resultOf(report, 'host.kernel');
    expect(kernel).toMatchObject({ outcome: 'fail', message: 'bad kernel' });
    expect(kernel.findings.map(({ outcome }) => outcome)).toEqual(['pass', 'fail']);
    expect(report.run).toMatchObject({ outcome: 'not-ready', exitCode: 1 });
  });

  it('skips what needs a check that did not hold, and names that one', async () => {
    const report = await last(samplePlan(), over(bad));
    expect(resultOf(report, 'docker.engine')).toMatchObject({
      outcome: 'skip',
      reason: 'needs',
      message: 'Not asked: it needs host.kernel, which came to fail.',
    });
    expect(resultOf(report, 'disk.write-latency').message).toContain('needs docker.engine, which came to skip');
  });

  it('repeats how to give what a skipped check lacks, and lets a check that has nothing to look at say so', async () => {
    const lacking = changedCheck('host.kernel', {
      measure: () => Promise.reject(new Unasked(skip('There is no login', { remedy: 'Give one.' }))),
    });
    const report = await last(samplePlan({}, lacking), over());
    expect(resultOf(report, 'host.kernel')).toMatchObject({
      outcome: 'skip',
      reason: 'not-given',
      message: 'There is no login',
    });
    expect(resultOf(report, 'docker.engine')).toMatchObject({
      outcome: 'skip',
      findings: [{ subject: 'host.kernel', remedy: 'Give one.' }],
    });
    const failed = await last(samplePlan(), over(bad));
    expect(resultOf(failed, 'docker.engine').findings[0]).not.toHaveProperty('remedy');
  });

  it('asks what needs a check that did not pass, where what is needed of it holds', async () => {
    for (const [holds, outcome] of [
      [true, 'pass'],
      [false, 'skip'],
    ] as const) {
      const plan = samplePlan({}, changedCheck('host.kernel', { holds: () => holds }));
      const report = await last(plan, over(bad));
      expect(outcomes(report)).toMatchObject({ 'host.kernel': 'fail', 'docker.engine': outcome });
    }
  });

  it('asks what needs a check that is not selected', async () => {
    const report = await last(samplePlan({ only: ['docker.engine'] }), over());
    expect(outcomes(report)).toEqual({ 'docker.engine': 'pass' });
  });

  it('says the end of the product whatever is selected, by the clock of the host', async () => {
    const plan = samplePlan({ only: ['host.memory'] });
    expect((await last(plan, over())).lifecycle.status).toBe('supported');
    const later = over({ 'system "now"': { value: { epochMs: Date.UTC(2026, 0, 1) } } });
    expect((await last(plan, later)).lifecycle).toMatchObject({ status: 'ended', endedOn: '2025-10-23' });
    const lastDay = over({ 'system "now"': { value: { epochMs: Date.UTC(2025, 9, 23, 23, 59) } } });
    expect((await last(plan, lastDay)).lifecycle.status).toBe('supported');
  });

  it('lets advice warn at most', async () => {
    const later = over({ 'system "now"': { value: { epochMs: Date.UTC(2026, 0, 1) } } });
    const report = await last(samplePlan(), later);
    expect(resultOf(report, 'lifecycle.product')).toMatchObject({ outcome: 'warn', level: 'advice', message: 'ended' });
    expect(report.run.exitCode).toBe(0);
    expect((await last(samplePlan({ strict: true }), later)).run.exitCode).toBe(1);
    const small = over({
      'system "memory"': { value: { total: 1, available: 1, installed: null, limit: null, limitFrom: null } },
    });
    expect(outcomes(await last(samplePlan(), small))['host.memory']).toBe('fail');
    expect(outcomes(await last(samplePlan({ profile: 'development' }), small))['host.memory']).toBe('warn');
  });

  it('plans what it leaves out', async () => {
    const report = await last(samplePlan({ quick: true }), over());
    expect(resultOf(report, 'disk.write-latency')).toMatchObject({
      outcome: 'skip',
      reason: 'left-out',
      message: 'Left out: --quick was given, and it writes 1 MiB.',
    });
  });

  it('keeps the true outcome of what is waived, and takes it out of the exit code', async () => {
    const waiver = { reason: 'OPS-1', until: '2026-12-31', by: 'ops' };
    const waivers = new Map(['host.kernel', 'host.memory'].map((id) => [id, waiver]));
    const report = await last(samplePlan({ waivers }), over(bad));
    expect(resultOf(report, 'host.kernel')).toMatchObject({ outcome: 'fail', waived: waiver });
    expect(resultOf(report, 'host.memory')).not.toHaveProperty('waived');
    expect(report.run.exitCode).toBe(0);
    expect(report.summary).toMatchObject({ waived: 1, fail: 0 });
  });

  it('makes foreign text printable', async () => {
    const evil = '\u001b]0;x\u0007\u202e';
    const report = await last(
      samplePlan(),
      over({
        'system "identity"': { value: { ...IDENTITY, release: evil, name: evil } },
        'docker "engine"': { error: evil },
      }),
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
    expect(JSON.stringify(report)).not.toMatch(/\\u001b|\\u0007|[\u0000-\u001f\u202e]/);
    expect(report.host.name).toContain('\\x1b');
    expect(resultOf(report, 'docker.engine').message).toContain('\\x1b');
  });
});

describe('a check that', () => {
  const failing: readonly (readonly [string, Partial<AnyCheck>, string])[] = [
    ['throws', { measure: () => Promise.reject(new Error('broke')) }, 'Could not find out: broke'],
    [
      'throws before it looks',
      {
        measure: () => {
          throw new Error('broke');
        },
      },
      'Could not find out: broke',
    ],
    ['throws no error', { measure: () => Promise.reject('words\nin lines') }, 'Could not find out: words · in lines'],
    [
      'throws in its judgement',
      {
        judge: () => {
          throw new Error('no idea');
        },
      },
      'Could not find out: no idea',
    ],
    [
      'throws in its figure',
      {
        figure: () => {
          throw new Error('no figure');
        },
      },
      'Could not find out: no figure',
    ],
    ['finds nothing', { judge: () => [] }, 'found nothing to say'],
    ['judges nothing', { judge: () => undefined as unknown as Finding }, 'Could not find out'],
  ];

  it.each(failing)('%s is unknown, and the others are not', async (_, change, words) => {
    const report = await last(samplePlan({}, changedCheck('host.kernel', change)), over());
    const kernel = resultOf(report, 'host.kernel');
    expect(kernel).toMatchObject({ outcome: 'unknown', reason: 'no-answer' });
    expect(kernel.message).toContain(words);
    expect(kernel.findings[0]?.remedy).toBeTruthy();
    expect(report.run.exitCode).toBe(3);
    expect(outcomes(report)['host.memory']).toBe('pass');
    expect(outcomes(report)['docker.engine']).toBe('skip');
  });
});

describe('stopping', () => {
  it('one check leaves the others alone', async () => {
    const cancel = new AbortController();
    const cancels = new Map([['host.memory', cancel.signal]]);
    const options = { signal: new AbortController().signal, cancels };
    let report: Report | undefined;
    for await (report of run(samplePlan(), hanging('system "memory"'), options))
      if (report.checks.length === 4 && report.pending.length === 1) cancel.abort();
    expect(resultOf(report as Report, 'host.memory')).toMatchObject({
      outcome: 'unknown',
      reason: 'cancelled',
      message: 'Not checked: it was cancelled.',
    });
    expect((report as Report).run).toMatchObject({ exitCode: 0, outcome: 'ready-with-warnings' });
    expect((report as Report).run).not.toHaveProperty('interrupted');
  });

  it('all keeps what there is; the rest is unknown', async () => {
    const stop = new AbortController();
    let report: Report | undefined;
    for await (report of run(samplePlan(), hanging('system "memory"'), { signal: stop.signal }))
      if (report.checks.length === 4) stop.abort({ by: 'SIGTERM', exitCode: 143 });
    expect((report as Report).run).toMatchObject({ interrupted: 'SIGTERM', exitCode: 143 });
    expect(outcomes(report as Report)).toMatchObject({ 'host.memory': 'unknown', 'host.kernel': 'pass' });
    expect((report as Report).checks.length).toBe(CHECKS.length);
  });

  it('before the first answer asks nothing and leaves every check in the report', async () => {
    const stop = new AbortController();
    stop.abort({ by: '--timeout' });
    const asked: string[] = [];
    const host: Ask = (question, asking) => {
      asked.push(keyOf(question));
      return over()(question, asking);
    };
    const report = await last(samplePlan(), host, { signal: stop.signal });
    expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['unknown']));
    expect(report.run).toMatchObject({ exitCode: 3, interrupted: '--timeout', outcome: 'not-proven' });
    expect(asked).not.toContain('system "memory"');
    expect(asked).not.toContain('docker "engine"');
  });
});

describe('running again', () => {
  it('keeps the results that are given and runs the others', async () => {
    const first = await last(samplePlan(), over(bad));
    const asked: string[] = [];
    const host: Ask = (question, asking) => {
      asked.push(keyOf(question));
      return over()(question, asking);
    };
    const keep = first.checks.filter(({ outcome }) => outcome === 'pass');
    const second = await last(samplePlan(), host, { keep });
    expect(outcomes(second)).toMatchObject({ 'host.kernel': 'pass', 'docker.engine': 'pass', 'host.memory': 'pass' });
    expect(asked).not.toContain('system "memory"');
    expect(resultOf(second, 'host.memory')).toBe(keep.find(({ id }) => id === 'host.memory'));
  });

  it('with all results kept is one complete report', async () => {
    const { checks } = await last(samplePlan(), over());
    const reports = await reportsOf(samplePlan(), over(), { keep: checks });
    expect(reports.at(-1)?.checks).toEqual(checks);
    expect(reports.at(-1)?.pending).toEqual([]);
  });
});

describe('what is shown on the way', () => {
  it('names the question that is waited for and how far it is', async () => {
    const host: Ask = async (question, asking) => {
      if (keyOf(question) !== 'system "memory"') return over()(question, asking);
      asking.progress({ done: 0.25, note: 'a quarter' });
      await new Promise((done) => setTimeout(done, 20));
      return over()(question, asking);
    };
    const reports = await reportsOf(samplePlan(), host);
    const shown = reports.flatMap(({ pending }) => pending.filter(({ id }) => id === 'host.memory'));
    expect(shown).toContainEqual(
      expect.objectContaining({ state: 'running', asking: 'system "memory"', progress: 0.25, note: 'a quarter' }),
    );
  });
});
