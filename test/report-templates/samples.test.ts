import { describe, expect, it } from 'vitest';
import { type Format, templates } from '../../report-templates/index.ts';
import { line } from '../../report-templates/line.ts';
import type { Look } from '../../report-templates/look.ts';
import type { Report } from '../../src/model.ts';
import { finishedReport, runningReport } from '../support/sample-report.ts';

const LOOK: Look = { color: false, ascii: false, width: 80, verbose: false };
const formats = Object.keys(templates) as readonly Format[];
const written = async (format: Format, report: Report, look: Partial<Look> = {}): Promise<string> =>
  (await templates[format]()).write(report, { ...LOOK, ...look });

describe('one sample report', () => {
  it.each(formats)('reads as %s', async (format) => {
    await expect(await written(format, finishedReport())).toMatchFileSnapshot(`sample.${format}.txt`);
  });

  it('reads as plain, verbose and narrow', async () => {
    const report = finishedReport();
    await expect(await written('plain', report, { verbose: true })).toMatchFileSnapshot('sample.plain-verbose.txt');
    await expect(await written('plain', report, { width: 40, ascii: true })).toMatchFileSnapshot('sample.plain-40.txt');
  });

  it('reads as one line for each check', async () => {
    const lines = finishedReport().checks.map((result) => line(result, LOOK));
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('sample.line.txt');
  });

  it.each(formats)('says the end of the product first in %s', async (format) => {
    const text = await written(format, finishedReport());
    const end = text.indexOf('2025-10-23');
    expect(end).toBeGreaterThan(-1);
    if (format === 'plain' || format === 'markdown') expect(end).toBeLessThan(text.indexOf('DOES NOT CONFORM'));
  });

  it.each(['plain', 'markdown', 'nagios'] as const)('names every check that is not fine in %s', async (format) => {
    const text = await written(format, finishedReport());
    for (const id of ['host.memory', 'disk.write-latency', 'docker.engine', 'lifecycle.product'])
      expect(text).toContain(id);
    expect(text).not.toMatch(/\bready\b/i);
  });

  it.each(['ready', 'ready-with-warnings', 'not-ready', 'not-proven'] as const)(
    'never calls a host ready: %s',
    async (outcome) => {
      const sample = finishedReport();
      const report = { ...sample, run: { ...sample.run, outcome } };
      for (const format of ['plain', 'markdown', 'nagios'] as const)
        expect(await written(format, report)).not.toMatch(/\bready\b/i);
    },
  );
});

describe('a report that lacks a planned check', () => {
  it.each(formats)('is refused by %s', async (format) => {
    await expect(written(format, runningReport())).rejects.toThrow('disk.write-latency and 4 more was planned');
    const sample = finishedReport();
    const cut = { ...sample, checks: sample.checks.slice(1) };
    await expect(written(format, cut)).rejects.toThrow('lifecycle.product was planned');
    const twice = { ...sample, checks: [...sample.checks, ...sample.checks.slice(0, 1)] };
    await expect(written(format, twice)).rejects.toThrow('not exactly one result');
  });
});

describe('what is remarkable of a run', () => {
  const changed = (run: Partial<Report['run']>): Report => {
    const sample = finishedReport();
    return { ...sample, run: { ...sample.run, ...run } };
  };

  it.each(['plain', 'markdown'] as const)('is said in %s', async (format) => {
    expect(await written(format, finishedReport())).not.toMatch(/Stopped|recording|Strict/);
    expect(await written(format, changed({ interrupted: 'SIGINT' }))).toContain('Stopped by SIGINT');
    expect(await written(format, changed({ replayed: true }))).toContain('recording');
    expect(await written(format, changed({ strict: true }))).toContain('Strict');
  });

  it('is data in JSON, without what is pending', async () => {
    const { pending: _none, ...rest } = changed({ interrupted: 'SIGINT' });
    const text = await written('json', changed({ interrupted: 'SIGINT' }));
    expect(JSON.parse(text)).toEqual(rest);
    expect(text.endsWith('}\n')).toBe(true);
  });
});
