import { cut } from '../wrap.ts';
import { inAscii } from './ascii.ts';
import { detailTitle } from './detail.ts';
import { footer } from './footer.ts';
import { firstLine, secondLine, tinyLines } from './header.ts';
import { BLANK, cutLine, edges, fitLine, type Line, line, rule, span } from './line.ts';
import { listLines } from './list.ts';
import { loginLines, loginTitle } from './login-page.ts';
import { wantedIn } from './login-parts.ts';
import { missingIn, waitingIn } from './login-rows.ts';
import { copiedLines, emptyLines, helpLines, saveLines, stopLines } from './pages.ts';
import type { ScreenState, Shown, View } from './state.ts';
import { viewOf } from './state.ts';

/** A page so many lines high, with a mark at its foot when there is more below. */
const windowed = (
  lines: readonly Line[],
  from: number,
  height: number,
  columns: number,
  key = ' ↓',
): readonly Line[] => {
  const visible = lines.slice(from, from + height);
  const below = lines.length - from - height;
  if (below <= 0) return visible;
  return [...visible.slice(0, -1), cutLine(line(span(`… ${below + 1} more lines${key}`, { dim: true })), columns)];
};

const filled = (lines: readonly Line[], height: number): readonly Line[] => [
  ...lines.slice(0, height),
  ...Array.from({ length: Math.max(0, height - lines.length) }, () => BLANK),
];

const place = (view: View): string => {
  const at = view.problems.findIndex(({ id }) => id === view.current?.id);
  return at < 0 ? '' : `problem ${at + 1} of ${view.problems.length}`;
};

const beside = (view: View, shown: Shown, state: ScreenState): readonly Line[] => {
  const left = listLines(view, shown, state.focus === 'list');
  const { current, detail, scroll, height, listWidth, detailWidth } = view;
  const head = current
    ? edges(detailTitle(current, shown.tick), line(span(place(view), { dim: true })), detailWidth)
    : BLANK;
  const right = current ? [head, ...windowed(detail, scroll, height - 1, detailWidth)] : [];
  const bar = span(' │ ', state.focus === 'detail' ? { color: 'cyan' } : { dim: true });
  return Array.from({ length: height }, (_, at) => {
    const list = left[at] ?? BLANK;
    return { ...list, spans: [...fitLine(list, listWidth).spans, bar, ...(right[at] ?? BLANK).spans] };
  });
};

const overlaid = (state: ScreenState, shown: Shown): readonly Line[] | null => {
  if (state.overlay === 'help') return helpLines(shown);
  if (state.overlay === 'stop') return stopLines(shown);
  if (state.overlay === 'save') return saveLines(shown, state);
  return state.overlay === 'copied' ? copiedLines(shown, state) : null;
};

/** The login page, scrolled so far that the field in which is typed is seen. */
const loginBody = (view: View, shown: Shown, state: ScreenState): readonly Line[] => {
  const { lines, at } = loginLines(shown, state, view.height);
  const most = Math.max(0, lines.length - view.height);
  // Two lines more: what is wrong with the field, and the mark that there is more below.
  const least = Math.max(0, at + 3 - view.height);
  return windowed(lines, Math.min(Math.max(state.scroll, least), most), view.height, shown.columns, ', PgDn');
};

const body = (view: View, shown: Shown, state: ScreenState): readonly Line[] => {
  if (state.overlay === 'login') return loginBody(view, shown, state);
  const over = overlaid(state, shown);
  if (over)
    return windowed(over, Math.min(state.scroll, Math.max(0, over.length - view.height)), view.height, shown.columns);
  if (view.rows.length === 0) return emptyLines(shown, state);
  if (view.layout === 'wide') return beside(view, shown, state);
  if (state.focus === 'detail')
    return windowed(view.detail, view.scroll, view.height, shown.columns - 2).map((one) => ({
      spans: [span(' '), ...one.spans],
    }));
  return listLines(view, shown, true);
};

const second = (view: View, shown: Shown, state: ScreenState): Line => {
  if (state.overlay === 'login') return loginTitle(shown, state.part);
  const page = state.focus === 'detail' && view.layout !== 'wide' && !overlaid(state, shown) && view.current;
  if (!page) return secondLine(shown, view.layout);
  return edges(detailTitle(page, shown.tick), line(span(place(view), { dim: true })), shown.columns);
};

/** Checks of the list that stand below its last visible line. */
const below = (view: View, state: ScreenState, shown: Shown): number => {
  const hidden =
    overlaid(state, shown) || state.overlay === 'login' || (state.focus === 'detail' && view.layout !== 'wide');
  return hidden ? 0 : view.rows.slice(view.top + view.height).filter(({ kind }) => kind === 'check').length;
};

/** That the API has no login, where nothing waits for one any more and so nothing else would say it. */
const missingWords = (state: ScreenState, shown: Shown): string =>
  state.overlay !== 'login' && shown.report.pending.length === 0 && missingIn(shown).includes('api')
    ? 'no API login: d'
    : '';

/** What the list leaves out, in the rule under it. */
const leftOut = (view: View, state: ScreenState, shown: Shown): string => {
  const more = below(view, state, shown);
  const { filter, problemsOnly } = state;
  const wanted = state.overlay === 'login' ? [] : wantedIn(shown.logins);
  const waiting = wanted.reduce((sum, part) => sum + waitingIn(shown.report, part).length, 0);
  return [
    problemsOnly ? 'problems only' : '',
    filter ? `filter /${cut(filter, 24)}` : '',
    more > 0 ? `${more} more ↓` : '',
    waiting > 0 ? `${waiting} wait for a login: d` : missingWords(state, shown),
  ]
    .filter(Boolean)
    .join(', ');
};

/** The whole screen as lines: exactly as many as the terminal has rows, none wider than its columns. */
export const frameOf = (shown: Shown, state: ScreenState): readonly Line[] => {
  const view = viewOf(shown, state);
  const { columns, rows } = shown;
  const lines =
    view.layout === 'tiny'
      ? filled(tinyLines(shown, state.overlay), rows)
      : [
          firstLine(shown, view.layout),
          second(view, shown, state),
          ...(view.layout === 'wide' ? [rule(columns)] : []),
          ...filled(body(view, shown, state), view.height),
          rule(columns, leftOut(view, state, shown)),
          ...footer(view, state, shown),
        ];
  const whole = lines.slice(0, rows).map((one) => cutLine(one, columns));
  return shown.ascii ? whole.map(inAscii) : whole;
};
