import { printable } from '../../src/printable.ts';
import type { Action } from './action.ts';
import type { ScreenState, View } from './state.ts';

/** A key by its name; any other is the character itself. */
export type Key =
  | 'up'
  | 'down'
  | 'pgup'
  | 'pgdn'
  | 'home'
  | 'end'
  | 'enter'
  | 'esc'
  | 'left'
  | 'right'
  | 'tab'
  | 'shift-tab'
  | 'backspace'
  | 'ctrl-c'
  | 'ctrl-u'
  | 'ctrl-f'
  | 'ctrl-x'
  | { readonly text: string };

/** What a key press comes to: the next state, and what is asked of whoever shows the screen. */
export type Pressed = { readonly state: ScreenState; readonly action?: Action };

const MOST_INPUT = 1000;

const edited = (input: string, key: Key): string => {
  if (key === 'backspace') return [...input].slice(0, -1).join('');
  if (key === 'ctrl-u') return '';
  if (typeof key === 'string') return input;
  return `${input}${printable(key.text).replace(/\s+/g, ' ')}`.slice(0, MOST_INPUT);
};

/** Keys while the filter is typed: it works from the first letter on. */
export const inFilter = (state: ScreenState, key: Key): Pressed => {
  if (key === 'enter') return { state: { ...state, overlay: null } };
  if (key === 'esc') return { state: { ...state, overlay: null, filter: '' } };
  return { state: { ...state, filter: edited(state.filter, key), top: 0 } };
};

/** Keys while a file name is asked for. */
export const inSave = (state: ScreenState, key: Key): Pressed => {
  if (key === 'esc') return { state: { ...state, overlay: null } };
  if (key !== 'enter') return { state: { ...state, input: edited(state.input, key), hint: null } };
  const path = state.input.trim();
  if (!/\.(json|md|txt)$/i.test(path)) return { state: { ...state, hint: 'the name ends in .json, .md or .txt' } };
  return { state: { ...state, overlay: null }, action: { kind: 'save', path } };
};

/** Keys while it is asked whether to stop. */
export const inStop = (state: ScreenState, key: Key, view: View): Pressed => {
  const text = typeof key === 'string' ? key : key.text;
  const closed = { ...state, overlay: null };
  if (text === 's') return { state: closed, action: view.running ? { kind: 'stop', keep: true } : { kind: 'quit' } };
  if (text === 'd') return { state: closed, action: { kind: 'stop', keep: false } };
  return { state: text === 'esc' || text === 'q' ? closed : state };
};
