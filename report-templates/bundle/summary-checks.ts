import type { Manifest, Row } from '../../src/bundle/manifest.ts';
import type { Report, Result } from '../../src/model.ts';
import * as words from '../words.ts';
import { fileLink, type Html, html, joined, NOTHING } from './html.ts';
import { counted, filesIn } from './told.ts';

const LOGS: readonly Row['part'][] = ['coreapp-logs', 'webapp-logs', 'crash-logs'];

/** Where in a bundle a group's checks have their facts. */
const PARTS_OF: Readonly<Record<string, readonly Row['part'][]>> = {
  host: ['host'],
  disk: ['host'],
  docker: ['docker', 'journal'],
  containers: [...LOGS, 'docker', 'compose'],
  database: ['database'],
  network: ['network'],
  api: ['api'],
  webhook: ['api'],
  account: ['api'],
  security: ['compose', 'api'],
};

const MOST_FILES = 3;

/** The files that say more of a result: those named as what was found, else as what was checked, else a few of its part. */
const filesFor = (result: Result, files: readonly Row[]): readonly Row[] => {
  const parts = PARTS_OF[result.group] ?? [];
  const subjects = result.findings.flatMap(({ outcome, subject }) => (outcome !== 'pass' && subject ? [subject] : []));
  const topic = result.id.split('.').at(-1) ?? '';
  const related = files.filter(({ part }) => parts.includes(part));
  const named = related.filter(({ path }) => subjects.some((subject) => path.split('/').includes(subject)));
  const topical = related.filter(({ path }) => path.split('/').at(-1)?.startsWith(topic));
  const nearest = [named, topical, related.slice(0, 2)].find((some) => some.length > 0) ?? [];
  return nearest.toSorted((a, b) => parts.indexOf(a.part) - parts.indexOf(b.part)).slice(0, MOST_FILES);
};

const linkTo = ({ path, volume }: Row, manifest: Manifest): Html => {
  const name = path.split('/').slice(-2).join('/');
  if (volume === manifest.volume || volume === null) return fileLink(path, name);
  return html`${name} <span class="quiet">(part ${volume})</span>`;
};

const linksOf = (result: Result, manifest: Manifest): Html => {
  const files = filesIn(manifest);
  const general = files.filter(({ path }) => path === 'evidence.json').slice(0, 1);
  const links = [...filesFor(result, files), ...general].map((row) => linkTo(row, manifest));
  return links.length > 0 ? joined(links, html`<br>`) : html`<span class="quiet">none</span>`;
};

const stateCell = (result: Result, rows = 1): Html => {
  const state = words.stateOf(result);
  return html`<td class="state ${state}" rowspan="${rows}">${words.SIGNS[state].symbol} ${words.SIGNS[state].word}</td>`;
};

const remedies = (result: Result): Html => {
  const told = [...new Set(result.findings.flatMap(({ remedy }) => (remedy === undefined ? [] : [remedy])))];
  return { markup: told.map((remedy) => html`<p class="remedy">To do: ${remedy}</p>`.markup).join('') };
};

/** What is, in full, where the two figures do not say it already. */
const messageOf = (result: Result): Html => {
  const { findings, waived, message } = result;
  const bad = findings.filter(({ outcome }) => outcome === result.outcome).map((one) => one.message);
  const told = (bad.length > 0 ? bad : [message]).map((text) => html`<p class="quiet">${text}</p>`);
  const set = waived
    ? html`<p class="quiet">Waived until ${waived.until} by ${waived.by}: ${waived.reason}</p>`
    : NOTHING;
  return html`${told}${set}`;
};

const problemRow = (
  result: Result,
  manifest: Manifest,
): Html => html`<tr class="first">${stateCell(result, 2)}<th scope="row">${
  result.title
}<br><code>${result.id}</code> <span class="quiet">${words.LEVEL_WORDS[result.level]}</span></th><td>${
  result.measured?.display ?? 'nothing'
}</td><td>${result.required ? words.limitOf(result.required) : 'none'}</td><td class="files" rowspan="2">${linksOf(result, manifest)}</td></tr>
<tr><td colspan="3">${messageOf(result)}${remedies(result)}</td></tr>
`;

const HEAD = html`<thead><tr><th scope="col">Result</th><th scope="col">Check</th><th scope="col">Measured</th><th scope="col">Required</th>`;

/** The checks that failed, could not be judged or warned, worst first, each with its figures, its remedy and its files. */
export const problemsSection = (report: Report, manifest: Manifest): Html => {
  const problems = words
    .worstFirst(report.checks)
    .filter((result) => ['fail', 'unknown', 'warn'].includes(words.stateOf(result)));
  if (problems.length === 0)
    return html`<h2 id="problems">Problems</h2><p>No check failed, warned or was left unjudged.</p>`;
  return html`<h2 id="problems">Problems <span class="quiet">${problems.length}</span></h2>
<div class="wide"><table class="problems">${HEAD}<th scope="col">Files</th></tr></thead><tbody>
${problems.map((result) => problemRow(result, manifest))}</tbody></table></div>
`;
};

const plainRow = (result: Result): Html => html`<tr>${stateCell(result)}<th scope="row">${result.title}<br><code>${
  result.id
}</code></th><td>${result.measured?.display ?? ''}</td><td>${result.required?.display ?? ''}</td></tr>
`;

/** Every other check, folded away: group by group in the report's own order. */
export const otherChecks = (report: Report): Html => {
  const rest = report.checks.filter((result) => !['fail', 'unknown', 'warn'].includes(words.stateOf(result)));
  const groups = [...new Set(rest.map(({ group }) => group))];
  const parts = groups.map((group) => {
    const rows = rest.filter((result) => result.group === group);
    const count = (state: words.State) => rows.filter((result) => words.stateOf(result) === state).length;
    const told = (['pass', 'waived', 'skip'] as const).flatMap((state) =>
      count(state) > 0 ? [`${count(state)} ${words.SIGNS[state].word}`] : [],
    );
    return html`<details><summary><b>${group}</b> <span class="quiet">${told.join(', ')}</span></summary>
<table class="rows">${HEAD}</tr></thead><tbody>${rows.map(plainRow)}</tbody></table></details>
`;
  });
  if (rest.length === 0) return NOTHING;
  return html`<h2 id="checks">Other checks <span class="quiet">${counted(rest.length, 'check')}</span></h2>
${parts}`;
};
