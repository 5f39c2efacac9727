import { describe, expect, it } from 'vitest';
import { farewell } from '../../report-templates/farewell.ts';
import { finishedReport } from '../support/sample-report.ts';

const LOOK = { ascii: false, color: false, width: 100 };

describe('farewell', () => {
  it('leaves the end of the product, the verdict with its code, each problem and the file in the scrollback', () => {
    const lines = farewell(finishedReport(), '/tmp/report.md', LOOK).trimEnd().split('\n');
    expect(lines[0]).toBe('The vendor ended this product on 2025-10-23.');
    expect(lines[1]).toMatch(/^DOES NOT CONFORM .*\(exit 1\)$/);
    expect(lines.filter((line) => /^ {2}[✖?▲]/.test(line)).length).toBe(5);
    expect(lines.at(-1)).toBe('Report: /tmp/report.md');
  });

  it('says that nothing was saved', () => {
    expect(farewell(finishedReport(), null, LOOK)).toContain('was not saved');
  });

  it('is plain ASCII without an escape where that is asked for', () => {
    expect(farewell(finishedReport(), null, { ...LOOK, ascii: true })).toMatch(/^[\n -~]*$/);
    expect(farewell(finishedReport(), null, { ...LOOK, color: true })).toContain('\u001b[31m');
  });
});
