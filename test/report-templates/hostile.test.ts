import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { line } from '../../report-templates/line.ts';
import type { Look } from '../../report-templates/look.ts';
import * as markdown from '../../report-templates/markdown.ts';
import * as nagios from '../../report-templates/nagios.ts';
import * as plain from '../../report-templates/plain.ts';
import { cells } from '../../report-templates/wrap.ts';
import type { Report, Result } from '../../src/model.ts';
import { hostileStrings } from '../support/hostile.ts';
import { finishedReport } from '../support/sample-report.ts';

const STRINGS = hostileStrings(2000);
const LOOK: Look = { color: false, ascii: false, width: 80, verbose: true };

/** The sample with foreign text wherever a report may carry some. It was not made printable before. */
const carrying = (text: string): Report => {
  const whole = finishedReport();
  const kept = ['host.memory', 'docker.engine', 'disk.capacity', 'host.clock'];
  const sample = {
    ...whole,
    run: { ...whole.run, planned: kept },
    checks: kept.flatMap((id) => whole.checks.filter((result) => result.id === id)),
  };
  const { waived } = sample.checks.find((result) => result.waived) ?? {};
  const tainted = (result: Result): Result => ({
    ...result,
    title: text,
    message: text,
    ...(result.measured && { measured: { ...result.measured, display: text, [text]: text, list: [text] } }),
    ...(result.required && { required: { ...result.required, display: text } }),
    findings: result.findings.map((one) => ({ ...one, subject: text, message: text, remedy: text, link: text })),
    ...(result.source && { source: { ...result.source, document: text, clause: text, says: text, link: text } }),
    ...(result.waived && waived && { waived: { ...waived, reason: text, by: text } }),
  });
  return {
    ...sample,
    lifecycle: { ...sample.lifecycle, message: text },
    host: { ...sample.host, name: text, os: text, kernel: text },
    run: { ...sample.run, interrupted: text },
    checks: sample.checks.map(tainted),
  };
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]|\p{Surrogate}/u;

/** Markdown without its code spans and escapes: what an engine could still read as markup. */
const bare = (text: string): string =>
  text
    .replace(/\\[^A-Za-z0-9\s]/g, '')
    .replace(/`[^`\n]+`/g, '')
    .replace(/&(lt|gt|amp);/g, '');

const linesOf = (text: string) => text.split('\n').length;

describe('2,000 hostile strings', () => {
  it('bring no control character into any text', () => {
    for (const text of STRINGS) {
      const report = carrying(text);
      const lines = report.checks.map((result) => line(result, LOOK));
      for (const shown of [plain.write(report, LOOK), markdown.write(report, LOOK), nagios.write(report), ...lines])
        expect(shown, JSON.stringify(text)).not.toMatch(CONTROL);
      expect(lines.every((one) => !one.includes('\n'))).toBe(true);
    }
  });

  it('bring no escape but our own colours into coloured text', () => {
    for (const text of STRINGS.slice(0, 500)) {
      const shown = plain.write(carrying(text), { ...LOOK, color: true });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours are escapes
      expect(shown.replace(/\u001b\[(1|2|22|3[1-6]|39)m/g, ''), JSON.stringify(text)).not.toMatch(CONTROL);
    }
  });

  it('stay text in Markdown: no markup, cell, link, mention or HTML gets out', () => {
    const count = linesOf(markdown.write(carrying('word'), LOOK));
    const out: string[][] = [];
    for (const text of STRINGS) {
      const shown = markdown.write(carrying(text), LOOK);
      expect(linesOf(shown), JSON.stringify(text)).toBe(count);
      for (const row of shown.split('\n')) {
        const rest = bare(row.replace(/^(- (see|clause): )<https:\/\/[^<>\s]+>$/, '$1'));
        const bars = row.startsWith('|') ? 5 : 0;
        const inner = rest
          .replace(/^\*\*Product lifecycle:\*\*/, '')
          .replace(/^- \*\*to do:\*\*/, '')
          .replace(/^#{2,3} /, '');
        const live = /[<>&`*_[\]~#!^$\\]|:\/\/|www\.|@\w|mailto:/i.test(inner);
        if (live || rest.split('|').length - 1 !== bars) out.push([text, row]);
      }
    }
    expect(out).toEqual([]);
  });

  it('stay on one line for Nagios, before the one bar', () => {
    const bars = nagios.write(finishedReport()).split('|').length;
    for (const text of STRINGS) {
      const shown = nagios.write(carrying(text));
      expect(linesOf(shown), JSON.stringify(text)).toBe(2);
      expect(shown.split('|').length, JSON.stringify(text)).toBe(bars);
      expect(shown.split('|')[0], JSON.stringify(text)).not.toMatch(/[<>`$&"~]/);
      expect(shown.length).toBeLessThan(4096);
    }
  });
});

describe('the width', () => {
  // A link is never cut: it is the last in its line, and what stands before it is a label or a sign.
  const fits = (row: string, width: number) => cells(row) <= width || /^[^/]{0,26}https?:\/\/\S*$/u.test(row);

  it('is kept from 20 to 200 columns', () => {
    for (let width = 20; width <= 200; width += 1)
      for (const verbose of [false, true])
        for (const row of plain.write(finishedReport(), { ...LOOK, width, verbose }).split('\n'))
          expect(fits(row, width), `${width}: ${row}`).toBe(true);
  });

  it('is kept with any text', () => {
    STRINGS.forEach((text, at) => {
      const width = 20 + (at % 181);
      const shown = plain.write(carrying(text), { ...LOOK, width, color: at % 2 === 0, ascii: at % 3 === 0 });
      for (const row of shown.split('\n'))
        expect(fits(stripVTControlCharacters(row), width), JSON.stringify([text, width, row])).toBe(true);
    });
  });

  it('loses no letter', () => {
    const letters = (text: string) => text.replace(/\s/g, '');
    const wide = letters(plain.write(finishedReport(), { ...LOOK, width: 2000 }));
    for (const width of [20, 33, 60, 120])
      expect(letters(plain.write(finishedReport(), { ...LOOK, width }))).toBe(wide);
  });
});

describe('ASCII', () => {
  it('is all that the templates themselves write', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins at 0
    const foreign = /[^\u0000-\u007f]/;
    const look = { ...LOOK, ascii: true };
    for (const shown of [plain.write(finishedReport(), look), markdown.write(finishedReport(), look)])
      expect(shown).not.toMatch(foreign);
    expect(nagios.write(finishedReport())).not.toMatch(foreign);
  });
});
