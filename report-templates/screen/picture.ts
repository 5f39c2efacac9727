import type { Result } from '../../src/model.ts';
import { milliseconds } from '../../src/units.ts';
import { cells } from '../wrap.ts';
import { bandLines, shareLines } from './bands.ts';
import { type Bucket, type Latency, latencyOf } from './latency.ts';
import { type Line, line, rule, span, wrapped } from './line.ts';

/** Where a share lies: below the limit, above it, or with the limit inside of it. */
type Side = 'below' | 'across' | 'over';
type Shares = { readonly label: string; readonly count: number; readonly side: Side };

const sideOf = (from: number, le: number | null, limit: number | null): Side => {
  if (limit === null) return 'below';
  if (from >= limit) return 'over';
  return le === null || le > limit ? 'across' : 'below';
};

/** At most so many shares, neighbours put together; one never reaches over the limit. */
const sharesOf = ({ histogram, limit }: Latency, most: number, ascii: boolean): readonly Shares[] => {
  const first = histogram.findIndex(({ count }) => count > 0);
  const used = histogram.slice(Math.max(0, first), histogram.findLastIndex(({ count }) => count > 0) + 1);
  const together = Math.max(1, Math.ceil(used.length / most));
  const shares: (Bucket & { readonly side: Side; readonly of: number })[] = [];
  let from = first > 0 ? (histogram[first - 1]?.le ?? 0) : 0;
  for (const { le, count } of used) {
    const side = sideOf(from, le, limit);
    const last = shares.at(-1);
    const joins = last && last.of < together && last.side === side && !(limit !== null && last.le === limit);
    if (last && joins) shares[shares.length - 1] = { le, side, count: last.count + count, of: last.of + 1 };
    else shares.push({ le, side, count, of: 1 });
    from = le ?? from;
  }
  return shares.map(({ le, count, side }) => ({
    label: le === null ? 'above' : `${ascii ? '<=' : '≤'} ${milliseconds(le)}`,
    count,
    side,
  }));
};

const percent = (share: number): string => {
  if (share === 0) return '0%';
  return share < 0.001 ? '<0.1%' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`;
};

const histogramLines = (latency: Latency, width: number, ascii: boolean): readonly Line[] => {
  const shares = sharesOf(latency, 10, ascii);
  const total = shares.reduce((sum, { count }) => sum + count, 0);
  const highest = Math.max(1, ...shares.map(({ count }) => count));
  const labels = Math.max(...shares.map(({ label }) => cells(label)));
  const remarks =
    width >= 60
      ? { below: '', across: '  limit in here', over: '  over the limit' }
      : { below: '', across: '  limit', over: '  over' };
  const room = Math.max(4, width - labels - 2 - 7 - Math.max(...shares.map(({ side }) => cells(remarks[side]))));
  return shares.map(({ label, count, side }) => {
    const over = side === 'over';
    const filled = count === 0 ? 0 : Math.max(1, Math.round((count / highest) * room));
    const bar = (over ? '▓' : '█').repeat(filled).padEnd(room);
    const style = { color: over ? latency.above : 'cyan' } as const;
    const right = span(remarks[side], over ? { color: latency.above } : { dim: true });
    return line(
      label.padStart(labels),
      span(' ┤', { dim: true }),
      span(bar, style),
      percent(count / total).padStart(7),
      right,
    );
  });
};

const BLOCKS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const STRIP_ROWS = 3;

/** The worst of each slice of time on a log scale; slices that reach above the limit in another colour, and counted below. */
const stripLines = ({ strip, seconds, limit, above }: Latency, width: number): readonly Line[] => {
  const label = 8;
  const columns = Math.min(strip.length, Math.max(1, width - label - 2));
  const worst = Array.from({ length: columns }, (_, column) =>
    Math.max(
      ...strip.slice(Math.floor((column * strip.length) / columns), Math.ceil(((column + 1) * strip.length) / columns)),
    ),
  );
  const low = Math.max(0.001, Math.min(...worst)) / 1.5;
  const high = Math.max(low * 4, ...worst);
  const levelOf = (value: number) =>
    Math.max(1, Math.round((Math.log(Math.max(value, low) / low) / Math.log(high / low)) * STRIP_ROWS * 8));
  const rows = Array.from({ length: STRIP_ROWS }, (_, down) => {
    const base = (STRIP_ROWS - 1 - down) * 8;
    const top = low * (high / low) ** ((base + 8) / (STRIP_ROWS * 8));
    const parts = worst.map((value) => {
      const block = BLOCKS[Math.min(8, Math.max(0, levelOf(value) - base))] ?? ' ';
      return span(block, { color: limit !== null && value > limit ? above : 'cyan' });
    });
    return line(milliseconds(top).padStart(label), span(' ┤', { dim: true }), ...parts);
  });
  const slice = seconds === null ? '' : `, one column is ${milliseconds((seconds * 1000) / columns)}`;
  const over = limit === null ? 0 : worst.filter((value) => value > limit).length;
  const note = over > 0 ? `; ${over} of ${columns} reach above the limit` : '';
  const words = wrapped(`the worst sample in each column${slice}${note}`, width - label - 3);
  const foot = words.map((text, at) =>
    line(span(`${' '.repeat(label + 1)}${at === 0 ? '└' : ' '} ${text}`, { dim: true })),
  );
  return [...rows, ...foot];
};

/** Cells that a figure such as "0.81 ms" takes, with a gap. */
const LEAST_COLUMN = 8;

const PERCENTILES = ['p50', 'p90', 'p95', 'p99', 'max'] as const;

const percentileLines = ({ figures, rounds }: Latency, stat: string, width: number): readonly Line[] => {
  const shown = PERCENTILES.flatMap((name) => {
    const value = figures[name];
    return typeof value === 'number' ? [{ name, text: milliseconds(value) }] : [];
  });
  const samples = figures['samples'];
  const all = [...shown, ...(typeof samples === 'number' ? [{ name: 'samples', text: String(samples) }] : [])];
  const column = Math.min(12, Math.max(LEAST_COLUMN, Math.floor(width / Math.max(1, all.length))));
  const inRow = Math.max(1, Math.floor(width / column));
  const told = rounds.flatMap((round) => (typeof round[stat] === 'number' ? [milliseconds(round[stat])] : []));
  const styleOf = (name: string) => (name === stat ? { bold: true } : {});
  return [
    ...Array.from({ length: Math.ceil(all.length / inRow) }, (_, row) =>
      all.slice(row * inRow, (row + 1) * inRow),
    ).flatMap((part) => [
      line(...part.map(({ name }) => span(name.padStart(column), { dim: true, ...styleOf(name) }))),
      line(...part.map(({ name, text }) => span(text.padStart(column), styleOf(name)))),
    ]),
    ...(told.length > 1 ? wrapped(`${stat} of each round: ${told.join(', ')}`, width).map((text) => line(text)) : []),
  ];
};

/** Percentiles, distribution and course over time of a latency check, as a picture so many cells wide. */
export const pictureOf = (result: Result, width: number, ascii: boolean): readonly Line[] => {
  const latency = latencyOf(result);
  if (!latency) return [];
  const part = (title: string, lines: readonly Line[]) => (lines.length > 0 ? [rule(width, title), ...lines] : []);
  return [
    ...part(
      'distribution, share of samples',
      latency.histogram.length > 0 ? histogramLines(latency, width, ascii) : [],
    ),
    ...part('where the time goes, at the median', shareLines(latency, width)),
    ...part('percentiles of all samples', percentileLines(latency, result.measured?.stat ?? 'p99', width)),
    ...part(`${latency.judged?.stat ?? 'figure'} and its spread`, bandLines(latency, width)),
    ...part('over time, log scale', latency.strip.length > 0 ? stripLines(latency, width) : []),
  ];
};
