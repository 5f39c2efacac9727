import type { Report, RunOutcome } from '../../src/model.ts';
import * as words from '../words.ts';
import { type Html, html, joined, NOTHING } from './html.ts';
import { otherChecks, problemsSection } from './summary-checks.ts';
import { filesSection, lacksSection, redactionSection } from './summary-contents.ts';
import { containersSection, logsSection } from './summary-run.ts';
import { STYLE } from './summary-style.ts';
import { type BundleTold, counted, filesIn, lacksIn, sizeOf, tiersTold, utc, versionsIn } from './told.ts';

/** Nothing is loaded and nothing runs; also not where a page of somebody else's is put in the place of this one. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const TONES: Readonly<Record<RunOutcome, string>> = {
  ready: 'pass',
  'ready-with-warnings': 'warn',
  'not-ready': 'fail',
  'not-proven': 'unknown',
};
const SIGNS: Readonly<Record<RunOutcome, string>> = {
  ready: '✔',
  'ready-with-warnings': '▲',
  'not-ready': '✖',
  'not-proven': '?',
};

/** What came of the required checks, in one sentence. */
const tollOf = ({ summary }: Report): string => {
  const parts = [
    summary.fail > 0 ? `${counted(summary.fail, 'check')} failed` : '',
    summary.unknown > 0 ? `${summary.unknown} could not be judged` : '',
    summary.warn > 0 ? `${summary.warn} warned` : '',
    summary.waived > 0 ? `${summary.waived} waived` : '',
    `${summary.pass} passed`,
    summary.skip > 0 ? `${summary.skip} skipped` : '',
  ];
  return parts.filter(Boolean).join(', ');
};

const facts = (pairs: readonly (readonly [string, string])[]): Html => {
  const items = pairs
    .filter(([, value]) => value !== '')
    .map(([name, value]) => html`<li><span class="quiet">${name}</span> <b>${value}</b></li>`);
  return html`<ul class="facts">${items}</ul>`;
};

const verdictOf = ({ report, manifest }: BundleTold): Html => {
  const common = [['case', manifest.case ?? '']] as const;
  if (!report)
    return html`<header class="verdict none"><h1>Support bundle without a report</h1>${facts([
      ['made', utc(manifest.createdAt)],
      ...common,
    ])}</header>`;
  const { run, host, tool, spec } = report;
  const remarks = words.remarksOf(report).map((remark) => html`<p>${remark}</p>`);
  const versions = versionsIn(report).map((word) => html`<li>${word}</li>`);
  return html`<header class="verdict ${TONES[run.outcome]}">
<h1><span>${SIGNS[run.outcome]} ${words.VERDICTS[run.outcome]}</span> ${host.name}</h1>
<p>${tollOf(report)}</p>
${remarks}${facts([
  ['checked', utc(run.startedAt)],
  ...common,
  ['as', `${run.profile}, ${run.shape}`],
  ['against', `${spec.name} ${spec.version}`],
  ['by', `${tool.name} ${tool.version}${run.privileged ? '' : ', not as root'}`],
])}
<ul class="facts">${versions}</ul></header>
`;
};

/** What the rest of the page holds, in a line each: for those who read no further. */
const glance = ({ manifest, found }: BundleTold): Html => {
  const [files, lacks] = [filesIn(manifest), lacksIn(manifest)];
  const bytes = files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  const replaced = tiersTold(found);
  const part = manifest.volumes > 1 ? `, part ${manifest.volume} of ${manifest.volumes}` : '';
  const lines = [
    html`<a href="#files">${counted(files.length, 'file')}</a>, ${sizeOf(bytes)} unpacked${part}`,
    lacks.length > 0
      ? html`<a href="#lacks">${counted(lacks.length, 'file')}</a> cut, left out or not collected`
      : NOTHING,
    html`<a href="#redaction">${replaced === '' ? 'nothing' : 'replaced'}</a>${replaced === '' ? ' was replaced' : `: ${replaced}`}`,
  ];
  const told = lines.filter(({ markup }) => markup !== '');
  return html`<p class="glance">${joined(told, html`. `)}.</p>
`;
};

const lifecycleOf = ({ report }: BundleTold): Html =>
  report ? html`<p class="ended" role="note"><b>Product lifecycle:</b> ${report.lifecycle.message}</p>` : NOTHING;

/** `summary.html`: one page that needs no script, no network and no other file. The product's end comes before everything else. */
export const summaryHtml = (told: BundleTold): string => {
  const { report, manifest } = told;
  const title = report
    ? `${words.VERDICTS[report.run.outcome]}: ${report.host.name}, ${utc(report.run.startedAt)}`
    : `Support bundle ${manifest.name}`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ markup: POLICY }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
${lifecycleOf(told)}
${verdictOf(told)}
<main>
${glance(told)}${report ? problemsSection(report, manifest) : NOTHING}${report ? containersSection(report) : NOTHING}${logsSection(
  report,
  told.levels ?? [],
)}${lacksSection(manifest)}${filesSection(manifest)}${redactionSection(told.found)}${report ? otherChecks(report) : NOTHING}
</main>
<footer><p class="quiet">Bundle ${manifest.name}, made ${utc(manifest.createdAt)} by ${manifest.tool.name} ${
    manifest.tool.version
  }. It left its server by hand only: this tool sends nothing.</p></footer>
</body>
</html>
`.markup;
};
