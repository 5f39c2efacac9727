import { describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { write } from '../../report-templates/json.ts';
import { asRun } from '../../src/as-run.ts';
import type { Cleaner } from '../../src/bundle/cleaner.ts';
import { type Collected, packedOf } from '../../src/bundle/collect.ts';
import { textSource } from '../../src/bundle/own-files.ts';
import { reportAgain } from '../../src/bundle/report-again.ts';
import { retold, textOf } from '../../src/bundle/retold.ts';
import { spoolIn } from '../../src/bundle/spool.ts';
import { asHost, judgedFrom } from '../../src/judged.ts';
import type { Json, Report, Waiver } from '../../src/model.ts';
import { planOf, type Selection } from '../../src/plan.ts';
import { readSpec } from '../../src/read-spec.ts';
import { EVERYTHING, SPEC, SPEC_TEXT, timeless } from '../support/corpus-run.ts';
import { boring, boringWith, corpus, installed, recordingOf } from '../support/hosts.ts';
import { cleanedEvidence, movedBy, withoutTexts } from '../support/pseudonyms.ts';

const AS_IT_IS = (text: string): string => text;
/** Every host would take a minute; `npm run bench -- replay` takes them all. */
const EVERY = 7;
const some = corpus.filter((_, at) => at % EVERY === 0);

const judged = (evidence: Parameters<typeof asHost>[0], change: Partial<Selection> = {}): Promise<Report> =>
  judgedFrom(planOf(SPEC, checks, { ...EVERYTHING, ...change }), asHost(evidence));

describe('evidence from a bundle is judged as the host was', () => {
  it.each(some.map((host) => [host.name, host] as const))('%s', async (_, host) => {
    const { profile, shape, quick, evidence } = host;
    const cleaned = cleanedEvidence(evidence);
    const moved = movedBy(evidence, cleaned);
    const [live, again] = [
      await judged(evidence, { profile, shape, quick }),
      await judged(cleaned, { profile, shape, quick }),
    ];
    for (const [at, was] of live.checks.entries()) {
      const is = again.checks[at];
      expect({ id: is?.id, outcome: is?.outcome, reason: is?.reason }).toEqual({
        id: was.id,
        outcome: was.outcome,
        reason: was.reason,
      });
      expect(
        is?.findings.map(({ outcome }) => outcome),
        was.id,
      ).toEqual(was.findings.map(({ outcome }) => outcome));
      expect(withoutTexts((is?.measured ?? null) as Json), was.id).toEqual(
        withoutTexts((was.measured ?? null) as Json),
      );
      // What differs in words are pseudonyms, each where its value stood, and nothing else.
      if (host.name !== 'database-hostile') expect(is?.message, was.id).toBe(moved(was.message));
    }
    expect(again.summary).toEqual(live.summary);
    expect(again.run.exitCode).toBe(live.run.exitCode);
  });

  it('and none of it is lost or of another kind: numbers, truths, lists', () => {
    for (const { evidence } of some)
      expect(withoutTexts(cleanedEvidence(evidence) as Json)).toEqual(withoutTexts(evidence as Json));
  });
});

describe('the report in a bundle', () => {
  const plan = planOf(SPEC, checks, EVERYTHING);
  const replay = (report: Report, evidence: Parameters<typeof asHost>[0]) =>
    judgedFrom(planOf(SPEC, checks, asRun(report, checks)), asHost(evidence));

  it.each(some.slice(0, 20).map((host) => [host.name, host] as const))(
    'is had again byte for byte but for times: %s',
    async (_, { evidence }) => {
      const live = { ...(await judgedFrom(plan, asHost(evidence))), pending: [] };
      const cleaned = cleanedEvidence(evidence);
      const { report, differ } = await reportAgain(live, plan, cleaned, AS_IT_IS);
      expect(differ).toEqual([]);
      const same = (one: Report) => write(timeless({ ...one, run: { ...one.run, replayed: true } }) as Report);
      expect(same(await replay(report, cleaned))).toBe(same(report));
      expect(report.run).toMatchObject({ id: live.run.id, startedAt: live.run.startedAt, outcome: live.run.outcome });
    },
  );

  it('keeps what was cancelled, and cleans its words and those of waivers', async () => {
    const waivers = new Map<string, Waiver>([
      ['host.memory', { reason: 'ask ops@bank.example', until: '2026-12-31', by: 'ops' }],
    ]);
    const evidence = boringWith({ 'system "memory"': { value: { total: 2 ** 30 } } });
    const waived = planOf(SPEC, checks, { ...EVERYTHING, waivers });
    const whole = await judgedFrom(waived, asHost(evidence));
    const cancelled = {
      outcome: 'unknown' as const,
      reason: 'cancelled',
      message: 'by ops@bank.example',
      findings: [{ outcome: 'unknown' as const, message: 'by ops@bank.example' }],
    };
    const live: Report = {
      ...whole,
      run: { ...whole.run, interrupted: 'SIGINT', exitCode: 130 },
      checks: whole.checks.map((one) => (one.id === 'host.cpu' ? { ...one, ...cancelled } : one)),
    };
    const { report, differ } = await reportAgain(live, waived, cleanedEvidence(evidence), (text) =>
      text.replaceAll('ops@bank.example', '[email]'),
    );
    expect(differ).toEqual([]);
    expect(report.run).toMatchObject({ interrupted: 'SIGINT', exitCode: 130 });
    expect(report.checks.find(({ id }) => id === 'host.cpu')).toMatchObject({
      outcome: 'unknown',
      reason: 'cancelled',
      message: 'by [email]',
    });
    expect(report.checks.find(({ id }) => id === 'host.memory')?.waived).toEqual({
      reason: 'ask [email]',
      until: '2026-12-31',
      by: 'ops',
    });
    expect(JSON.stringify(report)).not.toContain('ops@bank.example');
  });

  it('says which verdicts its evidence does not bear, and keeps them', async () => {
    const live = await judgedFrom(plan, asHost(boring.evidence));
    const cut = { ...boring.evidence, 'system "cpu"': { error: 'it was taken out' } };
    const { report, differ } = await reportAgain(live, plan, cut, AS_IT_IS);
    expect(differ).toEqual(['host.cpu']);
    expect(report.checks.find(({ id }) => id === 'host.cpu')?.outcome).toBe('pass');
    expect(report.summary).toEqual(live.summary);
  });
});

describe('the files of a bundle', () => {
  const spool = spoolIn(null);
  const proven: string[] = [];
  const cleaner: Cleaner = {
    clean: () => {
      throw new Error('what is told again was cleaned before');
    },
    name: AS_IT_IS,
    text: AS_IT_IS,
    prove: (path) => {
      proven.push(path);
    },
    close: async () => {},
  };
  const file = async (path: string, text: string): Promise<Collected> => ({
    ...{ source: textSource(path, () => text), lack: null, at: 0, ms: 0 },
    packed: await packedOf(Buffer.from(text), spool),
  });
  const plan = planOf(SPEC, checks, EVERYTHING);
  const cleaned = cleanedEvidence(boring.evidence);
  const files = async (evidence: string) => {
    const live = await judgedFrom(plan, asHost(boring.evidence));
    const collected = [await file('report.json', write(live)), await file('evidence.json', evidence)];
    return retold(collected, (told, clean) => reportAgain(live, plan, told, clean), cleaner, spool);
  };

  it('hold the report as their evidence tells it, and it is scanned once more', async () => {
    const [report, evidence] = await files(JSON.stringify(recordingOf(cleaned)));
    const again = await judgedFrom(plan, asHost(cleaned));
    const told = JSON.parse(report?.packed ? await textOf(report.packed, spool) : '');
    expect(told.checks.map((one: object) => ({ ...one, durationMs: 0 }))).toEqual(
      again.checks.map((one) => ({ ...one, durationMs: 0 })),
    );
    // As `check --json` writes it.
    expect(told).not.toHaveProperty('pending');
    expect(proven).toEqual(['report.json']);
    expect(evidence?.lack).toBeNull();
  });

  it('say what their evidence does not bear', async () => {
    const [, evidence] = await files(
      JSON.stringify(recordingOf({ ...cleaned, 'system "cpu"': { error: 'taken out' } })),
    );
    expect(evidence?.lack).toEqual({ state: 'cut', reason: 'what host.cpu judged by was taken out of it' });
  });

  it('stay as they are where the evidence is none', async () => {
    const [report, evidence] = await files('[withheld]');
    expect(JSON.parse(report?.packed ? await textOf(report.packed, spool) : '').host.name).toBe('core-1');
    expect(evidence?.lack).toBeNull();
  });
});

describe('a bundle is judged as its run was', () => {
  const asked = async (change: Partial<Selection>): Promise<Selection> =>
    asRun(await judged(installed.evidence, change), checks);

  it('by profile, phase, shape, options and waivers', async () => {
    const waivers = new Map<string, Waiver>([
      ['security.sample-passwords', { reason: 'a lab', until: '2026-12-31', by: 'ops' }],
    ]);
    const evidence = corpus.find(({ name }) => name === 'sample-passwords')?.evidence ?? {};
    expect(asRun(await judged(evidence, { waivers }), checks).waivers).toEqual(waivers);
    expect(await asked({ profile: 'development', shape: 'multiconnect', strict: true })).toMatchObject({
      profile: 'development',
      phase: 'all',
      shape: 'multiconnect',
      strict: true,
      quick: false,
      offline: false,
      optIns: new Set(checks.flatMap(({ optIn }) => (optIn ? [optIn] : []))),
    });
    expect(await asked({ phase: 'before', only: ['disk.*'], skip: ['disk.free'] })).toMatchObject({
      phase: 'before',
      only: checks.map(({ id }) => id).filter((id) => id.startsWith('disk.') && id !== 'disk.free'),
    });
    expect(await asked({ quick: true, optIns: new Set() })).toMatchObject({
      quick: true,
      offline: false,
      optIns: new Set(),
    });
    expect(await asked({ offline: true, optIns: new Set(['--stats-db']) })).toMatchObject({
      quick: false,
      offline: true,
      optIns: new Set(['--stats-db']),
    });
  });

  it('and by another spec where one is given', async () => {
    const overlay = 'requirements:\n  host.memory:\n    value: { min: 512 GiB }\n';
    const stricter = readSpec(checks, SPEC_TEXT, { text: overlay, name: 'new.yaml' });
    const live = await judged(boring.evidence);
    const again = await judgedFrom(
      planOf(stricter, checks, asRun(live, checks)),
      asHost(cleanedEvidence(boring.evidence)),
    );
    const moved = again.checks.filter(
      ({ id, outcome }) => live.checks.find((one) => one.id === id)?.outcome !== outcome,
    );
    expect(moved.map(({ id, outcome }) => [id, outcome])).toEqual([['host.memory', 'fail']]);
  });
});
