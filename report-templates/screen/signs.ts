import type { RunOutcome } from '../../src/model.ts';
import { type Colour, SIGNS, type State, VERDICT_COLOURS } from '../words.ts';
import type { Style } from './line.ts';

const SPOKEN: Readonly<Record<State, string>> = {
  pass: 'Passed',
  fail: 'Failed',
  warn: 'Warning',
  unknown: 'Could not be checked',
  skip: 'Skipped',
  waived: 'Waived',
  running: 'Running',
  waiting: 'Waiting',
};

const styled = (colour: Colour): Style => {
  if (colour === 'none') return {};
  if (colour === 'bold' || colour === 'dim') return { [colour]: true };
  return colour === 'red' ? { color: colour, bold: true } : { color: colour };
};

const SPINNER = ['⠋', '⠙', '⠸', '⠴', '⠦', '⠇'];

/** The sign of a state, its word, what a screen reader says and its style; a running one's sign turns with the tick. */
export const signOf = (state: State, tick = 0) => ({
  sign: state === 'running' ? (SPINNER[tick % SPINNER.length] ?? '⠹') : SIGNS[state].symbol,
  word: SIGNS[state].word,
  spoken: SPOKEN[state],
  style: styled(SIGNS[state].colour),
});

const VERDICT_SIGNS: Readonly<Record<RunOutcome, string>> = {
  ready: '✔',
  'ready-with-warnings': '▲',
  'not-ready': '✖',
  'not-proven': '?',
};

export const verdictSign = (outcome: RunOutcome) => ({
  sign: VERDICT_SIGNS[outcome],
  style: { ...styled(VERDICT_COLOURS[outcome]), bold: true },
});

/** States that a person has to look at, worst first. */
export const PROBLEMS: readonly State[] = ['fail', 'unknown', 'warn'];
