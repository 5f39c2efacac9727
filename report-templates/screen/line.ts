import { cells, cut, taken, wrap } from '../wrap.ts';

/** One of the terminal's own 16 colours: the person's palette decides what it looks like. */
export type Style = {
  readonly color?: 'red' | 'green' | 'yellow' | 'magenta' | 'cyan';
  readonly bold?: boolean;
  readonly dim?: boolean;
};
export type Span = Style & { readonly text: string };

/** One line of a terminal, and what a screen reader says instead of it. */
export type Line = { readonly spans: readonly Span[]; readonly label?: string };

export const span = (text: string, style: Style = {}): Span => ({ text: text.replace(/[\n\t]/g, ' '), ...style });
export const line = (...parts: readonly (Span | string)[]): Line => ({
  spans: parts.map((part) => (typeof part === 'string' ? span(part) : part)),
});
export const BLANK: Line = { spans: [] };

/** The plain text of a line. */
export const plain = ({ spans }: Line): string => spans.map(({ text }) => text).join('');

const CODES = { red: 31, green: 32, yellow: 33, magenta: 35, cyan: 36 } as const;

/** A line as a terminal is given it: with its colours, or without any escape. */
export const drawn = (one: Line, colored: boolean): string => {
  if (!colored) return plain(one);
  return one.spans
    .map(({ text, color, bold, dim }) => {
      const codes = [bold ? 1 : [], dim ? 2 : [], color ? CODES[color] : []].flat();
      return codes.length > 0 && text !== '' ? `\u001b[${codes.join(';')}m${text}\u001b[0m` : text;
    })
    .join('');
};

export const width = (one: Line): number => cells(plain(one));

/** A text in lines of at most so many cells. Nothing on the screen may be wider than its room, so a longer link is cut as well. */
export const wrapped = (text: string, most: number): readonly string[] => wrap(text, most, 'cut');

/** A text in exactly so many cells. */
export const exact = (text: string, exactly: number): string => {
  const short = cut(text, exactly);
  return short + ' '.repeat(Math.max(0, exactly - cells(short)));
};

/** A line in at most so many cells. */
export const cutLine = (one: Line, most: number): Line => {
  if (width(one) <= most) return one;
  const spans: Span[] = [];
  let left = most;
  for (const part of one.spans) {
    const whole = cells(part.text);
    // The last cell is kept for the mark that something is missing.
    if (whole < left) {
      spans.push(part);
      left -= whole;
      continue;
    }
    if (left > 0) spans.push({ ...part, text: `${taken(part.text, left - 1).trimEnd()}…` });
    break;
  }
  return { ...one, spans };
};

/** A line in exactly so many cells. */
export const fitLine = (one: Line, exactly: number): Line => {
  const short = cutLine(one, exactly);
  const missing = exactly - width(short);
  return missing > 0 ? { ...short, spans: [...short.spans, { text: ' '.repeat(missing) }] } : short;
};

/** Left text and right text at the two ends of a line; the left one gives way. */
export const edges = (left: Line, right: Line, exactly: number): Line => {
  const room = exactly - width(right) - 2;
  if (room < 8) return cutLine(left, exactly);
  return { ...left, spans: [...fitLine(left, room).spans, { text: '  ' }, ...right.spans] };
};

/** A rule across the screen, with a title in it where there is one. */
export const rule = (exactly: number, title = ''): Line => {
  if (title === '') return line(span('─'.repeat(exactly), { dim: true }));
  const rest = Math.max(0, exactly - cells(title) - 4);
  return cutLine(line(span('── ', { dim: true }), title, span(` ${'─'.repeat(rest)}`, { dim: true })), exactly);
};
