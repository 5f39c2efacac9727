import { describe, expect, it } from 'vitest';
import type { Level, Outcome, Result } from '../src/model.ts';
import { nagiosExitCode, verdict } from '../src/verdict.ts';

const WAIVER = { reason: 'known', until: '2026-12-31', by: 'ops' };

/** "required fail", "advice warn waived" as a result. */
const result = (text: string): Result => {
  const [level, outcome, waived] = text.split(' ') as [Level, Outcome, string | undefined];
  return {
    id: text,
    title: text,
    group: 'host',
    phase: 'before',
    level,
    outcome,
    message: text,
    findings: [{ outcome, message: text }],
    durationMs: 1,
    ...(waived && { waived: WAIVER }),
  };
};

// contract.md: 1 wins over 3; a required unknown is 3; nothing required judged is 3; a waiver takes a check out.
const TABLE: readonly (readonly [readonly string[], code: number, strictCode: number, outcome: string])[] = [
  [['required pass'], 0, 0, 'ready'],
  [['required pass', 'recommended skip', 'advice pass'], 0, 0, 'ready'],
  [['required pass', 'advice warn'], 0, 1, 'ready-with-warnings'],
  [['required warn'], 0, 1, 'ready-with-warnings'],
  [['required pass', 'recommended unknown'], 0, 0, 'ready-with-warnings'],
  [['required pass', 'advice unknown'], 0, 0, 'ready-with-warnings'],
  [['required fail'], 1, 1, 'not-ready'],
  [['required pass', 'recommended fail'], 1, 1, 'not-ready'],
  [['required unknown', 'recommended fail'], 1, 1, 'not-ready'],
  [['required unknown', 'recommended warn'], 3, 1, 'not-proven'],
  [['required unknown'], 3, 3, 'not-proven'],
  [['required pass', 'required unknown'], 3, 3, 'not-proven'],
  [['required skip'], 3, 3, 'not-proven'],
  [['required skip', 'recommended pass'], 3, 3, 'not-proven'],
  [['recommended pass', 'advice pass'], 3, 3, 'not-proven'],
  [[], 3, 3, 'not-proven'],
  [['required pass', 'recommended fail waived'], 0, 0, 'ready'],
  [['required pass', 'advice warn waived'], 0, 0, 'ready'],
  [['required pass', 'required unknown waived'], 0, 0, 'ready'],
  [['required unknown waived'], 3, 3, 'not-proven'],
  [['required fail waived'], 0, 0, 'ready'],
];

describe('the exit code', () => {
  it.each(TABLE)('of %j is %i, strict %i, %s', (texts, code, strictCode, outcome) => {
    const results = texts.map(result);
    expect(verdict(results, false)).toMatchObject({ exitCode: code, outcome });
    expect(verdict(results, true).exitCode).toBe(strictCode);
  });

  it('comes with counts that leave no check out', () => {
    const texts = TABLE.flatMap(([some]) => some);
    const { summary } = verdict(texts.map(result), false);
    expect(Object.values(summary).reduce((a, b) => a + b, 0)).toBe(texts.length);
    expect(summary.waived).toBe(texts.filter((text) => text.endsWith('waived')).length);
  });
});

describe("Nagios' state", () => {
  const state = (texts: readonly string[], strict = false, interrupted?: string) => {
    const { outcome, exitCode } = verdict(texts.map(result), strict);
    const run = { outcome, exitCode, ...(interrupted && { interrupted }) };
    return nagiosExitCode({ run } as Parameters<typeof nagiosExitCode>[0]);
  };

  it.each([
    [['required pass'], 0],
    [['required pass', 'advice warn'], 1],
    [['required pass', 'advice unknown'], 1],
    [['required pass', 'recommended fail'], 2],
    [['required unknown'], 3],
    [[], 3],
  ])('of %j is %i', (texts, code) => {
    expect(state(texts)).toBe(code);
  });

  it('is critical for a warning with --strict, and never good for a run that was stopped', () => {
    expect(state(['required pass', 'advice warn'], true)).toBe(2);
    expect(state(['required pass'], false, 'SIGTERM')).toBe(3);
    expect(state(['required fail'], false, 'SIGTERM')).toBe(2);
  });
});
