import { cells } from '../wrap.ts';
import { noticeLines } from './layout.ts';
import { BLANK, cutLine, edges, type Line, line, span } from './line.ts';
import type { LoginForm } from './login-form.ts';
import { isChoice } from './login-keys.ts';
import { takesFile, wordsOf } from './login-parts.ts';
import { missingIn } from './login-rows.ts';
import type { Overlay, ScreenState, Shown, View } from './state.ts';

type Hint = readonly [key: string, does: string];

const PINNED: readonly Hint[] = [
  ['q', 'quit'],
  ['?', 'help'],
];

const IN_OVERLAY: Readonly<Record<Exclude<Overlay, 'login'>, readonly Hint[]>> = {
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

/** The keys of the login page in words that get shorter; only the least width leaves one out. */
const inLogin = (form: LoginForm, wanted: boolean): readonly (readonly Hint[])[] => {
  if (form.file !== null)
    return [
      [
        ['enter', 'read it'],
        ['ctrl-u', 'clear'],
        ['esc', 'back'],
      ],
    ];
  const choice = isChoice(form);
  const { checks } = wordsOf(form.part);
  const keys = (control: string, file: string, skip: string): readonly Hint[] => [
    ...(takesFile(form) ? [[choice ? 'f' : `${control}f`, file] as const] : []),
    ...(wanted ? [[choice ? 'x' : `${control}x`, skip] as const] : []),
    ['esc', wanted ? 'later' : 'back'],
  ];
  const change: readonly Hint[] = choice ? [['space', 'change']] : [];
  return [
    [['tab', 'next field'], ...change, ['⏎', 'connect'], ...keys('ctrl-', 'choose a file', `skip ${checks}`)],
    [['tab', 'next field'], ...change, ['⏎', 'connect'], ...keys('ctrl-', 'choose a file', 'skip checks')],
    [['tab', 'next'], ...change, ['⏎', 'connect'], ...keys('ctrl-', 'choose a file', 'skip checks')],
    [['tab', 'next'], ['⏎', 'connect'], ...keys('^', 'file', 'skip')],
    [['⏎', 'connect'], ...keys('^', 'file', 'skip')],
    [['⏎', 'go'], ...keys('^', 'file', 'skip')],
  ];
};

/** The keys that mean something on the page as it is; those that are useful most often come first. */
const hintsOf = (view: View, state: ScreenState, shown: Shown): readonly Hint[] => {
  if (view.rows.length === 0) return [['esc', 'show all'] as const, ['/', 'filter'] as const];
  const again: readonly Hint[] = [
    ['r', 're-run'],
    ['R', 're-run failed'],
    ['s', 'save'],
  ];
  const meanwhile: readonly Hint[] = [['c', 'cancel check']];
  const login: readonly Hint[] = missingIn(shown).length > 0 ? [['d', 'login']] : [];
  const page: readonly Hint[] = [
    ['esc', 'back'],
    ['↑↓', 'scroll'],
    ['n/p', 'problem'],
  ];
  const all: readonly Hint[] = state.filter || state.problemsOnly ? [['esc', 'show all']] : [];
  const list: readonly Hint[] = [['↑↓', 'move'], ['⏎', 'details'], ...all, ...login];
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
  const named = (hints: readonly Hint[]) =>
    hints.map(([key, does]): Hint => [ascii && key === '⏎' ? 'enter' : key, does]);
  const form = state.overlay === 'login' ? state.forms[state.part] : null;
  if (form) {
    const variants = inLogin(form, shown.logins[form.part]?.wanted ?? false).map(named);
    const fitting = variants.find((hints) => cells(hints.map(hintText).join('  ')) + 2 <= columns);
    return [hintLine(fitting ?? variants.at(-1) ?? [], [], columns)];
  }
  if (state.overlay && state.overlay !== 'login') return [hintLine(IN_OVERLAY[state.overlay], [], columns)];
  if (notice.length === 0) {
    return [hintLine(named(hintsOf(view, state, shown)), PINNED, columns)];
  }
  const pinned = line(span('q quit  ? help', { dim: true }));
  return notice.map((text, at) =>
    edges(line(span(text, { color: 'cyan' })), at === notice.length - 1 ? pinned : BLANK, columns),
  );
};
