import { describe, expect, it } from 'vitest';
import { diffTemplates } from '../../report-templates/diff.ts';
import type { Look } from '../../report-templates/look.ts';
import { cells } from '../../report-templates/wrap.ts';
import { type Compared, diffOf } from '../../src/diff/diff.ts';
import { type CheckDiff, diffSchema } from '../../src/diff/report-diff.ts';
import type { Finding, Report, Result } from '../../src/model.ts';
import { hostileStrings } from '../support/hostile.ts';
import { boring } from '../support/hosts.ts';
import { finishedReport } from '../support/sample-report.ts';

const REPORT = finishedReport();
const report = (kind: Compared['kind'], checks: readonly Result[], change: Partial<Report> = {}): Compared => ({
  kind,
  report: finishedReport({
    checks,
    run: { ...REPORT.run, planned: checks.map(({ id }) => id) },
    ...change,
  }),
  evidence: null,
});

const of = (id: string): Result => {
  const found = REPORT.checks.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};
const with_ = (id: string, change: Partial<Result>): Result => ({ ...of(id), ...change });
const told = (outcome: Finding['outcome'], message: string, subject?: string): Finding => ({
  outcome,
  message,
  ...(subject !== undefined && { subject }),
});
const WAIVED = { reason: 'known', until: '2026-12-31', by: 'ops' };

/** How one check came out against another state of it; null where nothing differs. */
const between = (before: Result | null, after: Result | null): CheckDiff | null => {
  const filler = of('host.platform');
  const list = (one: Result | null) => [filler, ...(one ? [one] : [])];
  return diffOf(report('report', list(before)), report('report', list(after))).checks[0] ?? null;
};

describe('a check that differs', () => {
  const kernel = of('host.kernel');
  const at = (outcome: Result['outcome'], waived = false): Result =>
    with_('host.kernel', { outcome, findings: [told(outcome, `it is ${outcome}`)], ...(waived && { waived: WAIVED }) });

  it.each([
    ['pass', 'warn', 'worse'],
    ['pass', 'unknown', 'worse'],
    ['warn', 'unknown', 'worse'],
    ['unknown', 'fail', 'worse'],
    ['fail', 'warn', 'better'],
    ['unknown', 'pass', 'better'],
    // What is judged no more is neither mended nor broken; a problem that nobody judged before is new.
    ['pass', 'skip', 'other'],
    ['fail', 'skip', 'other'],
    ['skip', 'pass', 'other'],
    ['skip', 'warn', 'worse'],
  ] as const)('from %s to %s: %s', (was, is, course) => {
    expect(between(at(was), at(is))).toMatchObject({ course, changes: expect.arrayContaining(['outcome']) });
  });

  it('that is waived is no better, and worse when it is waived no longer', () => {
    expect(between(at('fail'), at('fail', true))).toMatchObject({ course: 'other', changes: ['waived'] });
    expect(between(at('fail', true), at('fail'))).toMatchObject({ course: 'worse', changes: ['waived'] });
    expect(between(at('warn', true), at('fail', true))?.course).toBe('other');
    expect(between(at('pass'), at('fail', true))?.course).toBe('other');
  });

  it('and was not there is worse if it is a problem; one that is there no more is not', () => {
    expect(between(null, at('fail'))).toMatchObject({ course: 'worse', changes: ['appeared'], before: null });
    expect(between(null, at('fail', true))?.course).toBe('other');
    expect(between(null, at('pass'))?.course).toBe('other');
    expect(between(at('fail'), null)).toMatchObject({ course: 'other', changes: ['disappeared'], after: null });
  });

  it('in another requirement or figure is told, and is neither worse nor better', () => {
    const limit = { op: '>=', value: '5.0', display: '>= 5.0', origin: 'vendor-number' } as const;
    expect(between(kernel, { ...kernel, required: limit })).toMatchObject({ course: 'other', changes: ['required'] });
    expect(between(kernel, { ...kernel, level: 'advice' })).toMatchObject({ changes: ['required'] });
    const measured = { value: '6.12', display: '6.12' };
    expect(between(kernel, { ...kernel, measured })).toMatchObject({ course: 'other', changes: ['measured'] });
    expect(between(kernel, { ...kernel, durationMs: 99_999, title: 'Another title' })).toBeNull();
  });
});

describe('findings', () => {
  const having = (...findings: readonly Finding[]): Result => with_('host.memory', { outcome: 'fail', findings });
  const [one, two] = [told('fail', 'wa-1 is down', 'wa-1'), told('warn', 'wa-2 restarts', 'wa-2')];

  it('that are new are worse, those that are gone better, and both at once worse', () => {
    expect(between(having(one), having(one, two))).toMatchObject({
      course: 'worse',
      findings: { added: [two], gone: [], changed: [] },
    });
    expect(between(having(one, two), having(one))).toMatchObject({ course: 'better', findings: { gone: [two] } });
    const three = told('warn', 'wa-3 restarts', 'wa-3');
    const four = told('warn', 'wa-4 restarts', 'wa-4');
    expect(between(having(one, two), having(one, three, four))?.course).toBe('worse');
  });

  it('are paired by their subject, else where one is left on each side', () => {
    const worse = told('fail', 'wa-2 is down', 'wa-2');
    expect(between(having(one, two), having(worse, one))).toMatchObject({
      course: 'worse',
      findings: { changed: [{ before: two, after: worse }] },
    });
    const other = told('fail', 'wa-9 is down', 'wa-9');
    expect(between(having(two), having(other))?.findings).toEqual({
      added: [],
      gone: [],
      changed: [{ before: two, after: other }],
    });
  });

  it('are the same in another order, and where what passes differs in its figures alone', () => {
    expect(between(having(one, two), having(two, one))).toBeNull();
    const passing = (ms: number) => with_('host.clock', { findings: [told('pass', `off by ${ms} ms`)] });
    expect(between(passing(0.4), passing(12))).toBeNull();
    const warning = (ms: number) => having(told('warn', `off by ${ms} ms`));
    expect(between(warning(0.4), warning(12))?.changes).toEqual(['findings']);
  });
});

describe('a latency', () => {
  const latency = (p95: number): Result =>
    with_('database.latency', {
      outcome: 'pass',
      findings: [told('pass', `Queries take ${p95} ms at p95`)],
      measured: {
        value: p95,
        ...{ unit: 'ms', stat: 'p95', display: `p95 ${p95} ms`, p50: 1, p90: 2, p95, p99: 9, max: 9, mean: 1 },
        ...{ samples: 500, rounds: 5, spread: 0.4 },
      },
    });

  it('within the noise of both is the same, and stands last', () => {
    const diff = diffOf(
      report('report', [latency(2), of('host.kernel')]),
      report('report', [latency(2.2), with_('host.kernel', { outcome: 'warn' })]),
    );
    expect(diff.checks.map(({ id, course }) => [id, course])).toEqual([
      ['host.kernel', 'worse'],
      ['database.latency', 'noise'],
    ]);
    expect(diff.summary).toEqual({ worse: 1, other: 0, better: 0, noise: 1, same: 0 });
  });

  it('beyond it is slower or faster, though both pass', () => {
    expect(between(latency(2), latency(3))).toMatchObject({ course: 'worse', band: { changed: true } });
    expect(between(latency(3), latency(2))).toMatchObject({ course: 'better', band: { difference: -1 } });
  });

  it('that is judged otherwise within its noise says both', () => {
    const bad = { ...latency(2.2), outcome: 'warn' as const };
    expect(between(latency(2), bad)).toMatchObject({ course: 'worse', band: { changed: false } });
  });
});

describe('two runs', () => {
  it('of one report differ in nothing', () => {
    const diff = diffOf(report('report', REPORT.checks), report('report', REPORT.checks));
    expect(diff).toMatchObject({
      checks: [],
      worse: false,
      warnings: [],
      facts: null,
      summary: { same: REPORT.checks.length },
    });
    expect(diffSchema.safeParse(diff).success).toBe(true);
  });

  it('are warned of where they cannot be compared as they are', () => {
    const other = {
      host: { ...REPORT.host, name: 'core-2', arch: 'arm64' },
      spec: { ...REPORT.spec, version: '2027.01' },
      tool: { name: 'wa-preflight', version: '9.9.9' },
      run: {
        ...REPORT.run,
        profile: 'development' as const,
        phase: 'all',
        shape: 'multiconnect' as const,
        interrupted: 'SIGINT',
        startedAt: '2020-01-01T00:00:00.000Z',
      },
    };
    const { warnings } = diffOf(report('report', REPORT.checks), report('report', REPORT.checks, other));
    expect(warnings).toEqual([
      'These are two hosts: core-1 and core-2.',
      'These are machines of two kinds: x64 and arm64.',
      'They were judged by two profiles: production and development.',
      'They were judged for two phases: before and all.',
      'They were judged as two shapes: single and multiconnect.',
      'They were judged by two specs: whatsapp-onprem 2026.11 and whatsapp-onprem 2027.01.',
      'They were judged by two versions of this tool: 0.1.0 and 9.9.9.',
      'One of them was stopped before its end: what it did not check is no change of the host.',
      'The first of them is the newer one.',
    ]);
  });

  it('have what got worse first, what is required before what is advice', () => {
    const broken = REPORT.checks.map((one) => (one.outcome === 'pass' ? { ...one, outcome: 'fail' as const } : one));
    const mended = broken.map((one) => (one.id === 'host.memory' ? { ...one, outcome: 'pass' as const } : one));
    const { checks } = diffOf(report('report', REPORT.checks), report('report', mended));
    expect(checks.map(({ course }) => course).join(' ')).toMatch(/^(worse )+better$/);
    const levels = checks.filter(({ course }) => course === 'worse').map(({ after }) => after?.required?.level);
    expect(levels).toEqual(
      [...levels].sort(
        (a, b) =>
          ['required', 'recommended', 'advice'].indexOf(a ?? '') -
          ['required', 'recommended', 'advice'].indexOf(b ?? ''),
      ),
    );
  });
});

describe('a bundle', () => {
  const bundle = (name: string, address: string, change: Partial<Result> = {}): Compared => {
    const checks = [
      with_('database.connect', {
        findings: [told('pass', `Connected to ${name}:3306 (${address}) as user wa`, `${name}:3306`)],
        measured: { value: `${name}:3306`, display: `${name}:3306` },
        ...change,
      }),
    ];
    const evidence = {
      'database "connect"': { value: { target: `${name}:3306`, addresses: [address] } },
      'docker "version"': { value: { version: address === '10.1.2.3' ? '27.3.1' : '27.5.1' } },
    };
    return { ...report('bundle', checks, { host: { ...REPORT.host, name: `${name}.internal` } }), evidence };
  };
  const [one, other] = [bundle('host-abcdefgh', '10.1.2.3'), bundle('host-qrstuvwx', '10.99.4.3')];

  it('differs in nothing where its pseudonyms alone do', () => {
    const diff = diffOf(one, other);
    expect(diff).toMatchObject({ checks: [], same: ['database.connect'] });
    expect(diff.warnings.join(' ')).toContain('pseudonyms');
    expect(diff.facts).toEqual({
      changed: [{ question: 'docker "version"', path: 'version', before: '27.3.1', after: '27.5.1' }],
      leftOut: 0,
      pseudonyms: 3,
    });
  });

  it('of the same names is compared by them', () => {
    const moved = { ...other, report: { ...other.report, host: one.report.host } };
    const diff = diffOf(one, moved);
    expect(diff.checks.map(({ id }) => id)).toEqual(['database.connect']);
    expect(diff.facts?.changed.map(({ path }) => path)).toContain('target');
  });

  it('and a change that pseudonyms do not explain is told', () => {
    const two = {
      ...other,
      evidence: {
        ...other.evidence,
        'database "connect"': { value: { target: 'host-qrstuvwx:3306', addresses: ['10.99.4.3', '10.99.4.4'] } },
      },
    };
    expect(
      diffOf(one, two).facts?.changed.filter(({ question }) => question.startsWith('database')).length,
    ).toBeGreaterThan(0);
  });
});

describe('what the hosts answered', () => {
  const side = (evidence: Compared['evidence']): Compared => ({ ...report('recording', REPORT.checks), evidence });
  const from = (change: Readonly<Record<string, { value: unknown }>>) =>
    diffOf(side(boring.evidence), side({ ...boring.evidence, ...change } as Compared['evidence'])).facts;

  it('is the same for the same evidence, and for what changes at every asking', () => {
    expect(from({})).toEqual({ changed: [], leftOut: 0, pseudonyms: 0 });
    expect(from({ 'system "now"': { value: { epochMs: 1 } } })?.changed).toEqual([]);
  });

  it('is bounded, and says what it leaves out', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`k${at}`, at]));
    const facts = from({ 'database "server"': { value: many } });
    expect(facts?.changed).toHaveLength(200);
    expect(facts?.leftOut).toBeGreaterThanOrEqual(800);
    for (const { before, after } of from({ 'docker "version"': { value: { version: 'x'.repeat(10_000) } } })?.changed ??
      [])
      expect(Math.max(before?.length ?? 0, after?.length ?? 0)).toBeLessThanOrEqual(200);
  });

  it('of one side alone is no change', () => {
    const { 'docker "version"': _gone, ...rest } = boring.evidence;
    expect(diffOf(side(boring.evidence), side(rest)).facts?.changed).toEqual([]);
  });
});

describe('every format', () => {
  const look = (change: Partial<Look> = {}): Look => ({
    color: false,
    ascii: false,
    width: 80,
    verbose: true,
    ...change,
  });
  const worse = (message: string): Compared => {
    const checks = REPORT.checks.map((one) =>
      one.outcome === 'pass' ? { ...one, outcome: 'fail' as const, findings: [told('fail', message, message)] } : one,
    );
    return { ...report('recording', checks), evidence: { 'docker "version"': { value: { version: message } } } };
  };
  const before = { ...report('report', REPORT.checks), evidence: { 'docker "version"': { value: { version: '1' } } } };

  it('tells what got worse before all else', async () => {
    const diff = diffOf(before, worse('broken'));
    const plain = (await diffTemplates.plain()).write(diff, look());
    expect(plain.indexOf('\nWorse\n')).toBeGreaterThan(0);
    expect(plain.indexOf('\nWorse\n')).toBeLessThan(plain.indexOf('What the hosts answered'));
    expect(plain).toContain('docker "version" version: 1 → broken');
    expect(JSON.parse((await diffTemplates.json()).write(diff))).toEqual(diff);
    const markdown = (await diffTemplates.markdown()).write(diff, look());
    expect(markdown).toContain('| Worse | Platform `host.platform` | pass | FAIL |');
  });

  it.each([20, 40, 80, 120])('fits %s columns, in ASCII and without an escape where that is asked', async (width) => {
    const text = (await diffTemplates.plain()).write(
      diffOf(before, worse('broken in some way that takes many words to tell')),
      look({ width, ascii: true }),
    );
    for (const line of text.split('\n')) expect(cells(line), line).toBeLessThanOrEqual(width);
    expect(text).toMatch(/^[\n -~]*$/);
  });

  it('shows hostile text as the letters that it is', async () => {
    for (const message of hostileStrings(300, 7)) {
      const diff = diffOf(before, worse(message));
      for (const template of [await diffTemplates.plain(), await diffTemplates.markdown()]) {
        const text = template.write(diff, look());
        // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
        expect(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(text), message).toBe(false);
      }
    }
  });
});
