import type { KnownLogin, Login } from '../host/login.ts';
import type { AskPerson } from '../host/prompted.ts';
import { oneLine } from '../printable.ts';

/** A prompt for a password between lines of a run: lines that are told meanwhile wait until it is answered. */
export type PasswordPrompt = { readonly ask: AskPerson; readonly tell: (text: string) => void };

type Terminal = {
  readonly input: NodeJS.ReadStream;
  readonly write: (text: string) => void;
  /** Ctrl-C: raw mode makes a character of it. */
  readonly interrupt: () => void;
};

const ENDS = ['\r', '\n', '\u0004'];
const INTERRUPT = '\u0003';
const ERASE = ['\b', '\u007f'];
const ERASE_ALL = '\u0015';
/** What arrow and function keys send. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal sends control characters
const KEYS = /\u001b(?:\[[\d;]*[ -/]*[@-~]|O.)?/g;

/** What was typed after some more of it: done at Enter or Ctrl-D, null at Ctrl-C. */
const typed = (before: string, text: string): { readonly line: string; readonly done: boolean } | null => {
  let line = before;
  for (const character of text.replace(KEYS, '')) {
    if (character === INTERRUPT) return null;
    if (ENDS.includes(character)) return { line, done: true };
    if (ERASE.includes(character)) line = [...line].slice(0, -1).join('');
    else if (character === ERASE_ALL) line = '';
    else if (character >= ' ') line += character;
  }
  return { line, done: false };
};

/** Asks, and reads a line without showing it; empty where the terminal ends. The terminal is as before on every way out. */
const readHidden = (question: string, { input, write, interrupt }: Terminal, signal: AbortSignal): Promise<string> =>
  new Promise((done, failed) => {
    let line = '';
    const restore = () => input.setRawMode(false);
    const settle = (then: () => void) => {
      input.off('data', heard).off('end', ended).off('error', ended).pause();
      signal.removeEventListener('abort', stopped);
      process.off('exit', restore);
      restore();
      then();
    };
    const ended = () => settle(() => done(''));
    const stopped = () => settle(() => failed(signal.reason));
    const heard = (text: string) => {
      const next = typed(line, text);
      // The run is stopped by it as by any signal, and that ends the reading.
      if (!next) return interrupt();
      line = next.line;
      if (next.done) settle(() => done(line));
    };
    if (signal.aborted) return failed(signal.reason);
    process.once('exit', restore);
    signal.addEventListener('abort', stopped, { once: true });
    input.setRawMode(true);
    input.setEncoding('utf8').on('data', heard).once('end', ended).once('error', ended).resume();
    // Not before the terminal is silent: who answers at once would be shown.
    write(question);
  });

const loginOf = (known: KnownLogin, password: string): Login | null => {
  const { engine, host, port, user, tls } = known;
  if (!engine || !host || !port || !user || !tls) return null;
  const { socket = null, database = null, prefix = '', idleTimeoutMs = null } = known;
  return { engine, host, port, socket, user, password, database, prefix, idleTimeoutMs, tls };
};

/** A prompt on the terminal of this process. Nothing but a password is asked for: where more is missing, there is no login. */
export const passwordPrompt = (terminal: Terminal): PasswordPrompt => {
  let waiting: string[] | null = null;
  let asked = false;
  return {
    tell: (text) => {
      if (waiting) waiting.push(text);
      else terminal.write(`${text}\n`);
    },
    ask: async (_places, signal, known) => {
      const login = loginOf(known, '');
      if (!login || asked) return null;
      asked = true;
      const at = login.socket ?? `${login.host}:${login.port}`;
      const question = `Password of ${oneLine(login.user)} at ${oneLine(at)} (Enter for no login): `;
      waiting = [];
      try {
        const password = await readHidden(question, terminal, signal);
        return password === '' ? null : { ...login, password };
      } finally {
        const lines = waiting;
        waiting = null;
        terminal.write(`\n${lines.map((line) => `${line}\n`).join('')}`);
      }
    },
  };
};
