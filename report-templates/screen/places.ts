import { oneLine } from '../../src/printable.ts';
import { cells } from '../wrap.ts';
import { exact, type Line, line, type Style, span, wrapped } from './line.ts';
import type { Place } from './login-form.ts';

const INDENT = 2;

/** Signs and words of a place's state; a state that is not known here is told by its own name. */
const STATES: Readonly<Record<string, { readonly sign: string; readonly word: string; readonly style: Style }>> = {
  used: { sign: '✔', word: 'used', style: { color: 'green' } },
  'not-given': { sign: '–', word: 'not given', style: { dim: true } },
  'not-found': { sign: '–', word: 'not found', style: { dim: true } },
  'not-needed': { sign: '–', word: 'not looked at', style: { dim: true } },
  incomplete: { sign: '▲', word: 'incomplete', style: { color: 'yellow' } },
  unreadable: { sign: '▲', word: 'could not be read', style: { color: 'yellow' } },
};

/** Every place that was tried, with its state, in a table. */
export const placeLines = (places: readonly Place[], width: number): readonly Line[] => {
  const most = Math.max(12, Math.floor(width * 0.4));
  const column = Math.max(0, ...places.flatMap(({ place }) => wrapped(oneLine(place), most).map(cells)));
  return places.flatMap(({ place, state, detail }) => {
    const { sign, word, style } = STATES[state] ?? { sign: '·', word: state, style: {} };
    const told = detail ? oneLine(detail) : word;
    const quiet = style.dim ? style : {};
    const texts = wrapped(told, width - column - INDENT - 4);
    const name = wrapped(oneLine(place), most);
    return Array.from({ length: Math.max(texts.length, name.length) }, (_, row) =>
      line(
        '  ',
        span(row === 0 ? `${sign} ` : '  ', style),
        span(exact(name[row] ?? '', column), quiet),
        '  ',
        span(texts[row] ?? '', quiet),
      ),
    );
  });
};
