import { setTimeout as pause } from 'node:timers/promises';
import type { Asking } from '../../host.ts';

/** Questions that come within this time of the first go the same way, ms. */
const WINDOW = 15;

type Batch<Order, Answer> = {
  readonly orders: Order[];
  readonly found: Promise<readonly Answer[]>;
  readonly stop: AbortController;
  askers: number;
};

/**
 * Sends orders that come at about the same time as one: a child takes as long to start as most looks. Whoever gives up leaves the
 * others waiting; all of it is stopped when all of them gave up.
 */
export const together = <Order, Answer>(
  send: (orders: readonly Order[], asking: Asking) => Promise<readonly Answer[]>,
): ((order: Order, signal: AbortSignal) => Promise<Answer>) => {
  let open: Batch<Order, Answer> | null = null;
  const begin = (): Batch<Order, Answer> => {
    const stop = new AbortController();
    const orders: Order[] = [];
    const found = pause(WINDOW).then(() => {
      if (open?.orders === orders) open = null;
      return send(orders, { signal: stop.signal, progress: () => {} });
    });
    // Whoever waits hears of it; all may have given up.
    found.catch(() => {});
    return { orders, found, stop, askers: 0 };
  };
  return async (order, signal) => {
    signal.throwIfAborted();
    open ??= begin();
    const mine = open;
    const at = mine.orders.push(order) - 1;
    mine.askers += 1;
    const { promise: gaveUp, reject } = Promise.withResolvers<never>();
    const leave = () => {
      mine.askers -= 1;
      if (mine.askers === 0) {
        if (open === mine) open = null;
        mine.stop.abort(signal.reason);
      }
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      const answer = (await Promise.race([mine.found, gaveUp]))[at];
      if (answer === undefined) throw new Error('the measuring process left a look out');
      return answer;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  };
};
