import { printable } from '../../../src/printable.ts';
import type { Key } from '../overlay-keys.ts';
import type { BundleAction } from './action.ts';
import { mostScroll } from './frame.ts';
import { fieldsOf } from './scope-page.ts';
import { type BundleShown, previewOf, type Room } from './shown.ts';
import { pageOf, type ScopeField, type WizardState, wizardView } from './state.ts';

/** What a key press comes to: the next state, and what is asked of whoever shows the wizard. */
export type Pressed = { readonly state: WizardState; readonly actions: readonly BundleAction[] };

const MOST_INPUT = 200;

const stay = (state: WizardState, ...actions: readonly BundleAction[]): Pressed => ({ state, actions });

const edited = (text: string, key: Key): string => {
  if (key === 'backspace') return [...text].slice(0, -1).join('');
  if (key === 'ctrl-u') return '';
  if (typeof key === 'string') return text;
  return `${text}${printable(key.text).replace(/\s+/g, ' ')}`.slice(0, MOST_INPUT);
};

const neighbour = <T>(all: readonly T[], one: T, step: number): T =>
  all[(all.indexOf(one) + step + all.length) % all.length] ?? one;

const nameOf = (key: Key): string => (typeof key === 'string' ? key : key.text);

const FIELD_STEPS: Readonly<Record<string, number>> = { tab: 1, down: 1, 'shift-tab': -1, up: -1 };

const inScope = (state: WizardState, key: Key, shown: BundleShown): Pressed => {
  const typed = state.typed ?? shown.scope;
  const fields = fieldsOf(typed);
  const field: ScopeField = fields.includes(state.field) ? state.field : 'time';
  const name = nameOf(key);
  if (name === 'esc' && typeof key === 'string') return stay(state, { kind: 'quit' });
  if (key === 'enter') return stay({ ...state, typed, page: 'consent', row: 0, file: 0 }, { kind: 'scope', typed });
  const step = typeof key === 'string' ? FIELD_STEPS[name] : undefined;
  if (step) return stay({ ...state, typed, field: neighbour(fields, field, step) });
  if (field !== 'time') return stay({ ...state, field, typed: { ...typed, [field]: edited(typed[field], key) } });
  if (['left', 'right', ' '].includes(name))
    return stay({ ...state, field, typed: { ...typed, time: typed.time === 'since' ? 'around' : 'since' } });
  return name === 'q' ? stay(state, { kind: 'quit' }) : stay(state);
};

const moved = (at: number, step: number, count: number): number => Math.max(0, Math.min(at + step, count - 1));

/** The preview of a file is asked for when it is looked at first. */
const asked = (shown: BundleShown, path: string | undefined): readonly BundleAction[] =>
  path === undefined || previewOf(shown, path) ? [] : [{ kind: 'preview', path }];

const LIST_STEPS: Readonly<Record<string, number>> = {
  up: -1,
  k: -1,
  down: 1,
  j: 1,
  home: -99,
  g: -99,
  end: 99,
  G: 99,
  pgup: -8,
  pgdn: 8,
};

const write = (state: WizardState, shown: BundleShown): Pressed =>
  shown.chosen.length === 0 ? stay(state) : stay({ ...state, scroll: 0 }, { kind: 'write' });

const inConsent = (state: WizardState, key: Key, shown: BundleShown, room: Room): Pressed => {
  const name = nameOf(key);
  const view = wizardView(shown, state, room);
  const step = LIST_STEPS[name];
  if (step) {
    const row = moved(Math.min(state.row, shown.rows.length - 1), step, shown.rows.length);
    // Where there is room for it, the preview goes along.
    const beside = view.layout === 'wide' ? asked(shown, shown.rows[row]?.files[0]) : [];
    return stay({ ...state, row }, ...beside);
  }
  if (name === ' ' && view.current) return stay(state, { kind: 'toggle', part: view.current.part });
  if (name === 'enter') return write(state, shown);
  if (name === 'esc' || name === 't') return stay({ ...state, page: 'scope', field: 'time' });
  if (name !== 'p') return stay(state);
  // The file of the part that is looked at, where it has one.
  const file = Math.max(0, view.files.indexOf(view.current?.files[0] ?? ''));
  return stay({ ...state, page: 'preview', file, scroll: 0 }, ...asked(shown, view.files[file]));
};

const scrolled = (state: WizardState, key: Key, shown: BundleShown, room: Room): WizardState => {
  const page = Math.max(1, wizardView(shown, state, room).height - 3);
  const steps: Readonly<Record<string, number>> = {
    ...LIST_STEPS,
    home: -1e6,
    g: -1e6,
    end: 1e6,
    G: 1e6,
    pgup: -page,
    pgdn: page,
    ' ': page,
  };
  const most = mostScroll(shown, state, room);
  return { ...state, scroll: Math.max(0, Math.min(Math.min(state.scroll, most) + (steps[nameOf(key)] ?? 0), most)) };
};

const inPreview = (state: WizardState, key: Key, shown: BundleShown, room: Room): Pressed => {
  const name = nameOf(key);
  const { files, path } = wizardView(shown, state, room);
  const step = { left: -1, right: 1, h: -1, 'shift-tab': -1, tab: 1 }[name];
  if (step) {
    const file = moved(Math.min(state.file, files.length - 1), step, files.length);
    return stay({ ...state, file, scroll: 0 }, ...asked(shown, files[file]));
  }
  const whole = state.page === 'whole';
  if (name === 'esc') return stay({ ...state, page: whole ? 'preview' : 'consent', scroll: 0 });
  if (whole && (name === 'v' || name === 'q')) return stay({ ...state, page: 'preview', scroll: 0 });
  if (whole) return stay(scrolled(state, key, shown, room));
  if (name === 'v' && path !== undefined) return stay({ ...state, page: 'whole', scroll: 0 });
  if (name === 'x' && path !== undefined) return stay(state, { kind: 'exclude', path });
  if (name === 'a') return stay({ ...state, page: 'rule', input: '' });
  if (name === 'enter') return write(state, shown);
  return stay(scrolled(state, key, shown, room));
};

const inRule = (state: WizardState, key: Key): Pressed => {
  if (key === 'esc') return stay({ ...state, page: 'preview', input: '' });
  if (key !== 'enter') return stay({ ...state, input: edited(state.input, key) });
  const text = state.input.trim();
  return text === '' ? stay(state) : stay({ ...state, page: 'preview', input: '' }, { kind: 'rule', text });
};

const inDone = (state: WizardState, key: Key, shown: BundleShown, room: Room): Pressed => {
  const name = nameOf(key);
  const text = shown.made?.ticket.trimEnd();
  if (shown.deleted || !text) return stay(state);
  if (name === 'y') return stay({ ...state, overlay: 'copied', input: text, scroll: 0 }, { kind: 'copy', text });
  if (name === 'l' || name === 'o') return stay({ ...state, overlay: 'list', scroll: 0 });
  if (name === 'd') return stay({ ...state, overlay: 'delete', scroll: 0 });
  return stay(scrolled(state, key, shown, room));
};

const inOverlay = (state: WizardState, key: Key, shown: BundleShown, room: Room): Pressed => {
  const name = nameOf(key);
  const closed = { ...state, overlay: null, scroll: 0 };
  if (state.overlay === 'delete' && name === 'd') return stay(closed, { kind: 'delete' });
  return ['esc', 'q', 'enter', '?'].includes(name) ? stay(closed) : stay(scrolled(state, key, shown, room));
};

/** One key press on the wizard as it is shown. Pure: it tells the next state, and what is asked for. */
export const pressWizard = (state: WizardState, key: Key, shown: BundleShown, room: Room): Pressed => {
  const page = pageOf(shown, state);
  const name = nameOf(key);
  if (key === 'ctrl-c') return stay(state, { kind: 'interrupt' });
  if (wizardView(shown, state, room).layout === 'tiny') return stay(state);
  if (state.overlay) return inOverlay(state, key, shown, room);
  if (page === 'scope') return inScope(state, key, shown);
  if (page === 'rule') return inRule(state, key);
  if (page === 'writing')
    return name === 'c' || name === 'esc' || name === 'q' ? stay(state, { kind: 'cancel' }) : stay(state);
  if (name === 'q' && page !== 'whole') return stay(state, { kind: 'quit' });
  if (name === '?') return stay({ ...state, overlay: 'help', scroll: 0 });
  if (page === 'planning') return stay(state);
  if (page === 'failed')
    return name === 'r' || name === 'esc' ? stay({ ...state, page: 'consent' }, { kind: 'again' }) : stay(state);
  if (page === 'consent') return inConsent(state, key, shown, room);
  return page === 'done' ? inDone(state, key, shown, room) : inPreview(state, key, shown, room);
};
