import { type Key as InkKey, Text } from 'ink';
import { createElement, type ReactNode } from 'react';
import { drawn, type Line } from './line.ts';
import type { Key } from './overlay-keys.ts';

// What comes from a terminal as keys, and goes to it as rows: the same for every screen.

const NAMED = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['pageUp', 'pgup'],
  ['pageDown', 'pgdn'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'backspace'],
] as const;

/** Control keys that come in one piece with others, as on a slow line. */
const CONTROLS: Readonly<Record<string, Key>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u0003': 'ctrl-c',
  '\u0006': 'ctrl-f',
  '\u0015': 'ctrl-u',
  '\u0018': 'ctrl-x',
  '\u007f': 'backspace',
  '\b': 'backspace',
};

const CHORDS: Readonly<Record<string, Key>> = { c: 'ctrl-c', f: 'ctrl-f', u: 'ctrl-u', x: 'ctrl-x' };

/** The keys in what Ink read from the terminal at once. */
export const keysOf = (input: string, key: InkKey): readonly Key[] => {
  if (key.ctrl) return CHORDS[input] ? [CHORDS[input]] : [];
  if (key.tab && key.shift) return ['shift-tab'];
  const named = NAMED.find(([flag]) => key[flag]);
  if (named) return [named[1]];
  const typed = [...input].map((text) => CONTROLS[text] ?? { text });
  // Escape and the next key that came together look like a chord; there are none here.
  return key.meta ? ['esc', ...typed] : typed;
};

/** One line of a screen as Ink draws it. */
export const drawnRow = (one: Line, colored: boolean): ReactNode =>
  // A row is known by where it stands, so it is a plain child and carries no key.
  createElement(Text, { wrap: 'truncate', ...(one.label && { 'aria-label': one.label }) }, drawn(one, colored) || ' ');
