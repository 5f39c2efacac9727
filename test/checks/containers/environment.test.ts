import { describe, expect, it } from 'vitest';
import { containersEnvironment } from '../../../checks/containers/environment.ts';
import type { DeployedContainer, Variable } from '../../../src/host/answers/deployment.ts';
import { judged, saying } from '../../support/judged.ts';
import { coreapp, deployed, described, hidden, NOTHING, told, webapp, withVariable } from './answers.ts';

const of = (...containers: readonly DeployedContainer[]) =>
  judged(containersEnvironment, { 'docker "deployment"': deployed(...containers) });
const withCore = (name: string, value: Variable | null) => of(withVariable(coreapp(), name, value), webapp());
const FIVE = ['WA_DB_ENGINE', 'WA_DB_HOSTNAME', 'WA_DB_PORT', 'WA_DB_USERNAME', 'WA_DB_PASSWORD'];

describe('containers.environment', () => {
  it('passes with the five in all, on an Engine and in a file', async () => {
    expect((await of(coreapp(), webapp())).outcome).toBe('pass');
    const file = { 'docker "deployment"': described(coreapp(), webapp()) };
    expect((await judged(containersEnvironment, file)).outcome).toBe('pass');
  });
  it.each(FIVE)('fails without %s, and for an empty one', async (name) => {
    const missing = await withCore(name, null);
    expect(missing).toMatchObject({ outcome: 'fail', message: `wacore lacks ${name}` });
    expect(missing.findings).toHaveLength(1);
    const empty = name === 'WA_DB_PASSWORD' ? hidden(name, 1, 0) : told(name, '');
    expect((await withCore(name, empty)).message).toBe(`wacore lacks ${name}`);
  });
  it('does not take a variable whose value is not told for one that is missing or different', async () => {
    const untold = { name: 'WA_DB_HOSTNAME', value: null, secret: null };
    expect((await withCore('WA_DB_HOSTNAME', untold)).outcome).toBe('pass');
  });
  it.each([
    ['WA_DB_PORT', '3307', 'fail'],
    ['WA_DB_NAME_PREFIX', 'b_', 'fail'],
    ['WA_DB_ENGINE', 'PGSQL', 'fail'],
    ['WA_DB_HOSTNAME', '10.0.0.5', 'warn'],
    ['WA_DB_USERNAME', 'other', 'warn'],
  ])('%s=%s in one of them: %s', async (name, value, outcome) => {
    const result = await withCore(name, told(name, value));
    expect(result).toMatchObject({ outcome, message: expect.stringContaining(`${name} is not the same`) });
  });
  it('fails for different passwords of one user, and not of two users', async () => {
    expect((await withCore('WA_DB_PASSWORD', hidden('WA_DB_PASSWORD', 2))).outcome).toBe('fail');
    const other = withVariable(coreapp(), 'WA_DB_USERNAME', told('WA_DB_USERNAME', 'core'));
    const result = await of(withVariable(other, 'WA_DB_PASSWORD', hidden('WA_DB_PASSWORD', 2)), webapp());
    expect(saying(result)).not.toContain('WA_DB_PASSWORD differs');
  });
  it.each([
    ['MARIADB', 'fail'],
    ['mysql', 'warn'],
    ['SQLITE', 'fail'],
    ['PGSQL', 'pass'],
  ])('engine %s in all: %s', async (engine, outcome) => {
    const set = (one: DeployedContainer) => withVariable(one, 'WA_DB_ENGINE', told('WA_DB_ENGINE', engine));
    expect((await of(set(coreapp()), set(webapp()))).outcome).toBe(outcome);
  });
  it('wants WACORE_HOSTNAME of a Webapp outside a cluster', async () => {
    const without = withVariable(webapp(), 'WACORE_HOSTNAME', null);
    expect((await of(coreapp(), without)).message).toBe('waweb lacks WACORE_HOSTNAME');
    const cluster = withVariable(without, 'WA_APP_MULTICONNECT', told('WA_APP_MULTICONNECT', '1'));
    expect((await of(coreapp(), cluster)).outcome).toBe('pass');
  });
  it('tells no value of a secret', async () => {
    const result = await withCore('WA_DB_PASSWORD', hidden('WA_DB_PASSWORD', 2, 31));
    expect(JSON.stringify(result)).not.toContain('31');
  });
  it('is unknown without an answer, and skipped without a deployment', async () => {
    expect((await judged(containersEnvironment, { 'docker "deployment"': new Error('no') })).outcome).toBe('unknown');
    expect((await judged(containersEnvironment, { 'docker "deployment"': NOTHING })).outcome).toBe('skip');
  });
});
