import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { askCompose } from '../../../../src/host/live/login/compose-program.ts';
import { parseEnvFile } from '../../../../src/host/live/login/env-file.ts';
import { COMPOSE_CONFIG, noCompose } from '../../../support/compose.ts';
import { tree } from '../../../support/tree.ts';
import { ENV_LINES, SURROUNDINGS } from './env-lines.ts';

const lookup = (name: string) => (SURROUNDINGS as Readonly<Record<string, string>>)[name];
const never = new AbortController().signal;
const cases = Object.entries(ENV_LINES);

describe('our reader of env files', () => {
  it.each(cases)('%s', (_, [text, values]) => {
    if (values) expect(Object.fromEntries(parseEnvFile(text, lookup).values)).toEqual(values);
    else expect(() => parseEnvFile(text, lookup)).toThrow(/^line \d+: /);
  });

  it('never repeats what stands in a file that it refuses', () => {
    const refused = cases.flatMap(([, [text, values]]) => (values ? [] : [text]));
    const words = refused.map((text) => {
      try {
        return JSON.stringify(parseEnvFile(text, lookup));
      } catch (error) {
        return String(error);
      }
    });
    expect(words.filter((text) => /hunter2|it''s/.test(text))).toEqual([]);
    expect(words).toHaveLength(7);
  });

  it('counts lines, also those within quotes', () => {
    expect(() => parseEnvFile('# a\nA="1\n2"\n\nB=\'x', lookup)).toThrow('line 5: a quote is opened and not closed');
  });

  it('tells what is set twice, and where a dollar stood for something or for nothing', () => {
    const { repeated, dollars, unset } = parseEnvFile('A=1\nA=$X\nB=a$$b\nC=$NO\nC=c\nD=pa$NO\nE=$\n', lookup);
    expect({ repeated, dollars, unset }).toEqual({ repeated: ['A', 'C'], dollars: ['A', 'B', 'D'], unset: ['D'] });
  });
});

const cannot = noCompose();
describe.skipIf(cannot)(`Compose itself${cannot ? ` (skipped: ${cannot})` : ''}`, () => {
  const ask = async (files: Readonly<Record<string, string>>, file: string, kind: 'env' | 'compose') => {
    vi.stubEnv('DOCKER_CONFIG', COMPOSE_CONFIG);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    return askCompose(join(tree(files), file), kind, SURROUNDINGS, never);
  };

  it('reads all of them as we do', async () => {
    const accepted = cases.filter(([, [, values]]) => values);
    const services = Object.fromEntries(accepted.map((_, at) => [`s${at}`, { image: 'x', env_file: `${at}.env` }]));
    const files = Object.fromEntries(accepted.map(([, [text]], at) => [`${at}.env`, text]));
    const told = await ask({ ...files, 'all.yml': JSON.stringify({ services }) }, 'all.yml', 'compose');
    const read = accepted.map(([name], at) => [name, Object.fromEntries(told?.services.get(`s${at}`) ?? [])]);
    expect(read).toEqual(accepted.map(([name, [, values]]) => [name, values]));
  });

  it.each(cases.filter(([, [, values]]) => !values))('refuses as we do: %s', async (_, [text]) => {
    expect(await ask({ 'db.env': text }, 'db.env', 'env')).toBeNull();
    expect(await ask({ 'db.env': 'A=1' }, 'db.env', 'env')).not.toBeNull();
  });
});
