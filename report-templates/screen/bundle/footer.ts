import { cells } from '../../wrap.ts';
import { noticeLines } from '../layout.ts';
import { cutLine, edges, type Line, line, span } from '../line.ts';
import type { BundleShown, Room } from './shown.ts';
import { pageOf, type WizardState } from './state.ts';

type Hint = readonly [key: string, does: string];

const HELP: Hint = ['?', 'help'];
const QUIT: Hint = ['q', 'quit'];
const BACK: Hint = ['esc', 'back'];

/** The keys of a page, the most useful first, and those that are there at any width. */
const HINTS: Readonly<
  Record<ReturnType<typeof pageOf>, { readonly keys: readonly Hint[]; readonly pinned: readonly Hint[] }>
> = {
  scope: {
    keys: [
      ['⏎', 'next'],
      ['tab', 'next field'],
      ['space', 'change'],
    ],
    pinned: [['esc', 'quit']],
  },
  planning: { keys: [], pinned: [QUIT] },
  consent: {
    keys: [['space', 'toggle'], ['⏎', 'write'], ['p', 'preview'], ['t', 'time range'], BACK],
    pinned: [QUIT, HELP],
  },
  preview: {
    keys: [['←→', 'file'], ['v', 'whole'], ['x', 'exclude'], ['a', 'add rule'], ['⏎', 'write'], BACK],
    pinned: [QUIT, HELP],
  },
  whole: {
    keys: [
      ['↑↓', 'scroll'],
      ['←→', 'file'],
    ],
    pinned: [BACK],
  },
  rule: {
    keys: [
      ['⏎', 'add'],
      ['ctrl-u', 'clear'],
    ],
    pinned: [BACK],
  },
  writing: { keys: [['c', 'cancel']], pinned: [] },
  done: {
    keys: [
      ['y', 'copy ticket text'],
      ['l', 'list files'],
      ['d', 'delete bundle'],
    ],
    pinned: [QUIT, HELP],
  },
  failed: { keys: [['r', 'back to the choices']], pinned: [QUIT] },
};

const IN_OVERLAY: Readonly<Record<string, readonly Hint[]>> = {
  delete: [
    ['d', 'delete'],
    ['esc', 'keep'],
  ],
  list: [
    ['↑↓', 'scroll'],
    ['esc', 'close'],
  ],
};

const textOf = ([key, does]: Hint): string => `${key} ${does}`;

const hintLine = (hints: readonly Hint[], pinned: readonly Hint[], columns: number): Line => {
  let room = columns - cells(pinned.map(textOf).join('  '));
  const fitting = hints.filter((hint) => {
    room -= cells(textOf(hint)) + 2;
    return room >= 0;
  });
  const spans = [...fitting, ...pinned].flatMap(([key, does], at) => [
    span(at > 0 ? '  ' : ''),
    span(key, { color: 'cyan' }),
    span(` ${does}`),
  ]);
  return cutLine({ spans }, columns);
};

/** The lines of a long notice before its last one, which stands where the keys are. */
export const noticeAbove = ({ notice }: BundleShown, columns: number): readonly Line[] =>
  noticeLines(notice ?? '', columns)
    .slice(0, -1)
    .map((text) => line(span(text, { color: 'cyan' })));

/** The last line: what came of the last key, or the keys of the page. */
export const wizardFooter = (shown: BundleShown, state: WizardState, { columns, ascii }: Room): Line => {
  const notice = noticeLines(shown.notice ?? '', columns).at(-1);
  const page = pageOf(shown, state);
  const named = (hints: readonly Hint[]) =>
    hints.map(([key, does]): Hint => [ascii && key === '⏎' ? 'enter' : key, does]);
  if (notice !== undefined)
    return edges(
      line(span(notice, { color: 'cyan' })),
      line(span(textOf(HINTS[page].pinned[0] ?? BACK), { dim: true })),
      columns,
    );
  if (state.overlay) return hintLine(named(IN_OVERLAY[state.overlay] ?? [['esc', 'close']]), [], columns);
  const gone = page === 'done' && shown.deleted;
  return hintLine(gone ? [] : named(HINTS[page].keys), HINTS[page].pinned, columns);
};
