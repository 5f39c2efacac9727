import type { Manifest, Row } from '../../src/bundle/manifest.ts';
import type { Tally } from '../../src/redact/rule.ts';
import { fileLink, type Html, html, NOTHING } from './html.ts';
import { counted, filesIn, lacksIn, PART_WORDS, STATE_WORDS, sizeOf, tiersTold, utc } from './told.ts';

const nameCell = (row: Row, manifest: Manifest): Html => {
  if (row.bytes === null) return html`${row.path}`;
  if (row.volume === manifest.volume || row.volume === null) return fileLink(row.path);
  return html`${row.path} <span class="quiet">(part ${row.volume})</span>`;
};

const lackRow = (row: Row, manifest: Manifest): Html => html`<tr><td class="state ${
  ['withheld', 'failed'].includes(row.state)
    ? 'fail'
    : ['empty', 'absent', 'left-out'].includes(row.state)
      ? 'none'
      : 'warn'
}">${STATE_WORDS[row.state]}</td><th scope="row" class="path">${nameCell(row, manifest)}</th><td>${
  row.reason ?? ''
}</td></tr>
`;

/** What the bundle lacks, and why: nothing is missing without a word. */
export const lacksSection = (manifest: Manifest): Html => {
  const lacks = lacksIn(manifest);
  if (lacks.length === 0)
    return html`<h2 id="lacks">Cut, left out, not collected</h2><p>Nothing: every file that was asked for is here, and whole.</p>`;
  return html`<h2 id="lacks">Cut, left out, not collected <span class="quiet">${lacks.length}</span></h2>
<table class="rows"><thead><tr><th scope="col">State</th><th scope="col">File</th><th scope="col">Why</th></tr></thead><tbody>
${lacks.map((row) => lackRow(row, manifest))}</tbody></table>
`;
};

const fileRow = (row: Row, manifest: Manifest): Html => html`<tr><th scope="row" class="path">${nameCell(
  row,
  manifest,
)}</th><td class="number">${sizeOf(row.bytes ?? 0)}</td><td>${row.source}</td><td class="number">${row.redactions}</td></tr>
`;

/** Every file by what it belongs to, folded away. */
export const filesSection = (manifest: Manifest): Html => {
  const files = filesIn(manifest);
  const bytes = (rows: readonly Row[]) => sizeOf(rows.reduce((sum, row) => sum + (row.bytes ?? 0), 0));
  const parts = [...new Set(files.map(({ part }) => part))].map((part) => {
    const rows = files.filter((row) => row.part === part);
    return html`<details><summary><b>${PART_WORDS[part]}</b> <span class="quiet">${counted(rows.length, 'file')}, ${bytes(
      rows,
    )}</span></summary>
<table class="rows"><thead><tr><th scope="col">File</th><th scope="col" class="number">Size</th><th scope="col">From</th><th scope="col" class="number">Replaced</th></tr></thead><tbody>
${rows.map((row) => fileRow(row, manifest))}</tbody></table></details>
`;
  });
  const window = manifest.window
    ? html` Logs from ${utc(manifest.window.since)} to ${utc(manifest.window.until)}.`
    : NOTHING;
  const other = manifest.volumes > 1 ? html` This is part ${manifest.volume} of ${manifest.volumes}.` : NOTHING;
  return html`<h2 id="files">In this bundle <span class="quiet">${counted(files.length, 'file')}, ${bytes(files)}</span></h2>
<p>Unpack the archive, so that the links lead to the files.${window}${other} Sizes, digests and sources of all: ${fileLink(
    'manifest.json',
  )}.</p>
${parts}`;
};

const TIERS = { credential: 'credentials', personal: 'personal data', network: 'network' } as const;

/** What was taken out, by rule and by kind; never a value. */
export const redactionSection = (found: Tally): Html => {
  const order = Object.keys(TIERS);
  const rules = Object.entries(found)
    .filter(([, one]) => one.found > 0)
    .toSorted(([, a], [, b]) => order.indexOf(a.tier) - order.indexOf(b.tier) || b.found - a.found);
  const promise =
    'The same value has the same label in all files, so one user or one host can be followed. No scanner finds everything.';
  if (rules.length === 0)
    return html`<h2 id="redaction">Redaction</h2><p>No rule found anything to replace. ${promise}</p>`;
  return html`<h2 id="redaction">Redaction</h2>
<p>Replaced: ${tiersTold(found)}. ${promise}</p>
<table class="rows"><thead><tr><th scope="col">Rule</th><th scope="col">Kind</th><th scope="col" class="number">Found</th><th scope="col" class="number">Different</th></tr></thead><tbody>
${rules.map(
  ([id, one]) => html`<tr><th scope="row"><code>${id}</code></th><td>${TIERS[one.tier]}</td><td class="number">${
    one.found
  }</td><td class="number">${one.labels.length}</td></tr>
`,
)}</tbody></table>
`;
};
