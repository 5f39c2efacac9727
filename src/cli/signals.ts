import type { Interruption } from '../trial.ts';

const ENDINGS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** The longest that anything may take to clean up after a run was stopped, ms. */
const GRACE_MS = 1500;

/**
 * Calls `stop` on the first signal, in place of whatever listened before; a second one ends the process at once, and so
 * does a stop that takes too long.
 * Returns a function that stops listening.
 */
export const onSignals = (stop: (interruption: Interruption) => void): (() => void) => {
  let stopping = false;
  const handlers = Object.entries(ENDINGS).map(([by, exitCode]) => {
    const handler = () => {
      if (stopping) process.exit(exitCode);
      stopping = true;
      setTimeout(() => process.exit(exitCode), GRACE_MS).unref();
      stop({ by, exitCode });
    };
    // Never without a listener in between: a signal that is on its way would be lost.
    const before = process.listeners(by as NodeJS.Signals);
    process.on(by, handler);
    for (const one of before) process.off(by, one);
    return [by, handler] as const;
  });
  return () => {
    for (const [by, handler] of handlers) process.off(by, handler);
  };
};

/** Ends the process with a code when its last work is done, or when that takes too long. */
export const leave = (exitCode: number): void => {
  process.exitCode = exitCode;
  setTimeout(() => process.exit(exitCode), GRACE_MS).unref();
};
