import { describe, expect, it } from 'vitest';
import { hrefOf } from '../../../report-templates/bundle/html.ts';
import { summaryHtml } from '../../../report-templates/bundle/summary-html.ts';
import type { BundleTold } from '../../../report-templates/bundle/told.ts';
import type { Result } from '../../../src/model.ts';
import { hostileStrings } from '../../support/hostile.ts';
import { installedReport, toldBundle, toldManifest, toldTally } from '../../support/told-bundle.ts';

const TAG = /<(?:!DOCTYPE html|\/?[a-z][a-z0-9]*(?: [a-zA-Z][a-zA-Z0-9-]*="[^"<>]*")*\/?)>/y;
const TEXT = /[^<>]+/y;

/** Every element and attribute of a page, and its text: only such markup passes as this page is written in, and anything else throws. */
const skeletonOf = (page: string): { readonly tags: string; readonly texts: string } => {
  const body = page.replace(/<style>[^<]*<\/style>/, '<style></style>');
  const [tags, texts]: [string[], string[]] = [[], []];
  for (let at = 0; at < body.length; ) {
    TAG.lastIndex = at;
    TEXT.lastIndex = at;
    const [tag] = TAG.exec(body) ?? [];
    const [text] = tag ? [] : (TEXT.exec(body) ?? []);
    if (tag) tags.push(tag.replace(/="[^"]*"/g, '=""'));
    else if (text) texts.push(text);
    else throw new Error(`markup that is none of ours: ${body.slice(Math.max(0, at - 40), at + 60)}`);
    at += (tag ?? text ?? '').length;
  }
  return { tags: tags.join(''), texts: texts.join('') };
};

/** Where the links of a page lead. */
const linksOf = (page: string): readonly string[] =>
  [...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => href ?? '');

/** The sample with foreign text wherever some may stand. */
const carrying = (text: string): BundleTold => {
  const report = installedReport();
  const tainted = (result: Result): Result => ({
    ...result,
    title: text,
    message: text,
    ...(result.required && { required: { ...result.required, display: text } }),
    ...(result.measured && { measured: { ...result.measured, display: text || 'x' } }),
    findings: result.findings.map((one) => ({
      ...one,
      message: `${one.message}${text}`,
      ...(one.remedy && { remedy: text }),
    })),
    ...(result.waived && { waived: { reason: text, until: text, by: text } }),
  });
  const manifest = toldManifest();
  return toldBundle({
    report: {
      ...report,
      host: { ...report.host, name: text, os: `os ${text}` },
      lifecycle: { ...report.lifecycle, message: text },
      checks: report.checks.map((one) =>
        one.measured?.['containers'] ? { ...tainted(one), measured: one.measured } : tainted(one),
      ),
    },
    manifest: {
      ...manifest,
      name: text,
      case: text,
      files: manifest.files.map((row) => ({
        ...row,
        path: `x/${text.replace(/[/\\]/g, '')}`,
        source: text,
        ...(row.reason !== undefined && { reason: text }),
      })),
    },
    found: { ...toldTally, [`x${text}`]: { tier: 'personal', found: 1, labels: [] } },
  });
};

describe('summary.html', () => {
  const page = summaryHtml(toldBundle());

  it('loads nothing and runs nothing', () => {
    expect(page).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page).not.toMatch(/<(script|img|link|iframe|object|embed|form|base|video|audio)\b/i);
    expect(page).not.toMatch(/\b(on[a-z]+|src|srcset|action|formaction)=/i);
    expect(page).not.toMatch(/url\(|@import|expression\(/i);
    // Links lead into the bundle or within the page alone.
    for (const href of linksOf(page)) expect(href).toMatch(/^(\.\/|#)/);
  });

  it("says the product's end before everything else, and never that it may go live", () => {
    const { texts } = skeletonOf(page.slice(page.indexOf('<body>')));
    expect(texts.trim()).toMatch(/^Product lifecycle: The vendor ended this product on 2025-10-23\./);
    expect(texts).toContain('DOES NOT CONFORM');
    expect(texts).not.toMatch(/\b(ready|go live|production-ready)\b/i);
  });

  it('tells host, time in UTC, case, versions, and each problem with its figures, remedy and files', () => {
    const { texts } = skeletonOf(page);
    const links = linksOf(page);
    for (const words of ['core-1', '2026-11-22 07:02:11 UTC', '3382-1177', 'client 2.55.1', 'MySQL 8.0.33'])
      expect(texts).toContain(words);
    expect(texts).toContain('7.6 GiB');
    expect(texts).toContain('&gt;= 16 GiB');
    expect(texts).toContain('To do: Add memory, or move to a larger machine.');
    expect(links).toContain('./host/memory.json');
    expect(links).toContain('./app/coreapp/wacore-1/container.log');
    // A file in another part cannot be led to.
    expect(links).not.toContain('./journal/docker.log');
    expect(texts).toContain('(part 2)');
  });

  it('tells each file that is not whole with its reason, and what was replaced by rule', () => {
    const { texts } = skeletonOf(page);
    const { files } = toldManifest();
    for (const { path, reason } of files.filter(({ state }) => state !== 'whole')) {
      expect(texts).toContain(path);
      expect(texts).toContain(reason);
    }
    expect(texts).toContain('13 credentials, 507 pieces of personal data, 815 network identifiers');
    for (const rule of Object.keys(toldTally)) expect(texts).toContain(rule);
  });

  it('is written where there is no report and nothing else either', () => {
    const bare = summaryHtml({
      report: null,
      manifest: toldManifest({ files: [], case: null, window: null }),
      found: {},
    });
    expect(skeletonOf(bare).texts).toContain('Support bundle without a report');
    expect(skeletonOf(bare).texts).toContain('No rule found anything to replace.');
  });

  it('makes of 10,000 hostile strings not one element or attribute', () => {
    const wanted = skeletonOf(summaryHtml(carrying('plain words'))).tags;
    // Some stand in a page together: each of its places gets all of them.
    const strings = hostileStrings(10_000, 8);
    for (let at = 0; at < strings.length; at += 50) {
      const page = summaryHtml(carrying(`a${strings.slice(at, at + 50).join(' ')}`));
      expect(skeletonOf(page).tags).toBe(wanted);
      for (const href of linksOf(page)) expect(href).toMatch(/^(\.\/[\w%.!~*'()&;#/-]*|#[a-z]+)$/);
    }
  }, 20_000);

  it('makes links of names that lead into the bundle only', () => {
    expect(hrefOf('app/a b/"x"<&>#?.log')).toBe('./app/a%20b/%22x%22%3C%26%3E%23%3F.log');
    expect(hrefOf('javascript:alert(1)')).toBe('./javascript%3Aalert(1)');
    expect(hrefOf('\ud800')).toBe('./%EF%BF%BD');
    for (const path of ['../x', '/etc/passwd', 'a//b', 'a/./b', 'a\\..\\b', '', '//evil.example/x'])
      expect(hrefOf(path)).toBeNull();
  });
});
