import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Terminal cells that text takes, its colour escapes not counted. */
export const cells = (text: string): number =>
  /^[ -~]*$/.test(text) ? text.length : stringWidth(stripVTControlCharacters(text));

/** A link is never cut: a terminal that wraps it itself still lets it be opened and copied whole. */
const isLink = (word: string): boolean => /^https?:\/\//.test(word);

/** Pieces put together into lines of at most `width` cells, with a joint between two on one line. */
const packed = (pieces: Iterable<string>, width: number, joint: '' | ' '): readonly string[] => {
  const lines: string[] = [];
  let line: string | undefined;
  let taken = 0;
  for (const piece of pieces) {
    const more = cells(piece);
    if (line !== undefined && taken + joint.length + more <= width) {
      line += joint + piece;
      taken += joint.length + more;
    } else {
      if (line !== undefined) lines.push(line);
      line = piece;
      taken = more;
    }
  }
  return [...lines, line ?? ''];
};

/** A word in parts of at most `width` cells, cut between graphemes. */
const cut = (word: string, width: number): readonly string[] =>
  isLink(word) || cells(word) <= width
    ? [word]
    : packed(
        [...graphemes.segment(word)].map(({ segment }) => segment),
        width,
        '',
      );

/** Text in lines of at most `width` cells, broken at blanks where that is possible. */
const wrap = (text: string, width: number): readonly string[] =>
  packed(
    text.split(' ').flatMap((word) => cut(word, Math.max(2, width))),
    width,
    ' ',
  );

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
