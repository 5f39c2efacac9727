import { describe, expect, it } from 'vitest';
import { type Plan, planOf } from '../src/plan.ts';
import { readSpec } from '../src/read-spec.ts';
import { UsageError } from '../src/usage-error.ts';
import { readWaivers } from '../src/waivers.ts';
import { CHECKS, SPEC, samplePlan, selecting } from './support/sample-checks.ts';

const ids = (plan: Plan) => plan.checks.map(({ check }) => check.id);
const chosen = (only: readonly string[], skip: readonly string[] = []) => ids(samplePlan({ only, skip }));

describe('a selection', () => {
  it('is everything, in report order, by itself', () => {
    expect(ids(samplePlan())).toEqual(CHECKS.map(({ id }) => id));
  });

  it.each([
    [['host.memory'], [], ['host.memory']],
    [['docker.engine', 'host.memory'], [], ['host.memory', 'docker.engine']],
    [['host.*'], [], ['host.memory', 'host.kernel']],
    [['*.e*'], [], ['docker.engine']],
    [['*'], ['host.*', 'disk.*'], ['lifecycle.product', 'docker.engine']],
    [['host.*'], ['host.memory'], ['host.kernel']],
  ])('--only %j --skip %j is %j', (only, skip, expected) => {
    expect(chosen(only, skip)).toEqual(expected);
  });

  it('keeps to a phase', () => {
    expect(ids(samplePlan({ phase: 'after' }))).toEqual(['disk.write-latency']);
    expect(ids(samplePlan({ phase: 'before' }))).not.toContain('disk.write-latency');
  });

  it.each([
    [['host.memori'], [], '--only: no check matches "host.memori", did you mean "host.memory"?'],
    [['host'], [], '--only: no check matches "host"'],
    [['memory'], [], 'no check matches "memory"'],
    [['host.memor.'], [], 'no check matches'],
    [['(a+)+$'], [], 'no check matches'],
    [[], ['disks.*'], '--skip: no check matches "disks.*"'],
    [['host.*'], ['*'], 'no check is left to run'],
  ])('--only %j --skip %j is a wrong call', (only, skip, words) => {
    expect(() => chosen(only, skip)).toThrow(UsageError);
    expect(() => chosen(only, skip)).toThrow(words);
  });

  it('that leaves nothing in a phase is a wrong call', () => {
    expect(() => samplePlan({ only: ['host.*'], phase: 'after' })).toThrow('no check is left to run');
  });
});

describe('a plan', () => {
  it('leaves out what writes, with --quick, and says so', () => {
    const left = samplePlan({ quick: true }).checks.filter(({ leftOut }) => leftOut !== undefined);
    expect(left.map(({ check, leftOut }) => [check.id, leftOut])).toEqual([
      ['disk.write-latency', '--quick was given, and it writes 1 MiB'],
    ]);
    expect(samplePlan().checks.every(({ leftOut }) => leftOut === undefined)).toBe(true);
  });

  it('leaves out what waits for an option, and asks it when that was given', () => {
    const probe = CHECKS.map((check) => (check.id === 'host.kernel' ? { ...check, optIn: '--probe' } : check));
    const leftOut = (optIns: readonly string[], quick = false) =>
      samplePlan({ optIns: new Set(optIns), quick }, probe).checks.find(({ check }) => check.id === 'host.kernel')
        ?.leftOut;
    expect(leftOut([])).toBe('--probe asks for it');
    expect(leftOut(['--other'], true)).toBe('--probe asks for it');
    expect(leftOut(['--probe'])).toBeUndefined();
  });

  it('holds each limit with its origin', () => {
    const memory = samplePlan({ profile: 'development' }).checks.find(({ check }) => check.id === 'host.memory');
    expect(memory?.required).toEqual({
      op: '>=',
      value: 4 * 2 ** 30,
      unit: 'By',
      display: `>= ${4 * 2 ** 30}`,
      origin: 'vendor-text',
    });
  });

  it("knows the product's end also where that check is not selected", () => {
    expect(samplePlan({ only: ['host.memory'] }).lifecycle).toMatchObject({ endedOn: '2025-10-23' });
    expect(() => planOf(readSpec(CHECKS, SPEC), CHECKS.slice(1), selecting())).toThrow('lacks lifecycle.product');
  });
});

describe('waivers', () => {
  const IDS = CHECKS.map(({ id }) => id);
  const read = (text: string, today = '2026-11-22') => readWaivers(text, 'waivers.yaml', IDS, today);
  const one = (change: Record<string, unknown> = {}) =>
    JSON.stringify([{ id: 'host.memory', reason: 'OPS-1', until: '2026-12-31', by: 'ops', ...change }]);

  it('count up to and on their last day', () => {
    const waiver = { reason: 'OPS-1', until: '2026-12-31', by: 'ops' };
    expect([...read(one())]).toEqual([['host.memory', waiver]]);
    expect(read(one(), '2026-12-31').size).toBe(1);
    expect(read(one(), '2027-01-01').size).toBe(0);
  });

  it.each([
    ['an unknown check', one({ id: 'host.memori' }), 'did you mean "host.memory"?'],
    ['an unknown check that expired', one({ id: 'gone', until: '2020-01-01' }), 'there is no check "gone"'],
    ['no reason', one({ reason: '' }), '0.reason'],
    ['no person', one({ by: undefined }), '0.by'],
    ['no last day', one({ until: undefined }), '0.until'],
    ['a day that is none', one({ until: '2026-02-30' }), '0.until'],
    ['an unknown key', one({ forever: true }), 'forever'],
    ['no list', '{}', 'its top'],
    ['nothing', '', 'its top'],
    ['broken YAML', '[', 'not valid YAML'],
  ])('with %s stop everything', (_, text, words) => {
    expect(() => read(text)).toThrow(UsageError);
    expect(() => read(text)).toThrow(words);
    expect(() => read(text)).toThrow('waivers.yaml');
  });
});
