import type { Interruption } from '../trial.ts';
import { errorDocument } from './error-document.ts';
import type { ShowOptions } from './options.ts';
import { print, tell } from './output.ts';
import { leave, onSignals } from './signals.ts';

/** The end of a work by a signal. */
class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly exitCode: number;
  constructor({ by, exitCode }: Interruption) {
    super(`stopped by ${by}: nothing was written`);
    this.exitCode = exitCode ?? 143;
  }
}

/** Does something that a signal stops: then it undoes itself, that is told, and this leaves with the signal's code. */
export const untilStopped = async (
  showing: Pick<ShowOptions, 'format'>,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  const stop = new AbortController();
  onSignals((interruption) => stop.abort(new Stopped(interruption)));
  try {
    await work(stop.signal);
  } catch (error) {
    if (!(stop.signal.reason instanceof Stopped)) throw error;
    const { message, exitCode } = stop.signal.reason;
    if (showing.format === 'json') await print(process.stdout, errorDocument('stopped', message)).catch(() => {});
    tell(`wa-preflight: ${message}`);
    leave(exitCode);
  }
};
