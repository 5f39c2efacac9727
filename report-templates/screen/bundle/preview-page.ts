import type { FilePreview } from '../../../src/bundle/preview.ts';
import { cells, cut, wrap } from '../../wrap.ts';
import { BLANK, cutLine, edges, exact, type Line, line, rule, span } from '../line.ts';
import { textLines, told } from '../login-fields.ts';
import { changeLines } from './beside-page.ts';
import { type BundleShown, foundIn, previewOf, type Room } from './shown.ts';
import type { WizardState, WizardView } from './state.ts';

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

const replaced = ({ found }: FilePreview): number => Object.values(found).reduce((sum, one) => sum + one.found, 0);

/** What can be said of a file before its lines. */
const stateLine = (preview: FilePreview | null, out: boolean): Line => {
  if (out) return line(span('left out by you; x takes it in again', { color: 'yellow' }));
  if (!preview || preview.state === 'reading') return line(span('is being read', { dim: true }));
  if (preview.state === 'failed')
    return line(span(`▲ left out: ${preview.reason ?? 'it cannot be cleaned'}`, { color: 'yellow' }));
  const some = preview.more ? ' in its first part' : '';
  return line(span(`${counted(replaced(preview), 'value')} replaced${some}`, { dim: true }));
};

const ruleTable = (shown: BundleShown, width: number): readonly Line[] => {
  const rules = foundIn(shown);
  const room = Math.min(30, Math.max(14, width - 36));
  const head = `${exact('rule', room)}  ${'found'.padStart(6)} ${'different'.padStart(10)} ${'files'.padStart(6)}`;
  return [
    cutLine(line(span(head, { dim: true })), width),
    ...rules.map(({ rule: id, found, labels, files }) =>
      cutLine(
        line(
          exact(id, room),
          `  ${String(found).padStart(6)} ${String(labels.length).padStart(10)} ${String(files).padStart(6)}`,
        ),
        width,
      ),
    ),
    ...(rules.length === 0 ? [line(span('nothing was replaced so far', { dim: true }))] : []),
  ];
};

/** Lines before and after in one file, with the rule that did it, and the sums over all files that were looked at. */
export const previewLines = (
  shown: BundleShown,
  { scroll }: WizardState,
  view: WizardView,
  { columns }: Room,
): readonly Line[] => {
  const { path, files, height } = view;
  if (path === undefined) return [BLANK, line(' ', span('No file is chosen: nothing would go in.'))];
  const preview = previewOf(shown, path);
  const width = columns - 1;
  const out = shown.excluded.includes(path);
  const changes = preview?.changes.flatMap((change) => changeLines(change, width, true)) ?? [];
  const none =
    preview?.state === 'read' && changes.length === 0
      ? [line(span('No line of it is changed. v shows it.', { dim: true }))]
      : [];
  const at = files.indexOf(path) + 1;
  const foot = [rule(columns, 'files looked at'), ...ruleTable(shown, width).slice(0, 7), BLANK, warning(columns)];
  const body = [...changes, ...none].map((one): Line => ({ spans: [span(' '), ...one.spans] }));
  const room = Math.max(3, height - 3 - (height > 14 ? foot.length : 0));
  const rest = body.length - scroll - room;
  const seen = body.slice(scroll, scroll + room);
  const more = rest > 0 ? [...seen.slice(0, -1), line(span(` … ${rest + 1} more lines ↓`, { dim: true }))] : seen;
  return [
    edges(line(span(path, { bold: true })), line(span(`${at} of ${files.length} files`, { dim: true })), columns),
    cutLine(stateLine(preview, out), columns),
    rule(columns),
    ...more,
    ...(height > 14 ? foot : []),
  ];
};

const warning = (columns: number): Line =>
  cutLine(
    line(span('▲ Read it yourself before you send it. No scanner finds everything.', { color: 'yellow' })),
    columns,
  );

type WholeRow = { readonly number: number; readonly first: boolean; readonly text: string };
const wrappedBefore = new WeakMap<readonly string[], { readonly width: number; readonly rows: readonly WholeRow[] }>();

const digitsOf = (lines: readonly string[]): number => String(lines.length).length;

/** The rows of a file on a screen: what is longer than one goes on below, so that all of it can be read. Wrapped once for a width. */
export const wholeRows = (lines: readonly string[], columns: number): readonly WholeRow[] => {
  const width = Math.max(8, columns - digitsOf(lines) - 1);
  const known = wrappedBefore.get(lines);
  if (known?.width === width) return known.rows;
  const rows = lines.flatMap((line, at) =>
    (cells(line) <= width ? [line] : wrap(line, width, 'cut')).map((text, part) => ({
      number: at + 1,
      first: part === 0,
      text,
    })),
  );
  wrappedBefore.set(lines, { width, rows });
  return rows;
};

/** A file as it will be sent, line by line. */
export const wholeLines = (
  shown: BundleShown,
  { scroll }: WizardState,
  { path, height }: WizardView,
  { columns }: Room,
): readonly Line[] => {
  const preview = previewOf(shown, path);
  const lines = preview?.lines ?? [];
  const rows = wholeRows(lines, columns);
  const room = height - 2;
  const from = Math.min(scroll, Math.max(0, rows.length - room));
  const seen = rows.slice(from, from + room);
  const numbered = seen.map(({ number, first, text }) => {
    const label = first ? String(number) : '';
    return cutLine(line(span(`${label.padStart(digitsOf(lines))} `, { dim: true }), text), columns);
  });
  const end = preview?.more ? ', the rest is like it and longer than this page takes' : '';
  const place = `line ${seen[0]?.number ?? 0} to ${seen.at(-1)?.number ?? 0} of ${lines.length}${end}`;
  return [
    edges(line(span(path ?? '', { bold: true })), line(span('as it will be sent', { dim: true })), columns),
    cutLine(line(span(lines.length === 0 ? 'there is nothing in it' : place, { dim: true })), columns),
    ...numbered,
  ];
};

/** A rule of a person's own, typed. */
export const ruleLines = (shown: BundleShown, { input }: WizardState, { columns }: Room): readonly Line[] => {
  const width = Math.min(columns - 2, 100);
  const own = shown.own.map((text) => cutLine(line(span(`  ${cut(text, width - 2)}`, { dim: true })), width));
  return [
    BLANK,
    line(span('Take out something else', { bold: true })),
    BLANK,
    ...textLines(input, true, width),
    BLANK,
    ...told(
      'A word, such as the name of a customer, is taken out of every file. A pattern stands between slashes: /ACME-[0-9]{4}/',
      width,
    ),
    ...(own.length > 0 ? [BLANK, line('Your rules so far, by kind'), ...own] : []),
  ].map((one) => ({ spans: [span(' '), ...one.spans] }));
};
