import type { Report } from '../../src/model.ts';
import { detailBody, type Reason } from './detail.ts';
import { type Layout, layoutOf, noticeLines } from './layout.ts';
import type { Line } from './line.ts';
import type { LoginForm, LoginPart } from './login-form.ts';
import type { LoginsShown } from './login-parts.ts';
import { type Item, isProblem, itemsOf, type Row, rowsOf } from './rows.ts';

export type Overlay = 'help' | 'stop' | 'save' | 'filter' | 'copied' | 'login';

/** Where a person is in the screen. `selected` is null until they move: then the screen chooses. */
export type ScreenState = {
  readonly focus: 'list' | 'detail';
  readonly overlay: Overlay | null;
  readonly selected: string | null;
  readonly top: number;
  readonly scroll: number;
  readonly problemsOnly: boolean;
  readonly filter: string;
  readonly input: string;
  readonly hint: string | null;
  /** The login that the login page is for. */
  readonly part: LoginPart;
  /** The login pages as they were left; null where one was not opened yet. */
  readonly forms: Readonly<Record<LoginPart, LoginForm | null>>;
  /** For which asking each login page was opened last. */
  readonly askedFor: Readonly<Record<LoginPart, number>>;
};

export const FRESH: ScreenState = {
  focus: 'list',
  overlay: null,
  selected: null,
  top: 0,
  scroll: 0,
  problemsOnly: false,
  filter: '',
  input: '',
  hint: null,
  part: 'database',
  forms: { database: null, api: null },
  askedFor: { database: 0, api: 0 },
};

/** What is shown, given by whoever shows it. */
export type Shown = {
  readonly report: Report;
  readonly reasons: Readonly<Record<string, Reason>>;
  readonly ascii: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly tick: number;
  /** Nothing ticks: a person is typing, or is waited for. */
  readonly still: boolean;
  /** The wall clock, ms since 1970: how long the run has been going. */
  readonly now: number;
  /** What came of the last action, or that the run is being stopped. */
  readonly notice: string | null;
  /** The file name that the last saving did not take: offered again. */
  readonly refused: string | null;
  /** Where the logins stand. */
  readonly logins: LoginsShown;
};

/** Everything that follows from the report, the size and the state. */
export type View = {
  readonly layout: Layout;
  readonly running: boolean;
  readonly rows: readonly Row[];
  readonly items: readonly Item[];
  readonly problems: readonly Item[];
  readonly current: Item | null;
  /** Lines that the list and the detail have; both are scrolled within. */
  readonly height: number;
  readonly top: number;
  readonly detail: readonly Line[];
  readonly scroll: number;
  readonly listWidth: number;
  readonly detailWidth: number;
};

/** The first visible row, moved as little as needed to show the selected one, and the heading above it. */
const follow = (top: number, at: number, rows: readonly Row[], height: number): number => {
  const first = rows[at - 1]?.kind === 'heading' ? at - 1 : at;
  const moved = first < top ? first : at >= top + height ? at - height + 1 : top;
  return Math.max(0, Math.min(moved, rows.length - height));
};

/** The check that is worth looking at while a run goes on: one that tells its progress, else any that is asked. */
const busiest = (items: readonly Item[]): Item | undefined =>
  items.find(({ of }) => 'progress' in of && of.progress !== undefined) ??
  items.find(({ state }) => state === 'running');

const chosen = (items: readonly Item[], selected: string | null, running: boolean): Item | null =>
  items.find(({ id }) => id === selected) ??
  (running && selected === null ? busiest(items) : undefined) ??
  items[0] ??
  null;

export const viewOf = (shown: Shown, state: ScreenState): View => {
  const { report, columns, tick, ascii } = shown;
  const layout = layoutOf(columns, shown.rows);
  const running = report.pending.length > 0;
  const all = rowsOf(report, state);
  const rows = layout === 'narrow' ? all.filter(({ kind }) => kind === 'check') : all;
  const items = rows.filter((row) => row.kind === 'check');
  const current = chosen(items, state.selected, running);
  const told = state.overlay ? 1 : noticeLines(state.hint ?? shown.notice ?? '', columns).length;
  const height = Math.max(1, shown.rows - (layout === 'wide' ? 5 : 4) - Math.max(0, told - 1));
  const listWidth = layout === 'wide' ? Math.floor(columns * 0.54) : columns;
  const detailWidth = layout === 'wide' ? columns - listWidth - 3 : columns - 2;
  const why = current ? shown.reasons[current.id] : undefined;
  const needed = layout === 'wide' || (layout !== 'tiny' && state.focus === 'detail');
  const detail =
    current && needed ? detailBody(current, why, { width: detailWidth, tick, ascii, airy: shown.rows >= 36 }) : [];
  const detailHeight = layout === 'wide' ? height - 1 : height;
  return {
    layout,
    running,
    rows,
    items,
    problems: rows.filter((row) => row.kind === 'check' && isProblem(row)) as readonly Item[],
    current,
    height,
    top: follow(state.top, current ? rows.indexOf(current) : 0, rows, height),
    detail,
    scroll: Math.max(0, Math.min(state.scroll, detail.length - detailHeight)),
    listWidth,
    detailWidth,
  };
};

/** Checks that did not come to a judgement of pass or warn: what `R` runs again. */
export const failedIn = (report: Report): readonly string[] =>
  itemsOf(report).flatMap(({ id, state }) => (state === 'fail' || state === 'unknown' ? [id] : []));
