import stringWidth from 'string-width';

// How text is measured, cut and wrapped, on the screen and in plain text alike.

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const words = new Intl.Segmenter('th', { granularity: 'word' });

/** Terminal cells that text takes, its colour escapes not counted. */
export const cells = (text: string): number => (/^[ -~]*$/.test(text) ? text.length : stringWidth(text));

/** As much of a text as fits into so many cells, cut between graphemes. */
export const taken = (text: string, most: number): string => {
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += cells(segment);
    if (used > most) break;
    kept += segment;
  }
  return kept;
};

/** A text in at most so many cells; what is cut ends in `…`. */
export const cut = (text: string, most: number): string => {
  if (cells(text) <= most) return text;
  return most <= 0 ? '' : `${taken(text, most - 1).trimEnd()}…`;
};

/** What becomes of a link that is wider than the room: a terminal that wraps it itself lets it be opened and copied whole. */
type Links = 'whole' | 'cut';

const isLink = (word: string): boolean => /^https?:\/\//.test(word);

/** A word in parts of at most so many cells, each of one grapheme at least. */
const sliced = (word: string, room: number): readonly string[] => {
  const parts: string[] = [];
  for (let rest = word; rest !== ''; rest = rest.slice(parts.at(-1)?.length)) {
    const [first] = graphemes.segment(rest);
    parts.push(taken(rest, room) || (first?.segment ?? rest));
  }
  return parts;
};

/** A word in the parts that may stand on lines of their own: words of a script without blanks, and what ends in a divider. */
const parted = (word: string): readonly string[] => {
  const parts: string[] = [];
  let mayBreak = true;
  let afterWord = false;
  for (const { segment, isWordLike = false } of words.segment(word)) {
    if (mayBreak || (afterWord && isWordLike)) parts.push(segment);
    else parts.push((parts.pop() ?? '') + segment);
    mayBreak = /[,;/&=-]$/.test(segment);
    afterWord = isWordLike;
  }
  return parts;
};

/** A word and the blank behind it; in parts where it is wider than the room. */
const broken = (chunk: string, room: number, links: Links): readonly string[] => {
  const word = chunk.trimEnd();
  if (cells(word) <= room || (links === 'whole' && isLink(word))) return [chunk];
  const parts = parted(word).flatMap((part) => (cells(part) <= room ? [part] : sliced(part, room)));
  return [...parts.slice(0, -1), (parts.at(-1) ?? '') + chunk.slice(word.length)];
};

const paragraph = (text: string, room: number, links: Links): readonly string[] => {
  const lines: string[] = [];
  let current = '';
  let used = 0;
  for (const piece of text.split(/(?<= )/).flatMap((chunk) => broken(chunk, room, links))) {
    if (current !== '' && used + cells(piece.trimEnd()) > room) {
      lines.push(current.trimEnd());
      current = piece.trimStart();
      used = cells(current);
    } else {
      current += piece;
      used += cells(piece);
    }
  }
  return [...lines, current.trimEnd()];
};

/** A text in lines of at most so many cells, broken between words (also Thai ones) where that is possible; nothing is left out. */
export const wrap = (text: string, most: number, links: Links = 'whole'): readonly string[] =>
  text
    .replaceAll('\t', ' ')
    .split('\n')
    .flatMap((line) => paragraph(line, Math.max(1, most), links));

/** Wraps text after a first prefix; the lines that follow hang under the text, or by 2 cells where room is short. */
export const hanging = (prefix: string, text: string, width: number, colour = (line: string) => line): string => {
  const indent = cells(prefix);
  if (width - indent >= Math.min(24, width - 2))
    return wrap(text, width - indent)
      .map((line, at) => (at === 0 ? prefix : ' '.repeat(indent)) + colour(line))
      .join('\n');
  const rest = wrap(text, width - 2).map((line) => `  ${colour(line)}`);
  return [...wrap(prefix.trim(), width), ...rest].join('\n');
};
