import { type ChildProcess, fork } from 'node:child_process';
import type { FromRunner, ToRunner } from './runner-messages.ts';
import { RUNNER } from './runner-messages.ts';

/** The measuring process, seen from the drawing one. */
export type Runner = {
  readonly tell: (message: ToRunner) => void;
  /** Kills the process and what it started, at once. */
  readonly kill: () => void;
  /** Lets it end by itself: it stops when its parent is no longer there. */
  readonly release: () => void;
};

type Listening = {
  readonly heard: (message: FromRunner) => void;
  /** It ended; `why` says how, with the last words of its standard error. */
  readonly ended: (why: string) => void;
};

const MOST_STDERR = 2048;

const killed = (child: ChildProcess): void => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    // It leads a group of its own, so this reaches its children too.
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
};

/**
 * Starts this program again as the measuring process. It leads its own session: a Ctrl-C or a hang-up of the terminal
 * reaches the drawing process alone, which then tells it to stop and keeps the report.
 */
export const startRunner = (script: string, { heard, ended }: Listening): Runner => {
  const child = fork(script, [RUNNER], {
    detached: true,
    execArgv: [],
    serialization: 'json',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MOST_STDERR);
  });
  child.on('message', (message: FromRunner) => heard(message));
  child.on('error', (error) => ended(error.message));
  child.on('close', (code, signal) =>
    ended([signal ? `killed by ${signal}` : `exit code ${code}`, said.trim()].filter(Boolean).join(': ')),
  );
  return {
    tell: (message) => {
      if (child.connected) child.send(message, () => {});
    },
    kill: () => killed(child),
    release: () => {
      if (child.connected) child.disconnect();
      child.stderr?.destroy();
      child.unref();
    },
  };
};
