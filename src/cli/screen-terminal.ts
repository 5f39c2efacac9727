import { execFile } from 'node:child_process';
import type { HandOver } from '../../report-templates/screen.tsx';
import { childEnvironment } from '../host/live/exec.ts';

/** Leaves the alternate screen, shows the cursor, ends bracketed paste: for when the screen itself no longer can. */
const GIVE_BACK = '\u001b[?2004l\u001b[?25h\u001b[?1049l';

const MOST_COPIED = 64 * 1024;

/** Puts text into the clipboard of the person's own terminal (OSC 52), and into tmux's where that is around it. */
export const copyToClipboard = (text: string, env: Readonly<Record<string, string | undefined>>): void => {
  const encoded = Buffer.from(text.slice(0, MOST_COPIED)).toString('base64');
  process.stdout.write(`\u001b]52;c;${encoded}\u0007`);
  if (!env['TMUX']) return;
  const clean = { ...childEnvironment(), TMUX: env['TMUX'] };
  const tmux = execFile('tmux', ['load-buffer', '-w', '-'], { timeout: 2000, env: clean }, () => {});
  tmux.stdin?.on('error', () => {});
  tmux.stdin?.end(text);
};

/** A terminal that was lost (SIGHUP) fails every write and read: from here on that ends nothing. Returns the undoing. */
export const surviveLostTerminal = (lost: () => void): (() => void) => {
  const quiet = () => {};
  process.stdout.on('error', quiet);
  process.stderr.on('error', quiet);
  process.stdin.on('error', lost);
  process.stdin.on('end', lost);
  return () => {
    process.stdin.off('error', lost);
    process.stdin.off('end', lost);
    process.stdin.on('error', quiet);
  };
};

/** Stops with the terminal as it was when it is told to (SIGTSTP), and draws anew when it goes on. Returns the undoing. */
export const obeyJobControl = (handOver: HandOver): (() => void) => {
  const goOn = () => {
    handOver(() => {}).catch(() => {});
  };
  const stop = () => {
    handOver(() => {
      // Without a listener the signal does what it does to any program.
      process.off('SIGTSTP', stop);
      process.kill(process.pid, 'SIGTSTP');
      process.on('SIGTSTP', stop);
    }).catch(() => {});
  };
  process.on('SIGTSTP', stop);
  process.on('SIGCONT', goOn);
  return () => {
    process.off('SIGTSTP', stop);
    process.off('SIGCONT', goOn);
  };
};

/** Gives the terminal back by force, as the last thing before the process ends. Never throws. */
export const giveBackTerminal = (): void => {
  try {
    if (process.stdin.isTTY) process.stdin.setRawMode(false);
    if (process.stdout.isTTY) process.stdout.write(GIVE_BACK);
  } catch {
    // A terminal that is gone needs nothing back.
  }
};
