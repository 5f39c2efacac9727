import { remediesOf } from './detail.ts';
import { inLogin, withLoginPage } from './login-keys.ts';
import { partsOf } from './login-parts.ts';
import { missingIn } from './login-rows.ts';
import { inFilter, inSave, inStop, type Key, type Pressed } from './overlay-keys.ts';
import { isResult } from './rows.ts';
import { failedIn, type ScreenState, type Shown, type View, viewOf } from './state.ts';

/** Help and copied text are never longer. */
const MOST_SCROLL = 60;

/** A name for a saved report that tells host and time apart. */
const proposedPath = ({ report }: Shown): string => {
  const host = report.host.name
    .replace(/[^A-Za-z0-9.-]+/g, '-')
    .slice(0, 40)
    .replace(/^[-.]+|[-.]+$/g, '');
  return `wa-preflight_${host || 'host'}_${report.run.startedAt.replace(/[-:]|\.\d+/g, '')}.json`;
};

const STEPS: Record<string, (page: number) => number> = {
  up: () => -1,
  k: () => -1,
  down: () => 1,
  j: () => 1,
  pgup: (page) => -page,
  pgdn: (page) => page,
  home: () => -1e6,
  g: () => -1e6,
  end: () => 1e6,
  G: () => 1e6,
};

const moved = (state: ScreenState, view: View, step: number): Pressed => {
  if (state.focus === 'detail')
    return { state: { ...state, scroll: Math.max(0, Math.min(view.scroll + step, view.detail.length)) } };
  const at = view.items.findIndex(({ id }) => id === view.current?.id);
  const next = view.items[Math.max(0, Math.min(at + step, view.items.length - 1))];
  return { state: { ...state, selected: next?.id ?? null, top: view.top, scroll: 0 } };
};

const toProblem = (state: ScreenState, view: View, step: 1 | -1): Pressed => {
  const { problems, items, current } = view;
  if (problems.length === 0) return { state: { ...state, hint: 'no problem in this list' } };
  const at = items.findIndex(({ id }) => id === current?.id);
  const rank = (id: string) => items.findIndex((item) => item.id === id);
  const ahead = problems.filter(({ id }) => (step > 0 ? rank(id) > at : rank(id) < at));
  const next = step > 0 ? (ahead[0] ?? problems[0]) : (ahead.at(-1) ?? problems.at(-1));
  return { state: { ...state, selected: next?.id ?? null, top: view.top, scroll: 0 } };
};

const rerun = (state: ScreenState, view: View, ids: readonly string[], none: string): Pressed => {
  if (view.running) return { state: { ...state, hint: 're-run when this run is done' } };
  if (ids.length === 0) return { state: { ...state, hint: none } };
  return { state: { ...state, selected: view.current?.id ?? null }, action: { kind: 'rerun', ids } };
};

const copyText = ({ current }: View): string | null => {
  if (!current || !isResult(current.of)) return null;
  return remediesOf(current.of).join('\n') || current.of.message;
};

/** A name that was not taken is offered again, with the reason. */
const toSave = (state: ScreenState, shown: Shown): Pressed => {
  const hint = shown.refused === null ? null : shown.notice;
  return { state: { ...state, overlay: 'save', input: shown.refused ?? proposedPath(shown), hint } };
};

/** The page for a login, at any time of a run that asks a database or the API; first the one that is missing. */
const toLogin = (state: ScreenState, shown: Shown): Pressed => {
  const part = missingIn(shown)[0] ?? partsOf(shown.logins)[0];
  if (part) return { state: withLoginPage(state, shown.logins, part) };
  const why = shown.report.run.replayed
    ? 'a recording is judged: no login is of use'
    : 'no check of this run wants a login';
  return { state: { ...state, hint: why } };
};

const letter = (state: ScreenState, key: string, shown: Shown, view: View): Pressed => {
  const { current, running } = view;
  const hinted = (hint: string): Pressed => ({ state: { ...state, hint } });
  if (key === 'n') return toProblem(state, view, 1);
  if (key === 'p') return toProblem(state, view, -1);
  if (key === '/') return { state: { ...state, overlay: 'filter', focus: 'list' } };
  if (key === 'f') return { state: { ...state, problemsOnly: !state.problemsOnly, focus: 'list', top: 0 } };
  if (key === 'r') return rerun(state, view, current ? [current.id] : [], 'no check is selected');
  if (key === 'R') return rerun(state, view, failedIn(shown.report), 'nothing failed');
  if (key === 'c' && current && !isResult(current.of)) return { state, action: { kind: 'cancel', id: current.id } };
  if (key === 'c') return hinted('this check is done already');
  if (key === 'd') return toLogin(state, shown);
  if (key === 's' && running) return hinted('the report can be saved when the run is done');
  if (key === 's') return toSave(state, shown);
  if (key === '?') return { state: { ...state, overlay: 'help', scroll: 0 } };
  if (key === 'q' && running) return { state: { ...state, overlay: 'stop' } };
  if (key === 'q') return { state, action: { kind: 'quit' } };
  const text = key === 'y' ? copyText(view) : null;
  if (key === 'y' && text === null) return hinted('nothing to copy yet');
  if (text !== null)
    return { state: { ...state, overlay: 'copied', input: text, scroll: 0 }, action: { kind: 'copy', text } };
  return { state };
};

const back = (state: ScreenState): ScreenState => {
  if (state.focus === 'detail') return { ...state, focus: 'list' };
  return state.filter ? { ...state, filter: '' } : { ...state, problemsOnly: false };
};

/** One key press on the screen as it is shown. Pure: it tells the next state, and what is asked for. */
export const press = (before: ScreenState, key: Key, shown: Shown): Pressed => {
  const view = viewOf(shown, before);
  // Where there is no room for the login page nothing is typed into it: keys mean what they mean without.
  const hidden = before.overlay === 'login' && view.layout === 'tiny';
  const state = { ...before, hint: null, overlay: hidden ? null : before.overlay };
  if (key === 'ctrl-c') return { state, action: { kind: view.running ? 'interrupt' : 'quit' } };
  if (state.overlay === 'filter') return inFilter(state, key);
  if (state.overlay === 'save') return inSave(state, key);
  if (state.overlay === 'stop') return inStop(state, key, view);
  const form = state.overlay === 'login' ? state.forms[state.part] : null;
  if (form) return inLogin(state, form, key, shown);
  const name = typeof key === 'string' ? key : key.text;
  if (state.overlay && ['q', 'esc', '?', 'enter'].includes(name))
    return { state: { ...state, overlay: null, scroll: 0 } };
  const step = STEPS[name];
  const page = Math.max(1, view.height - 1);
  if (state.overlay)
    return {
      state: step ? { ...state, scroll: Math.max(0, Math.min(state.scroll + step(page), MOST_SCROLL)) } : state,
    };
  if (step) return moved(state, view, step(page));
  if (name === 'enter')
    return { state: view.current ? { ...state, focus: 'detail', selected: view.current.id, top: view.top } : state };
  if (name === 'tab')
    return {
      state: {
        ...state,
        focus: state.focus === 'list' && view.current ? 'detail' : 'list',
        selected: view.current?.id ?? null,
      },
    };
  if (name === 'esc') return { state: back(state) };
  return letter(state, name, shown, view);
};
