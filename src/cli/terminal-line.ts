/** A terminal on which a person may be asked. */
export type Terminal = {
  readonly input: NodeJS.ReadStream;
  readonly write: (text: string) => void;
  /** Ctrl-C: raw mode makes a character of it. */
  readonly interrupt: () => void;
  /** What is read where the terminal ends, or at Ctrl-D before anything is typed; empty where nothing is said. */
  readonly atEnd?: string;
};

const END_OF_INPUT = '\u0004';
const ENDS = ['\r', '\n', END_OF_INPUT];
const INTERRUPT = '\u0003';
const ERASE = ['\b', '\u007f'];
const ERASE_ALL = '\u0015';
/** What arrow and function keys send. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal sends control characters
const KEYS = /\u001b(?:\[[\d;]*[ -/]*[@-~]|O.)?/g;

type Typed = { readonly line: string; readonly done: boolean; readonly rest: string };

/** What was typed after some more of it: done at Enter or Ctrl-D, the rest being for whatever is asked next; null at Ctrl-C. */
const typed = (before: string, text: string, atEnd: string): Typed | null => {
  let line = before;
  const characters = [...text.replace(KEYS, '')];
  for (const [at, character] of characters.entries()) {
    if (character === INTERRUPT) return null;
    if (character === END_OF_INPUT && line === '') line = atEnd;
    if (ENDS.includes(character)) return { line, done: true, rest: characters.slice(at + 1).join('') };
    if (ERASE.includes(character)) line = [...line].slice(0, -1).join('');
    else if (character === ERASE_ALL) line = '';
    else if (character >= ' ') line += character;
  }
  return { line, done: false, rest: '' };
};

/** What changes one line that is shown into another: the end is rubbed out, the rest written; no escape, for any terminal. */
const redrawn = (before: string, after: string): string => {
  const [shown, wanted] = [[...before], [...after]];
  const differs = shown.findIndex((character, at) => wanted[at] !== character);
  const same = differs < 0 ? shown.length : differs;
  return '\b \b'.repeat(shown.length - same) + wanted.slice(same).join('');
};

/** Lines as a person types them: hidden ones are not shown. What is typed ahead is kept for the next question. */
export type Lines = {
  readonly read: (question: string, signal: AbortSignal, hidden: boolean) => Promise<string>;
};

/** Asks, and reads a line. The terminal is as before on every way out. */
export const linesOf = ({ input, write, interrupt, atEnd = '' }: Terminal): Lines => {
  let ahead = '';
  return {
    read: (question, signal, hidden) =>
      new Promise((done, failed) => {
        let line = '';
        const restore = () => input.setRawMode(false);
        const settle = (then: () => void) => {
          input.off('data', heard).off('end', ended).off('error', ended).pause();
          signal.removeEventListener('abort', stopped);
          process.off('exit', restore);
          restore();
          write('\n');
          then();
        };
        const ended = () => settle(() => done(atEnd));
        const stopped = () => {
          ahead = '';
          settle(() => failed(signal.reason));
        };
        const heard = (text: string) => {
          const next = typed(line, text, atEnd);
          // The run is stopped by it as by any signal, and that ends the reading.
          if (!next) return interrupt();
          if (!hidden) write(redrawn(line, next.line));
          line = next.line;
          if (!next.done) return;
          // Behind what was hidden nothing may come to light.
          ahead = hidden ? '' : next.rest;
          settle(() => done(line));
        };
        if (signal.aborted) return failed(signal.reason);
        process.once('exit', restore);
        signal.addEventListener('abort', stopped, { once: true });
        input.setRawMode(true);
        input.setEncoding('utf8').on('data', heard).once('end', ended).once('error', ended).resume();
        // Not before the terminal is silent: who answers at once would be shown.
        write(question);
        if (ahead !== '') {
          const before = ahead;
          ahead = '';
          heard(before);
        }
      }),
  };
};
