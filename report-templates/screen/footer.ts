import { cells } from '../wrap.ts';
import { BLANK, cutLine, edges, type Line, line, span } from './line.ts';
import { noticeLines, type Overlay, type ScreenState, type Shown, type View } from './state.ts';

type Hint = readonly [key: string, does: string];

const PINNED: readonly Hint[] = [
  ['q', 'quit'],
  ['?', 'help'],
];

const IN_OVERLAY: Readonly<Record<Overlay, readonly Hint[]>> = {
  stop: [
    ['s', 'keep'],
    ['d', 'discard'],
    ['esc', 'go on'],
  ],
  save: [
    ['enter', 'save'],
    ['ctrl-u', 'clear'],
    ['esc', 'back'],
  ],
  filter: [
    ['enter', 'keep'],
    ['esc', 'clear'],
  ],
  help: [['esc', 'close']],
  copied: [['esc', 'close']],
};

/** The keys that mean something on the page as it is; those that are useful most often come first. */
const hintsOf = (view: View, state: ScreenState): readonly Hint[] => {
  if (view.rows.length === 0) return [['esc', 'show all'] as const, ['/', 'filter'] as const];
  const again: readonly Hint[] = [
    ['r', 're-run'],
    ['R', 're-run failed'],
    ['s', 'save'],
  ];
  const meanwhile: readonly Hint[] = [['c', 'cancel check']];
  const page: readonly Hint[] = [
    ['esc', 'back'],
    ['↑↓', 'scroll'],
    ['n/p', 'problem'],
  ];
  const shown: readonly Hint[] = state.filter || state.problemsOnly ? [['esc', 'show all']] : [];
  const list: readonly Hint[] = [['↑↓', 'move'], ['⏎', 'details'], ...shown];
  if (state.focus === 'detail')
    return [...page, ...(view.running ? meanwhile : [['y', 'copy remedy'] as const, ...again])];
  return [...list, ...(view.running ? meanwhile : again), ['f', 'problems'], ['/', 'filter']];
};

const hintText = ([key, does]: Hint): string => `${key} ${does}`;

const hintLine = (hints: readonly Hint[], pinned: readonly Hint[], columns: number): Line => {
  let room = columns - cells(pinned.map(hintText).join('  '));
  const fitting = hints.filter((hint) => {
    room -= cells(hintText(hint)) + 2;
    return room >= 0;
  });
  const spans = [...fitting, ...pinned].flatMap(([key, does], at) => [
    span(at > 0 ? '  ' : ''),
    span(key, { color: 'cyan' }),
    span(` ${does}`),
  ]);
  return cutLine({ spans }, columns);
};

const filterLine = (filter: string, columns: number): Line =>
  edges(line(span('/', { color: 'cyan' }), `${filter}▁`), line(span('enter keep  esc clear', { dim: true })), columns);

/** The last lines: key hints, with quit and help at any width; what came of the last key; or the filter as it is typed. */
export const footer = (view: View, state: ScreenState, shown: Shown): readonly Line[] => {
  const { columns, ascii } = shown;
  const notice = noticeLines(state.hint ?? shown.notice ?? '', columns);
  if (state.overlay === 'filter') return [filterLine(state.filter, columns)];
  if (state.overlay) return [hintLine(IN_OVERLAY[state.overlay], [], columns)];
  if (notice.length === 0) {
    const hints = hintsOf(view, state).map(([key, does]): Hint => [ascii && key === '⏎' ? 'enter' : key, does]);
    return [hintLine(hints, PINNED, columns)];
  }
  const pinned = line(span('q quit  ? help', { dim: true }));
  return notice.map((text, at) =>
    edges(line(span(text, { color: 'cyan' })), at === notice.length - 1 ? pinned : BLANK, columns),
  );
};
