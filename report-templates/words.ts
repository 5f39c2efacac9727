import type { Level, Origin, Outcome, Report, Required, Result, RunOutcome, Summary } from '../src/model.ts';
import { oneLine } from '../src/printable.ts';
import type { Look } from './look.ts';

// The words, symbols and colours that all templates share. A meaning is never carried by colour alone: every state has
// its own shape and its own word.

/** What a row can be: an outcome, waived whatever its outcome, or not finished. */
export type State = Outcome | 'waived' | 'running' | 'waiting';

/** Colours of the 16 that a terminal's own palette decides; so contrast is the user's choice. */
export type Colour = 'green' | 'red' | 'yellow' | 'magenta' | 'cyan' | 'bold' | 'dim' | 'none';

type Sign = { readonly symbol: string; readonly ascii: string; readonly word: string; readonly colour: Colour };

/** Never the warning sign with its emoji selector: terminals and string-width count it differently. */
export const SIGNS: Readonly<Record<State, Sign>> = {
  pass: { symbol: '✔', ascii: '+', word: 'pass', colour: 'green' },
  fail: { symbol: '✖', ascii: 'x', word: 'FAIL', colour: 'red' },
  warn: { symbol: '▲', ascii: '!', word: 'WARN', colour: 'yellow' },
  unknown: { symbol: '?', ascii: '?', word: 'not checked', colour: 'magenta' },
  skip: { symbol: '○', ascii: '-', word: 'skip', colour: 'dim' },
  waived: { symbol: '◇', ascii: 'w', word: 'waived', colour: 'none' },
  running: { symbol: '⠹', ascii: '*', word: 'running', colour: 'cyan' },
  waiting: { symbol: '·', ascii: '.', word: 'waiting', colour: 'dim' },
};

/** The state that a result is shown in. */
export const stateOf = (result: Pick<Result, 'outcome' | 'waived'>): State =>
  result.waived ? 'waived' : result.outcome;

export const symbolOf = (state: State, { ascii }: Pick<Look, 'ascii'>): string =>
  ascii ? SIGNS[state].ascii : SIGNS[state].symbol;

/** The verdict as people read it: it speaks of conformance, never of going live. */
export const VERDICTS: Readonly<Record<RunOutcome, string>> = {
  ready: 'CONFORMS',
  'ready-with-warnings': 'CONFORMS WITH WARNINGS',
  'not-ready': 'DOES NOT CONFORM',
  'not-proven': 'NOT PROVEN',
};
export const VERDICT_COLOURS: Readonly<Record<RunOutcome, Colour>> = {
  ready: 'green',
  'ready-with-warnings': 'yellow',
  'not-ready': 'red',
  'not-proven': 'magenta',
};

export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  required: 'required',
  recommended: 'recommended',
  advice: 'advice',
};

const ORIGIN_WORDS: Readonly<Record<Origin, string>> = {
  'vendor-number': "the vendor's number",
  'vendor-text': "the vendor's words",
  'our-advice': 'our advice',
};

/** Where a limit comes from, in a few words. */
export const originOf = ({ origin, value }: Required): string =>
  ORIGIN_WORDS[origin] + (origin === 'vendor-text' && typeof value === 'number' ? ', our number' : '');

/** The counts of a report, worst first, without those that are nought: "2 FAIL, 1 WARN, 10 pass". */
export const countsOf = (summary: Summary): string =>
  (['fail', 'unknown', 'warn', 'waived', 'skip', 'pass'] as const)
    .filter((state) => summary[state] > 0)
    .map((state) => `${summary[state]} ${SIGNS[state].word}`)
    .join(', ') || 'no checks';

/** What must be known of a run beside its verdict: that it was stopped, that it judged a recording, that it was strict. */
export const remarksOf = ({ run }: Pick<Report, 'run'>): readonly string[] => [
  ...(run.interrupted ? [`Stopped by ${run.interrupted}: what had no result by then was not checked.`] : []),
  ...(run.replayed ? ['Judged from a recording: nothing was asked on this machine.'] : []),
  ...(run.strict ? ['Strict: warnings count as failures.'] : []),
];

const CODES: Readonly<Record<Exclude<Colour, 'none'>, readonly [number, number]>> = {
  green: [32, 39],
  red: [31, 39],
  yellow: [33, 39],
  magenta: [35, 39],
  cyan: [36, 39],
  bold: [1, 22],
  dim: [2, 22],
};

/** Colours text where the look has colour; red is bold as well. */
export const paint = (text: string, colour: Colour, { color }: Pick<Look, 'color'>): string => {
  if (!color || colour === 'none' || text === '') return text;
  const [on, off] = CODES[colour];
  const coloured = `\u001b[${on}m${text}\u001b[${off}m`;
  return colour === 'red' ? `\u001b[1m${coloured}\u001b[22m` : coloured;
};

/** Text of a report on one line, made printable once more: a template never trusts what it shows. */
export const told = (text: string, { ascii }: Pick<Look, 'ascii'>): string =>
  ascii ? oneLine(text).replaceAll(' · ', ' / ').replaceAll('…', '...') : oneLine(text);

/** A time for people: "340 ms", "4.1 s". */
export const lasting = (ms: number): string => (ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`);

/** A limit with its origin: ">= 16 GiB (the vendor's number)". */
export const limitOf = (required: Required): string => `${required.display} (${originOf(required)})`;

const RANK: Readonly<Record<State, number>> = {
  fail: 0,
  unknown: 1,
  warn: 2,
  waived: 3,
  skip: 4,
  pass: 5,
  running: 6,
  waiting: 7,
};

/** Results in the order in which people want them: problems first, then the report's own order. */
export const worstFirst = (results: readonly Result[]): readonly Result[] =>
  [...results].sort((a, b) => RANK[stateOf(a)] - RANK[stateOf(b)]);
