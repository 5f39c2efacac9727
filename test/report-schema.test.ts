import { Ajv2020 } from 'ajv/dist/2020.js';
import formatsPlugin from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { templates } from '../report-templates/index.ts';
import { schema } from '../src/cli/schema.ts';
import { readReport } from '../src/read-report.ts';
import { writtenReportSchema } from '../src/report-schema.ts';
import { UsageError } from '../src/usage-error.ts';
import { finishedReport } from './support/sample-report.ts';

const { write } = await templates.json();
const written = () => JSON.parse(write(finishedReport()));

/** An engine that knows nothing of ours. */
const engine = () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formatsPlugin.default(ajv);
  return ajv;
};

describe('the published schema', () => {
  const valid = engine().compile(JSON.parse(schema('report')));

  it('accepts what is written, and an error', () => {
    expect(valid(written()), JSON.stringify(valid.errors)).toBe(true);
    expect(valid({ kind: 'Error', schemaVersion: '1.0', code: 'usage', message: 'x' })).toBe(true);
  });

  it('accepts what a later minor version adds', () => {
    const report = written();
    report.schemaVersion = '1.7';
    report.later = [1];
    report.checks[0].later = {};
    expect(valid(report), JSON.stringify(valid.errors)).toBe(true);
  });

  it.each([
    ['another major version', (report: ReturnType<typeof written>) => ({ ...report, schemaVersion: '2.0' })],
    ['another kind', (report: ReturnType<typeof written>) => ({ ...report, kind: 'Other' })],
    ['no checks', ({ checks: _gone, ...report }: ReturnType<typeof written>) => report],
    [
      'an outcome that is none',
      (report: ReturnType<typeof written>) => ({ ...report, checks: [{ ...report.checks[0], outcome: 'OK' }] }),
    ],
    [
      'a check without a finding',
      (report: ReturnType<typeof written>) => ({ ...report, checks: [{ ...report.checks[0], findings: [] }] }),
    ],
    ['an error without a message', () => ({ kind: 'Error', schemaVersion: '1.0', code: 'usage' })],
  ])('refuses %s', (_, change) => {
    expect(valid(change(written()))).toBe(false);
  });

  it('declares every key that is written', () => {
    expect(writtenReportSchema.safeParse(written()).error?.issues).toBeUndefined();
    expect(writtenReportSchema.safeParse({ ...written(), pending: [] }).success).toBe(false);
  });
});

describe('a saved report', () => {
  const refusal = (json: unknown): string => {
    try {
      readReport(json);
    } catch (error) {
      if (error instanceof UsageError) return error.message;
      throw error;
    }
    return 'accepted';
  };

  it('reads as it was written', () => {
    expect(readReport(written())).toEqual(finishedReport());
  });

  it('keeps what a later minor version added', () => {
    const report = { ...written(), schemaVersion: '1.9', later: 'kept' };
    expect(JSON.parse(write(readReport(report)))).toEqual(report);
  });

  it('is refused in one sentence where it is none', () => {
    expect(refusal(null)).toContain('not a report of this tool');
    expect(refusal([])).toContain('not a report of this tool');
    expect(refusal({ kind: 'HostEvidence', schemaVersion: '1.0' })).toContain('its kind is "HostEvidence"');
    expect(refusal({ ...written(), schemaVersion: '2.0' })).toContain('2.0; this tool reads version 1');
    expect(refusal({ ...written(), schemaVersion: '10.0' })).toContain('10.0; this tool reads version 1');
    expect(refusal({ ...written(), host: 7 })).toContain('at host');
    expect(refusal({ ...written(), checks: written().checks.slice(2) })).toContain(
      'lifecycle.product and 1 more has not exactly one result',
    );
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(refusal(deep)).toContain('nested deeper');
    expect(refusal({ ...written(), host: { ...written().host, deep } })).toContain('nested deeper');
    for (const json of [null, [], { ...written(), schemaVersion: '2.0' }]) expect(refusal(json)).not.toContain('\n');
  });

  it('is made printable', () => {
    const evil = '\u001b]0;x\u0007';
    const report = written();
    report.host.name = evil;
    report.checks[0].measured[evil] = evil;
    const read = readReport(report);
    expect(JSON.stringify(read)).not.toContain('\\u001b');
    expect(read.host.name).toBe('\\x1b]0;x\\x07');
    expect(refusal({ kind: evil, schemaVersion: '1.0' })).toContain('\\x1b');
  });
});
