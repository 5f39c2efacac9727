import { describe, expect, it } from 'vitest';
import { readmeText } from '../../../report-templates/bundle/readme.ts';
import { redactionReport, redactionText } from '../../../report-templates/bundle/redaction-report.ts';
import { copyCommand, resultText } from '../../../report-templates/bundle/result.ts';
import { ticketText } from '../../../report-templates/bundle/ticket.ts';
import { cells } from '../../../report-templates/wrap.ts';
import { hostileStrings } from '../../support/hostile.ts';
import { madeBundle, toldBundle, toldManifest, toldTally } from '../../support/told-bundle.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]|\p{Surrogate}/u;
const LOOK = { color: false, ascii: false, width: 80, verbose: false };
const linesOf = (text: string) => text.trimEnd().split('\n');

describe('README.txt', () => {
  const lines = linesOf(readmeText(toldBundle()));

  it('is at most 40 lines of 80 cells, English and then Thai', () => {
    expect(lines.length).toBeLessThanOrEqual(40);
    for (const line of lines) expect(cells(line)).toBeLessThanOrEqual(80);
    const thai = lines.findIndex((line) => /[\u0e00-\u0e7f]/.test(line));
    expect(thai).toBeGreaterThan(15);
    expect(lines[1]).toBe('The vendor ended this product on 2025-10-23.');
    expect(lines.slice(thai)[1]).toContain('2025-10-23');
    // The year of the West, never the Buddhist one.
    expect(lines.join()).not.toContain('2568');
  });

  it('gives the verdict in both languages, by conformance', () => {
    expect(lines.join('\n')).toContain('verdict   DOES NOT CONFORM');
    expect(lines.join('\n')).toContain('ไม่เป็นไปตามข้อกำหนด (DOES NOT CONFORM)');
  });
});

describe('ticket.txt', () => {
  it('is five lines, the end of the product first, with the digest of what is attached', () => {
    const { volumes } = madeBundle();
    const lines = linesOf(ticketText(toldBundle(), volumes));
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe('The vendor ended this product on 2025-10-23.');
    expect(lines[1]).toContain('core-1, client 2.55.1, MySQL 8.0.33');
    expect(lines[2]).toContain('DOES NOT CONFORM');
    expect(lines[3]).toContain('Memory: 7.6 GiB (required: >= 16 GiB)');
    expect(lines[4]).toContain(`sha256 ${volumes[0]?.sha256}`);
  });

  it('stays five printable lines whatever stands in it', () => {
    for (const text of hostileStrings(500, 3)) {
      const told = toldBundle({ manifest: toldManifest({ case: text, name: text }) });
      const ticket = ticketText(told);
      expect(linesOf(ticket)).toHaveLength(5);
      expect(ticket).not.toMatch(CONTROL);
      expect(readmeText(told)).not.toMatch(CONTROL);
    }
  });
});

describe('the redaction report', () => {
  const files = [
    { path: 'host/kernel.log', found: toldTally },
    {
      path: 'compose/db.env',
      found: { 'env.password': { tier: 'credential', found: 2, labels: ['[password-a2b3c4000]', 'x'] } },
    },
    { path: 'clean.txt', found: {} },
  ] as const;

  it('counts a label that stands in two files once', () => {
    const { rules } = redactionReport(files);
    const password = rules.find(({ rule }) => rule === 'env.password');
    expect(password).toEqual({ rule: 'env.password', tier: 'credential', found: 6, different: 3, files: 2 });
    expect(redactionReport(files).files[1]?.rules).toEqual([
      { rule: 'env.password', tier: 'credential', found: 2, different: 2 },
    ]);
  });

  it('holds no label and no value, as data and as text', () => {
    expect(JSON.stringify(redactionReport(files)) + redactionText(files)).not.toMatch(/a2b3c4/);
    expect(redactionText(files)).toContain('Nothing to replace in 1 other file.');
    expect(redactionText([])).toContain('No rule found anything to replace.');
  });
});

describe('the result page', () => {
  it('tells file, size, digest, mode and the next steps', () => {
    const text = resultText(madeBundle(), { host: 'core-1', maxSize: 25e6 }, LOOK);
    for (const words of [
      '12.8 MB',
      '0600',
      'summary.html',
      'https://business.facebook.com/direct-support',
      '4 files are cut',
    ])
      expect(text).toContain(words);
    expect(text).toContain('scp core-1:/var/tmp/wa-bundle_20261122T070302Z_core-1_3382-1177.zip .');
  });

  it('quotes what a shell would take apart', () => {
    expect(copyCommand('core-1', ["/tmp/a b'c.zip"])).toBe("scp 'core-1:/tmp/a b'\\''c.zip' .");
  });

  it('names no path where there is none', () => {
    const { volumes } = madeBundle();
    const text = resultText(
      madeBundle({ volumes: volumes.map((one) => ({ ...one, path: null })) }),
      { host: 'a', maxSize: 1e6 },
      LOOK,
    );
    expect(text).toContain('standard output');
    expect(text).not.toContain('scp');
  });
});
