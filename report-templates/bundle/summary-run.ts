import type { Json, Report } from '../../src/model.ts';
import { fileLink, type Html, html, NOTHING } from './html.ts';
import { counted, type LogLevels, resultOf, utc } from './told.ts';

type Fields = { readonly [key: string]: Json | undefined };

const fieldsOf = (value: Json | undefined): Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : {};

/** Objects of a list that a check measured; empty where it measured none. */
const listIn = (report: Report, id: string, key: string): readonly Fields[] => {
  const list = resultOf(report, id)?.measured?.[key];
  return Array.isArray(list) ? list.map(fieldsOf) : [];
};

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const number = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);

const hours = (ms: number): string =>
  ms >= 3_600_000 ? `${Math.floor(ms / 3_600_000)} h` : `${Math.max(0, Math.floor(ms / 60_000))} min`;

const containerRow = (one: Fields): Html => {
  const up = typeof one['upFor'] === 'number' ? ` for ${hours(one['upFor'])}` : '';
  const ended = text(one['status']) === 'running' ? up : `, code ${number(one['exitCode'])}`;
  const memory = one['oomKilled'] === true ? ', out of memory' : '';
  return html`<tr><th scope="row">${text(one['name'])}</th><td>${text(one['role'])}</td><td>${text(one['status']) + ended + memory}</td><td class="number">${number(one['restarts'])}</td></tr>
`;
};

/** Which of the client's containers run, since when, and how often Docker started them again. */
export const containersSection = (report: Report): Html => {
  const containers = listIn(report, 'containers.running', 'containers');
  if (containers.length === 0) return NOTHING;
  const restarts = containers.reduce((sum, one) => sum + number(one['restarts']), 0);
  return html`<h2 id="containers">Containers <span class="quiet">${counted(restarts, 'restart')}</span></h2>
<table class="rows"><thead><tr><th scope="col">Container</th><th scope="col">Role</th><th scope="col">State</th><th scope="col" class="number">Restarts</th></tr></thead><tbody>
${containers.map(containerRow)}</tbody></table>
`;
};

const signRow = ({ container, marker, count, first, last }: Fields): Html =>
  html`<tr><th scope="row">${text(marker)}</th><td>${text(container)}</td><td class="number">${number(
    count,
  )}</td><td>${text(first) ? utc(text(first)) : ''}</td><td>${text(last) ? utc(text(last)) : ''}</td></tr>
`;

/** Known signs of trouble in the logs, as the check counted them. */
const signsIn = (report: Report): readonly Fields[] =>
  listIn(report, 'containers.log-markers', 'containers').flatMap((one) =>
    (Array.isArray(one['markers']) ? one['markers'] : []).map(
      (sign): Fields => ({
        ...fieldsOf(sign),
        container: text(one['name']),
      }),
    ),
  );

const [WIDTH, HEIGHT] = [720, 56];

/** One log as bars over time: errors at the foot, warnings on them, all else above, on a square-root scale so that few are seen. */
const barsOf = ({ spans, path }: LogLevels): Html => {
  const most = Math.max(1, ...spans.map(({ errors, warnings, others }) => errors + warnings + others));
  const step = WIDTH / Math.max(1, spans.length);
  const rects = spans.flatMap(({ errors, warnings, others }, at) => {
    const all = errors + warnings + others;
    if (all === 0) return [];
    const height = Math.max(2, Math.sqrt(all / most) * HEIGHT);
    const parts = [['e', errors] as const, ['w', warnings] as const, ['o', others] as const].filter(([, n]) => n > 0);
    // What is there is seen, however little of the whole it is.
    const sizes = parts.map(([, n]) => Math.max(1.5, (n / all) * height));
    const scale = height / sizes.reduce((sum, one) => sum + one, 0);
    let foot = HEIGHT;
    return parts.map(([name], part) => {
      const tall = (sizes[part] ?? 0) * scale;
      foot -= tall;
      return html`<rect class="${name}" x="${(at * step).toFixed(1)}" y="${foot.toFixed(1)}" width="${Math.max(
        0.6,
        step - 1,
      ).toFixed(1)}" height="${tall.toFixed(1)}"/>`;
    });
  });
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT + 1}" width="${WIDTH}" height="${HEIGHT + 1}" role="img" aria-label="Lines of ${path} over time, by level">${rects}<line class="axis" x1="0" y1="${HEIGHT + 0.5}" x2="${WIDTH}" y2="${HEIGHT + 0.5}"/></svg>`;
};

const levelsOf = (levels: LogLevels): Html => {
  const sum = (key: 'errors' | 'warnings' | 'others') => levels.spans.reduce((total, span) => total + span[key], 0);
  const first = levels.firstError === null ? '' : `, the first at ${utc(levels.firstError)}`;
  return html`<h3 class="path">${fileLink(levels.path)}</h3>
${barsOf(levels)}<p class="quiet">${utc(levels.since)} to ${utc(levels.until)}: ${counted(sum('errors'), 'error')}${first}, ${counted(
    sum('warnings'),
    'warning',
  )}, ${counted(sum('others'), 'other line')}</p>
`;
};

/** What the logs say: lines by level over time where they were counted, and the signs that the checks know. */
export const logsSection = (report: Report | null, levels: readonly LogLevels[]): Html => {
  const signs = report ? signsIn(report) : [];
  if (signs.length === 0 && levels.length === 0) return NOTHING;
  const key = html`<p class="key"><span><i style="background:var(--fail)"></i>errors</span><span><i style="background:var(--warn)"></i>warnings</span><span><i style="background:var(--quiet);opacity:.45"></i>other lines</span></p>`;
  const table = html`<table class="rows"><caption>Known signs of trouble</caption><thead><tr><th scope="col">Sign</th><th scope="col">Container</th><th scope="col" class="number">Lines</th><th scope="col">First</th><th scope="col">Last</th></tr></thead><tbody>
${signs.map(signRow)}</tbody></table>
`;
  return html`<h2 id="logs">Logs</h2>
${levels.length > 0 ? key : NOTHING}${levels.map(levelsOf)}${signs.length > 0 ? table : NOTHING}`;
};
