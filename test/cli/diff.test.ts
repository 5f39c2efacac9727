import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formatsPlugin from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { write } from '../../report-templates/json.ts';
import { schema } from '../../src/cli/schema.ts';
import { LAUNCHER, ran } from '../support/command.ts';
import { judgedWhole } from '../support/corpus-run.ts';
import { boring, hostNamed, recordingOf } from '../support/hosts.ts';
import { archiveOf, bundleFiles, manifestFor } from '../support/made-bundle.ts';
import { cleanedEvidence } from '../support/pseudonyms.ts';

const folder = mkdtempSync(join(tmpdir(), 'wa-preflight-diff-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const tool = (...args: readonly string[]) => ran('sh', [LAUNCHER, ...args], { cwd: folder });
const validator = (name: string) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formatsPlugin.default(ajv);
  return ajv.compile(JSON.parse(schema(name)));
};

const LITTLE = hostNamed('memory-8');

beforeAll(async () => {
  const cleaned = cleanedEvidence(boring.evidence);
  const files = {
    'report.json': write((await judgedWhole(cleaned)).report),
    'evidence.json': JSON.stringify(recordingOf(cleaned)),
  };
  writeFileSync(at('good.zip'), await archiveOf(bundleFiles(files)));
  writeFileSync(at('good.tgz'), await archiveOf(bundleFiles(files), 'tar.gz'));
  writeFileSync(at('evil.zip'), await archiveOf({ ...bundleFiles(files), 'other/manifest.json': '{}' }));
  writeFileSync(at('good.json'), write((await judgedWhole(boring.evidence)).report));
  writeFileSync(at('good.host'), JSON.stringify(recordingOf(boring.evidence)));
  writeFileSync(at('little.json'), write((await judgedWhole(LITTLE)).report));
  writeFileSync(at('little.host'), JSON.stringify(recordingOf(LITTLE)));
});

// These run what `npm run build` made, as users do.
describe('diff', () => {
  it.each([
    ['a report and a report', 'good.json', 'little.json'],
    ['a report and a recording', 'good.json', 'little.host'],
    ['a recording and a report', 'good.host', 'little.json'],
    ['a bundle and a report', 'good.zip', 'little.json'],
    ['a bundle and a recording', 'good.tgz', 'little.host'],
  ])('of %s tells what got worse', async (_, before, after) => {
    const { exitCode, stdout, stderr } = await tool('diff', at(before), at(after), '--json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const told = JSON.parse(stdout);
    const valid = validator('diff');
    expect(valid(told), JSON.stringify(valid.errors)).toBe(true);
    expect(
      told.checks.filter(({ course }: { course: string }) => course === 'worse').map(({ id }: { id: string }) => id),
    ).toEqual(['host.memory']);
    expect(told.checks[0].id).toBe('host.memory');
  });

  it('of a host and its own bundle finds no difference', async () => {
    for (const before of ['good.json', 'good.host'])
      expect(JSON.parse((await tool('diff', at(before), at('good.zip'), '--json')).stdout).summary.worse).toBe(0);
  });

  it('ends with 1 where that is asked for and something got worse, else with 0', async () => {
    const ended = async (...args: readonly string[]) => (await tool('diff', ...args)).exitCode;
    expect(await ended(at('good.json'), at('little.json'))).toBe(0);
    expect(await ended(at('good.json'), at('little.json'), '--exit-code')).toBe(1);
    expect(await ended(at('little.json'), at('good.json'), '--exit-code')).toBe(0);
  });

  it('writes every format, and no escape into a file', async () => {
    const { stdout } = await tool(
      'diff',
      at('good.json'),
      at('little.json'),
      '--format',
      'markdown',
      '--output',
      `plain=${at('diff.txt')}`,
    );
    expect(stdout).toContain('| Worse | Memory `host.memory` | pass | FAIL |');
    expect((await ran('cat', [at('diff.txt')])).stdout).toContain('\nWorse\n');
  });

  it.each([
    ['no file', ['diff', 'none.json', 'good.json'], 'diff none.json: there is no such file'],
    ['one file', ['diff', 'good.json'], "missing required argument 'after'"],
    ['a format of a report', ['diff', 'good.json', 'good.json', '--format', 'nagios'], 'plain, json, markdown'],
    ['a hostile bundle', ['diff', 'evil.zip', 'good.json'], 'there are two manifests in it'],
    [
      'two outputs in one file',
      ['diff', 'a', 'b', '--output', 'json=x', '--output', 'plain=x'],
      'named for two outputs',
    ],
  ])('refuses %s with one sentence', async (_, args, words) => {
    const { exitCode, stdout, stderr } = await tool(...args, '--json');
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'Error' });
    expect(stderr).toContain(words);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});

describe('a bundle', () => {
  it('is judged again as its run was, and by another spec', async () => {
    const plain = await tool('check', '--from', at('good.zip'), '--json');
    expect(plain.exitCode).toBe(0);
    const report = JSON.parse(plain.stdout);
    expect(report.run.replayed).toBe(true);
    expect(plain.stderr).toContain('Judging the bundle as its run was asked to');
    writeFileSync(at('new.yaml'), 'requirements:\n  host.memory:\n    value: { min: 512 GiB }\n');
    const stricter = await tool('check', '--from', at('good.tgz'), '--spec', at('new.yaml'), '--json');
    expect(stricter.exitCode).toBe(1);
    expect(JSON.parse(stricter.stdout).checks.find(({ id }: { id: string }) => id === 'host.memory').outcome).toBe(
      'fail',
    );
  });

  it('is rendered and explained', async () => {
    expect((await tool('render', at('good.zip'), '--format', 'nagios')).exitCode).toBe(1);
    const { stdout, exitCode } = await tool('explain', 'host.memory', '--from', at('good.zip'));
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^measured {2}\S/m);
    expect(stdout).toMatch(/^came to {3}pass$/m);
    expect((await tool('explain', 'host.memory', '--from', at('little.host'))).stdout).toMatch(/^came to {3}FAIL$/m);
    expect((await tool('explain', 'host.memory')).stdout).not.toContain('came to');
  });

  it('has the schema of its manifest', () => {
    const valid = validator('bundle');
    expect(valid(manifestFor({ 'report.json': '{}' })), JSON.stringify(valid.errors)).toBe(true);
    expect(valid({ kind: 'BundleManifest' })).toBe(false);
  });

  it('is refused by what wants another thing', async () => {
    expect((await tool('check', '--from', at('good.json'))).stderr).toContain(
      'it is a report, which holds no evidence to judge',
    );
    expect((await tool('render', at('good.host'))).stderr).toContain('it is a recording, which holds no report');
    expect((await tool('check', '--from', at('evil.zip'))).exitCode).toBe(2);
  });
});
