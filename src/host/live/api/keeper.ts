import { Agent } from 'node:http';
import type { Socket } from 'node:net';
import { httpFailure } from './api-failure.ts';
import type { Limit } from './line.ts';

/** Connections that are kept for further calls. */
export type Keeper = {
  readonly agent: Agent;
  /** Waits for a turn, and gives back what ends it. Rejects with an ApiFailure where none comes in time, or when cancelled. */
  readonly turn: (limit: Limit) => Promise<() => void>;
};

/** One is used after the other; a second one only where the first is busy, so that one slow node does not hold up the rest. */
export const KEPT = 2;

const turnstile = (): Keeper['turn'] => {
  const waiting: (() => void)[] = [];
  let inside = 0;
  const leave = () => {
    inside -= 1;
    waiting.shift()?.();
  };
  return ({ until, signal }) =>
    new Promise((entered, failed) => {
      const settle = (then: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        const at = waiting.indexOf(enter);
        if (at >= 0) waiting.splice(at, 1);
        then();
      };
      const enter = () =>
        settle(() => {
          inside += 1;
          entered(leave);
        });
      const cancel = () => settle(() => failed(signal.reason));
      const late = () => settle(() => failed(httpFailure('no-answer', 'it did not answer earlier calls in time')));
      const timer = setTimeout(late, Math.max(until - performance.now(), 1));
      if (signal.aborted) return cancel();
      signal.addEventListener('abort', cancel, { once: true });
      if (inside < KEPT) enter();
      else waiting.push(enter);
    });
};

/**
 * Keeps connections, each made by `open`. Being an agent of ours, it asks no proxy of the environment. Node counts only those that
 * are made already, so it is we who let no more calls in than there may be connections.
 */
export const keeper = (open: () => Promise<Socket>): Keeper => {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: KEPT });
  agent.createConnection = (_, made) => {
    open().then(
      (socket) => made?.(null, socket),
      (error: Error) => made?.(error, undefined as never),
    );
    return undefined;
  };
  return { agent, turn: turnstile() };
};
