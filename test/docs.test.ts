import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formatsPlugin from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checks } from '../checks/index.ts';
import { pages } from '../src/cli/pages.ts';
import { ROOT } from './support/command.ts';
import { withScreens } from './support/readme.ts';
import { goodEvidence } from './support/sample-checks.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const validator = (path: string) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formatsPlugin.default(ajv);
  return ajv.compile(JSON.parse(read(path)));
};

describe('the pages made from the code', () => {
  it.each(Object.entries(pages()))('are as committed, else run "npm run docs": %s', (path, text) => {
    expect(read(path)).toBe(text);
  });

  it('has the screens of the README as the tool draws them, else run "npm run docs"', async () => {
    expect(read('README.md')).toBe(await withScreens(read('README.md')));
  });

  it('name every check', () => {
    for (const { id } of checks) expect(pages()['docs/checks.md']).toContain(`\n## ${id}\n`);
  });
});

describe('the schema of a spec', () => {
  const valid = validator('docs/schema/spec-1.json');
  const spec = () => parse(read('checks/specs/onprem.yaml'));

  it('accepts the built-in one', () => {
    expect(valid(spec()), JSON.stringify(valid.errors)).toBe(true);
  });

  it('refuses what the reader refuses', () => {
    expect(valid({ ...spec(), more: 1 })).toBe(false);
    const wrong = spec();
    wrong.requirements['host.memory'].level = 'must';
    expect(valid(wrong)).toBe(false);
  });
});

describe('the schema of a recording', () => {
  const valid = validator('docs/schema/evidence-1.json');
  const head = { schemaVersion: '1.0', kind: 'HostEvidence', tool: { name: 'x', version: '1' }, recordedAt: 'now' };

  it('accepts one, and refuses what is none', () => {
    expect(valid({ ...head, evidence: goodEvidence() }), JSON.stringify(valid.errors)).toBe(true);
    expect(valid({ ...head, evidence: { question: 'answer' } })).toBe(false);
    expect(valid({ ...head, kind: 'HostReport', evidence: {} })).toBe(false);
  });
});
