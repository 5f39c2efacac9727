import { cells, cut } from '../wrap.ts';
import { limitText } from './detail.ts';
import { cutLine, exact, type Line, line, span } from './line.ts';
import type { Heading, Item } from './rows.ts';
import { signOf } from './signs.ts';
import type { Shown, View } from './state.ts';

type Widths = { readonly title: number; readonly measured: number; readonly required: number };

const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map(cells));

/** Room for a bar with its percentage, and for most figures. */
const LEAST_MEASURED = 18;

/** Widths of the three columns. They follow from what does not change while a run goes on, so that nothing jumps. */
const widthsOf = ({ items, layout, listWidth }: View, ascii: boolean): Widths => {
  const room = listWidth - 4;
  const titles = longest(items.map(({ title }) => title));
  if (layout === 'narrow') {
    const title = Math.min(titles, Math.floor(room * 0.58));
    return { title, measured: room - title - 1, required: 0 };
  }
  const share = layout === 'wide' ? 0.26 : 0.28;
  const required = Math.min(longest(items.map((item) => limitText(item.required, ascii))), Math.floor(room * share));
  const title = Math.min(titles, Math.max(room - required - 4 - LEAST_MEASURED, Math.floor(room * 0.4)));
  return { title, measured: room - required - title - 4, required };
};

const shareOf = (progress: number, room: number): string => {
  const bar = Math.min(9, room - 5);
  const percent = `${Math.round(progress * 100)}%`;
  if (bar < 4) return percent;
  const filled = Math.round(progress * bar);
  return `${'█'.repeat(filled)}${'░'.repeat(bar - filled)} ${percent}`;
};

const measuredText = ({ of, measured }: Item, room: number): string =>
  'progress' in of && of.progress !== undefined ? shareOf(of.progress, room) : measured;

const itemLine = (item: Item, widths: Widths, shown: Shown, selected: boolean, active: boolean): Line => {
  const { sign, style, spoken } = signOf(item.state, shown.tick);
  const quiet = item.state === 'skip' || item.state === 'waiting' ? { dim: true } : {};
  const figure = item.state === 'running' ? ({ color: 'cyan' } as const) : quiet;
  const limit = limitText(item.required, shown.ascii);
  const pointer = selected ? span('❯ ', { color: 'cyan', bold: true }) : span('  ');
  return {
    label: `${spoken}. ${item.title}. Measured ${item.measured || 'nothing yet'}.${item.required ? ` Required ${item.required}.` : ''}`,
    spans: [
      pointer,
      span(`${sign} `, style),
      span(exact(item.title, widths.title), selected && active ? { bold: true } : quiet),
      span(widths.required > 0 ? '  ' : ' '),
      span(
        widths.required > 0
          ? exact(measuredText(item, widths.measured), widths.measured)
          : cut(measuredText(item, widths.measured), widths.measured),
        figure,
      ),
      ...(widths.required > 0 ? [span('  '), span(cut(limit, widths.required), { dim: true })] : []),
    ],
  };
};

const headingLine = ({ title, note }: Heading, most: number): Line =>
  cutLine(line(span(title, { bold: true }), span(`  ${note}`, { dim: true })), most);

/** The visible part of the list. */
export const listLines = (view: View, shown: Shown, active: boolean): readonly Line[] => {
  const widths = widthsOf(view, shown.ascii);
  return view.rows
    .slice(view.top, view.top + view.height)
    .map((row) =>
      row.kind === 'heading'
        ? headingLine(row, view.listWidth)
        : cutLine(itemLine(row, widths, shown, row.id === view.current?.id, active), view.listWidth),
    );
};
