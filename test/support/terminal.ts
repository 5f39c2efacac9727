import { type IPty, spawn } from '@lydell/node-pty';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';

/** A program in a real pseudo-terminal, seen through a terminal emulator. */
export type Tty = {
  readonly pid: number;
  readonly term: InstanceType<typeof xterm.Terminal>;
  readonly press: (keys: string) => void;
  readonly resize: (columns: number, rows: number) => void;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** The visible screen as text, one line a row. */
  readonly text: () => string;
  readonly raw: () => string;
  readonly exit: Promise<{ readonly exitCode: number; readonly signal?: number | undefined }>;
  /** Waits until the screen shows something; throws with the screen when that does not come. */
  readonly until: (wanted: string | RegExp, ms?: number) => Promise<void>;
  readonly isAlternate: () => boolean;
  readonly cursorHidden: () => boolean;
  /** Closes the terminal as a lost connection does: the program is hung up on. */
  readonly hangUp: () => void;
};

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Runs a program in a pseudo-terminal of that size. It does not see a build machine's variables: there it would draw nothing. */
export const tty = (
  program: string,
  args: readonly string[],
  columns: number,
  rows: number,
  env: Readonly<Record<string, string>> = {},
): Tty => {
  const term = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
  term.loadAddon(new Unicode11Addon());
  term.unicode.activeVersion = '11';
  const {
    NO_COLOR: _no,
    FORCE_COLOR: _force,
    CI: _ci,
    CONTINUOUS_INTEGRATION: _integration,
    ...inherited
  } = process.env;
  const pty: IPty = spawn(program, [...args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    env: { ...(inherited as Record<string, string>), TERM: 'xterm-256color', ...env },
  });
  let raw = '';
  pty.onData((data) => {
    raw += data;
    term.write(data);
  });
  const exit = new Promise<{ exitCode: number; signal?: number | undefined }>((done) => pty.onExit(done));
  const text = () =>
    Array.from({ length: term.rows }, (_, row) =>
      term.buffer.active.getLine(term.buffer.active.viewportY + row)?.translateToString(true),
    ).join('\n');
  const lastOf = (on: string, off: string) => raw.lastIndexOf(on) > raw.lastIndexOf(off);
  return {
    pid: pty.pid,
    term,
    press: (keys) => pty.write(keys),
    resize: (newColumns, newRows) => {
      term.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    signal: (signal) => process.kill(pty.pid, signal),
    text,
    raw: () => raw,
    exit,
    until: async (wanted, ms = 10_000) => {
      const end = Date.now() + ms;
      const there = () => (typeof wanted === 'string' ? text().includes(wanted) : wanted.test(text()));
      while (!there()) {
        if (Date.now() > end)
          throw new Error(`"${wanted}" did not come:\n${text()}\n${JSON.stringify(raw.slice(-400))}`);
        await pause(20);
      }
    },
    isAlternate: () => lastOf('\u001b[?1049h', '\u001b[?1049l'),
    cursorHidden: () => lastOf('\u001b[?25l', '\u001b[?25h'),
    hangUp: () => {
      if ('destroy' in pty && typeof pty.destroy === 'function') pty.destroy();
    },
  };
};
