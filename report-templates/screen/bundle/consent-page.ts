import { gigabytes } from '../../../src/units.ts';
import { cells, cut } from '../../wrap.ts';
import { BLANK, cutLine, exact, fitLine, type Line, line, rule, type Span, span } from '../line.ts';
import { told } from '../login-fields.ts';
import { besideLines } from './beside-page.ts';
import type { BundleShown, ConsentShown, Room } from './shown.ts';
import type { WizardState, WizardView } from './state.ts';

const SIZE = 8;
/** What is in no bundle, said where people look for it. */
const NEVER = [
  ['Database content', 'never collected'],
  ['Messages, core dumps', 'names and sizes at most'],
] as const;

const listWidth = (view: WizardView, columns: number): number =>
  view.layout === 'wide' ? Math.floor(columns * 0.6) : columns;

type Widths = { readonly title: number; readonly contains: number; readonly redacted: number };

const widthsOf = (rows: readonly ConsentShown[], view: WizardView, columns: number): Widths => {
  const room = listWidth(view, columns) - 6;
  const longest = Math.max(0, ...rows.map(({ title }) => cells(title)), cells(NEVER[1][0]));
  if (view.layout === 'narrow') return { title: Math.max(8, room - SIZE - 1), contains: 0, redacted: 0 };
  const redacted = Math.min(22, Math.max(12, ...rows.map((row) => cells(row.redacted))));
  const title = Math.min(longest, 27);
  return { title, redacted, contains: Math.max(0, room - title - redacted - SIZE - 5) };
};

const boxOf = (on: boolean): Span => (on ? span('[x] ', { color: 'cyan' }) : span('[ ] ', { dim: true }));

const sizeWords = (raw: number | null): string => (raw === null ? '?' : gigabytes(raw));

const rowLine = (row: ConsentShown, widths: Widths, shown: BundleShown, selected: boolean): Line => {
  const on = shown.chosen.includes(row.part);
  const out = row.files.filter((file) => shown.excluded.includes(file)).length;
  const quiet = on ? {} : { dim: true };
  const pointer = selected ? span('❯ ', { color: 'cyan', bold: true }) : span('  ');
  const contains = out > 0 && on ? `${out} of ${row.files.length} left out; ${row.contains}` : row.contains;
  return {
    label: `${on ? 'Goes in' : 'Left out'}. ${row.title}. ${row.contains}. ${sizeWords(row.raw)}. Taken out: ${row.redacted}.`,
    spans: [
      pointer,
      boxOf(on),
      span(exact(row.title, widths.title), selected ? { bold: true } : quiet),
      ...(widths.contains > 3 ? [span('  '), span(exact(contains, widths.contains), { dim: true })] : []),
      span(' '),
      span(sizeWords(row.raw).padStart(SIZE), quiet),
      ...(widths.redacted > 0 ? [span('  '), span(cut(row.redacted, widths.redacted), quiet)] : []),
    ],
  };
};

const neverLine = ([title, why]: (typeof NEVER)[number], widths: Widths): Line => {
  const rest = widths.contains + SIZE + widths.redacted + 3;
  return line(
    span('   –  '),
    span(exact(title, widths.title), { dim: true }),
    ...(widths.redacted > 0 ? [span(`  ${cut(why, rest)}`, { dim: true })] : []),
  );
};

/** The size of the bundle against the limit of one file, as a bar. */
const sizeLine = ({ packed, maxSize, chosen }: BundleShown, columns: number): Line => {
  if (chosen.length === 0) return line(span('Nothing is chosen: space takes a part in.', { color: 'yellow' }));
  if (packed === null) return line(span(`size not known yet, at most ${gigabytes(maxSize)} a file`, { dim: true }));
  const files = Math.max(1, Math.ceil(packed / maxSize));
  const split = files > 1 ? `, so in ${files} files` : '';
  const words = `about ${gigabytes(packed)} of ${gigabytes(maxSize)}${split}`;
  if (columns < 60) return cutLine(line(words), columns);
  const width = 28;
  const filled = Math.min(width, Math.max(1, Math.round((packed / maxSize) * width)));
  return cutLine(
    line(
      span('size   ', { dim: true }),
      span('█'.repeat(filled), { color: files > 1 ? 'yellow' : 'cyan' }),
      span('░'.repeat(width - filled), { dim: true }),
      `  ${words} packed`,
    ),
    columns,
  );
};

const visible = (lines: readonly Line[], at: number, height: number): readonly Line[] => {
  const top = Math.max(0, Math.min(at - Math.floor(height / 2), lines.length - height));
  return lines.slice(top, top + height);
};

/** Step 2: every part with its size and what is taken out of it; on a wide terminal the preview beside it. */
export const consentLines = (shown: BundleShown, state: WizardState, view: WizardView, room: Room): readonly Line[] => {
  const { columns } = room;
  const [wide, narrow] = [view.layout === 'wide', view.layout === 'narrow'];
  const promise = narrow
    ? 'Nothing leaves this server by itself.'
    : 'Nothing leaves this server. You attach the file to the ticket yourself.';
  const widths = widthsOf(shown.rows, view, columns);
  const at = Math.min(state.row, shown.rows.length - 1);
  const rows = shown.rows.map((row, index) => rowLine(row, widths, shown, index === at));
  const list = [...rows, ...NEVER.map((never) => neverLine(never, widths))];
  const height = view.height - (narrow ? 3 : 5);
  const short = visible(list, at, height);
  const body = wide ? beside(short, shown, view, room, height) : short;
  const padding = Array.from({ length: Math.max(0, wide ? height - body.length : 0) }, () => BLANK);
  return [
    line(span(promise)),
    ...(narrow ? [] : [rule(columns)]),
    ...body,
    ...padding,
    ...(narrow ? [BLANK] : [rule(columns)]),
    sizeLine(shown, columns),
  ];
};

const beside = (list: readonly Line[], shown: BundleShown, view: WizardView, room: Room, height: number) => {
  const left = listWidth(view, room.columns);
  const right = besideLines(shown, view, room.columns - left - 3);
  const bar = span(' │ ', { dim: true });
  return Array.from({ length: height }, (_, at): Line => {
    const one = list[at] ?? BLANK;
    return { ...one, spans: [...fitLine(one, left).spans, bar, ...(right[at] ?? BLANK).spans] };
  });
};

export const planningLines = ({ progress }: BundleShown, { columns }: Room): readonly Line[] => [
  BLANK,
  line(' ', span('Looking what there is, and how large it is.', { bold: true })),
  ...told(progress?.file ?? 'Nothing is written yet.', columns - 2, { dim: true }).map((one) => ({
    spans: [span(' '), ...one.spans],
  })),
];
