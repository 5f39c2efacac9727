import { describe, expect, it } from 'vitest';
import { write } from '../../report-templates/nagios.ts';
import type { Result } from '../../src/model.ts';
import { finishedReport } from '../support/sample-report.ts';

const perfdata = (change: Partial<Result>): string => {
  const sample = finishedReport();
  const checks = sample.checks.map((result) =>
    result.id === 'disk.write-latency'
      ? { ...result, ...change }
      : { ...result, measured: { value: 'x', display: 'x' } },
  );
  return (
    write({ ...sample, checks })
      .split(' | ')[1]
      ?.trim() ?? ''
  );
};
const limit = { value: 10, unit: 'ms', display: '10 ms', origin: 'vendor-text' } as const;
const figure = (value: number, unit?: string) => ({ value, display: 'x', ...(unit && { unit }) });

// https://www.monitoring-plugins.org/doc/guidelines.html#AEN197
const GRAMMAR = /^'[^'=]+'=-?[0-9]+(\.[0-9]+)?(ms|s|B|%)?(;[0-9.:]*){0,4}$/;

describe('perfdata', () => {
  it('gives figure, unit and the range that alerts', () => {
    expect(perfdata({ required: { op: '<=', ...limit } })).toBe("'disk.write-latency'=18.4ms;;10");
    expect(perfdata({ required: { op: '>=', ...limit } })).toBe("'disk.write-latency'=18.4ms;;10:");
    expect(perfdata({ required: { op: '=', ...limit } })).toBe("'disk.write-latency'=18.4ms;;10:10");
    expect(perfdata({ level: 'advice', required: { op: '<=', ...limit } })).toBe("'disk.write-latency'=18.4ms;10");
    expect(perfdata({ required: { op: '<=', ...limit, unit: 's' } })).toBe("'disk.write-latency'=18.4ms");
  });

  it('writes every number without an exponent', () => {
    for (const value of [0, 0.1 + 0.2, 1e-7, 1e21, 8160755712, 2 ** 53, 1.5e-3, -3.25]) {
      const text = perfdata({ measured: figure(value, 'By') });
      expect(text, String(value)).toMatch(GRAMMAR);
    }
    expect(perfdata({ measured: figure(8160755712, 'By') })).toBe("'disk.write-latency'=8160755712B");
  });

  it('is left out where there is no figure', () => {
    expect(perfdata({ measured: { value: null, display: '-' } })).toBe('');
    expect(perfdata({ measured: figure(Number.NaN) })).toBe('');
  });
});
