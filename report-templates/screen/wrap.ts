import { cells, graphemes, taken } from './line.ts';

const words = new Intl.Segmenter('th', { granularity: 'word' });

const pieces = (word: string, most: number): string[] => {
  const found: string[] = [];
  for (let rest = word; rest !== ''; ) {
    const piece = taken(rest, most) || [...graphemes.segment(rest)][0]?.segment || rest;
    found.push(piece);
    rest = rest.slice(piece.length);
  }
  return found;
};

/** A text in lines of at most so many cells, broken between words (also Thai ones), with nothing left out. */
export const wrap = (text: string, most: number): readonly string[] => {
  const room = Math.max(1, most);
  return text
    .replaceAll('\t', ' ')
    .split('\n')
    .flatMap((paragraph) => {
      const lines: string[] = [];
      let current = '';
      for (const chunk of paragraph.split(/(?<= )/)) {
        const tight = cells(chunk.trimEnd()) > room ? [...words.segment(chunk)].map(({ segment }) => segment) : [chunk];
        for (const piece of tight.flatMap((one) => (cells(one) > room ? pieces(one, room) : [one]))) {
          if (current !== '' && cells(current + piece.trimEnd()) > room) {
            lines.push(current.trimEnd());
            current = piece.trimStart();
          } else current += piece;
        }
      }
      return [...lines, current.trimEnd()];
    });
};
