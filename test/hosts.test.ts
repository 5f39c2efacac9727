import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../checks/index.ts';
import { checked } from '../src/host/checked.ts';
import { recordingSchema, replayed } from '../src/host/evidence.ts';
import { reportSchema } from '../src/report-schema.ts';
import { LAUNCHER, ran } from './support/command.ts';
import { judgedWhole, outcomesOf, timeless, wordsOf } from './support/corpus-run.ts';
import { boring, type CorpusHost, corpus, expectedOf, questionOf, recordingOf, underOf } from './support/hosts.ts';

// Hosts by what they have to show; each differs from the boring one by its file alone (support/hosts.ts tells the format).

/** Controls, formats and surrogates but newline and tab, as they are or as JSON escapes them. */
const UNPRINTABLE = /[^\P{C}\n\t]|[\u2028\u2029]|\\u(?:00[0189]|d[89a-f])/u;
const ids = checks.map(({ id }) => id);
const asking = { signal: new AbortController().signal, progress: () => {} };

const choiceOf = ({ profile, shape, quick }: CorpusHost) => ({ profile, shape, quick });

const runs = new Map<string, ReturnType<typeof judgedWhole>>();
/** The first run of a host, made once. */
const first = (host: CorpusHost) => {
  const known = runs.get(host.name) ?? judgedWhole(host.evidence, choiceOf(host));
  runs.set(host.name, known);
  return known;
};

const row = (host: CorpusHost): string => {
  const worse = Object.entries(host.verdicts).filter(([id, outcome]) => underOf(host)[id] !== outcome);
  const told = worse.length > 6 ? `${worse.length} checks differ` : worse.map(([id, outcome]) => `${id} ${outcome}`);
  return [host.name, host.why, `exit ${host.exitCode}`, [told].flat().join(', ') || `as the ${host.over} one`].join(
    ' | ',
  );
};
const rows = corpus.map((host) => [row(host), host] as const);

describe('hosts', () => {
  it('are at least 40', () => expect(corpus.length).toBeGreaterThanOrEqual(40));

  it.each(rows)('%s', async (_, host) => {
    const { report } = await first(host);
    expect({ ...outcomesOf(report), exit: report.run.exitCode }).toEqual({ ...expectedOf(host), exit: host.exitCode });
    expect(report.pending).toEqual([]);
    for (const [id, phrase] of Object.entries(host.says)) {
      const result = report.checks.find((one) => one.id === id);
      expect(result && wordsOf(result), id).toContain(phrase);
    }
  });

  it.each(rows)('judged again from its recording: %s', async (_, host) => {
    const file = JSON.stringify(recordingOf(host.evidence));
    const recording = recordingSchema.parse(JSON.parse(file));
    const { report } = await first(host);
    const again = await judgedWhole(recording.evidence, choiceOf(host));
    expect(timeless(again.report)).toEqual(timeless(report));
  });

  it.each(rows)('its report keeps the contract: %s', async (_, host) => {
    const { report } = await first(host);
    expect(reportSchema.safeParse(JSON.parse(JSON.stringify(report))).error).toBeUndefined();
    expect(report.checks.map(({ id }) => id)).toEqual(ids);
    expect(JSON.stringify(report).match(UNPRINTABLE)).toBeNull();
    for (const result of report.checks) {
      expect(result.message, result.id).not.toMatch(/undefined|NaN|\[object|\bnull\b/);
      if (result.outcome !== 'fail') continue;
      expect(result, result.id).toMatchObject({ measured: {}, required: {}, source: {} });
      for (const finding of result.findings.filter(({ outcome }) => outcome === 'fail'))
        expect(finding.remedy, result.id).toMatch(/^[A-Z].*\.$|^[A-Z].*[:a-z-]$/s);
    }
  });
});

describe('the files', () => {
  it('name checks that there are, and only where they differ', () => {
    for (const host of corpus.filter((one) => one !== boring)) {
      expect(ids, host.name).toEqual(
        expect.arrayContaining([...Object.keys(host.verdicts), ...Object.keys(host.says)]),
      );
      const idle = Object.entries(host.verdicts).filter(([id, outcome]) => underOf(host)[id] === outcome);
      expect(idle, host.name).toEqual([]);
    }
  });

  it.each(corpus.filter(({ name }) => !name.startsWith('garbage')).map((host) => [host.name, host] as const))(
    '%s answers in the shapes that a live host gives',
    async (_, host) => {
      const ask = checked(replayed(host.evidence));
      for (const [key, entry] of Object.entries(host.evidence))
        if ('value' in entry) await expect(ask(questionOf(key), asking), key).resolves.toBeDefined();
    },
  );

  it('hold no answer that no host is asked for', async () => {
    const asked = await Promise.all(corpus.map(first));
    const used = new Set(asked.flatMap((one) => [...one.asked]));
    const held = new Set(corpus.flatMap(({ evidence }) => Object.keys(evidence)));
    expect([...held].filter((key) => !used.has(key))).toEqual([]);
  });
});

/** Every check that waits for an option is asked, as the corpus is. */
const OPT_INS = [
  '--db-write-probe',
  '--stats-db',
  '--test-default-admin',
  '--test-webhook',
  '--hold-connection',
  '--send-test-message=1',
];

describe('the command judges a recording as the engine does', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'corpus-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(['boring', 'hdd-slow', 'docker-denied', 'hostile-escapes', 'empty-evidence'])('%s', async (name) => {
    const host = corpus.find((one) => one.name === name);
    if (!host) throw new Error(`there is no host ${name}`);
    const file = join(folder, `${name}.json`);
    await writeFile(file, JSON.stringify(recordingOf(host.evidence)));
    const { stdout, exitCode } = await ran(LAUNCHER, ['--from', file, '--json', '--phase', 'all', ...OPT_INS]);
    expect(exitCode).toBe(host.exitCode);
    expect(outcomesOf(JSON.parse(stdout))).toEqual(expectedOf(host));
  });
});
