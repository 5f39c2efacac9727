import { paint, told } from '../../report-templates/words.ts';
import { cut } from '../../report-templates/wrap.ts';
import type { WaitEnd, WaitEvent } from '../wait/events.ts';
import { endWords, lineOf, progressOf } from '../wait/words.ts';
import { columns } from './terminal.ts';

/** How a wait is followed by a person: on standard error, where a supervisor may look too. */
export type Watching = {
  readonly see: (event: WaitEvent) => void;
  /** Takes the progress line away for as long as something else has the terminal. */
  readonly hold: () => void;
  readonly resume: () => void;
  readonly end: () => void;
};

/** Lines in which nothing is new come so often at most, ms. */
const QUIET_MS = 60_000;

/** One line for each change, and one a minute where nothing changes: for logs. */
export const inLines = (ascii: boolean, say: (text: string) => void): Watching => {
  let saidMs = 0;
  return {
    see: (event) => {
      const text = lineOf(event);
      if (text === null || (event.event === 'waiting' && event.elapsedMs - saidMs < QUIET_MS)) return;
      saidMs = event.elapsedMs;
      say(told(text, { ascii }));
    },
    hold: () => {},
    resume: () => {},
    end: () => {},
  };
};

/** The progress line is drawn so often, ms. */
const TICK_MS = 500;

/** One line on a terminal, drawn anew twice a second: how long it has been going on, the phase, and what was told last. */
export const inOneLine = (ascii: boolean, timeoutMs: number, stream: NodeJS.WriteStream): Watching => {
  const clock = () => performance.now();
  const since = clock();
  let held = false;
  let drawn = false;
  let now = {
    phase: 'absent' as const as Parameters<typeof progressOf>[2]['phase'],
    sinceMs: 0,
    message: 'looking',
    flaps: 0,
  };
  const erase = () => {
    if (drawn) stream.write('\r\u001b[2K');
    drawn = false;
  };
  const draw = () => {
    if (held) return;
    const elapsedMs = clock() - since;
    const text = progressOf(elapsedMs, timeoutMs, { ...now, phaseMs: Math.max(0, elapsedMs - now.sinceMs) });
    // Not to the last column, where some terminals go on to the next line; in ASCII what stands for the cut is longer.
    stream.write(`\r\u001b[2K${told(cut(text, columns(stream) - (ascii ? 3 : 1)), { ascii })}`);
    drawn = true;
  };
  const timer = setInterval(draw, TICK_MS);
  return {
    see: (event) => {
      if (event.event === 'phase' || event.event === 'waiting')
        now = { ...now, phase: event.phase, sinceMs: event.elapsedMs - event.phaseMs, message: event.message };
      if (event.event === 'poll-failed') now = { ...now, message: event.message };
      if (event.event === 'flapping') now = { ...now, flaps: event.count };
      draw();
    },
    hold: () => {
      held = true;
      erase();
    },
    resume: () => {
      held = false;
    },
    end: () => {
      clearInterval(timer);
      erase();
    },
  };
};

const COLOURS = { ready: 'green', failed: 'red', timeout: 'magenta', stopped: 'magenta' } as const;

/** What the wait came to, for standard output: one line, and one for each thing that could not be asked for. */
export const endLines = (end: WaitEnd, look: { readonly color: boolean; readonly ascii: boolean }): string => {
  const [first = '', ...rest] = told(endWords(end), look).split(' after ');
  const verdict = [paint(first, COLOURS[end.event], look), ...rest].join(' after ');
  return [verdict, ...end.unknown.map((one) => told(one, look))].map((line) => `${line}\n`).join('');
};
