/** A look that is taken once and shared by all who ask for it. */
export type SharedLook<T> = {
  readonly ask: (signal: AbortSignal) => Promise<T>;
  /** Forgets it, so that the next who asks looks anew. */
  readonly renew: () => void;
};

type Kept<T> = { readonly found: Promise<T>; readonly stop: AbortController; askers: number };

/**
 * Takes a look for the first who asks and shares what it comes to, a failure too. Whoever gives up leaves the others waiting; it
 * is stopped when all of them gave up, and then the next who asks looks anew.
 */
export const sharedLook = <T>(look: (signal: AbortSignal) => Promise<T>): SharedLook<T> => {
  let kept: Kept<T> | null = null;
  const begin = (): Kept<T> => {
    const stop = new AbortController();
    const found = look(stop.signal);
    // Whoever waits hears of it; all may have given up.
    found.catch(() => {});
    return { found, stop, askers: 0 };
  };
  return {
    ask: async (signal) => {
      signal.throwIfAborted();
      kept ??= begin();
      const mine = kept;
      const { promise: gaveUp, reject } = Promise.withResolvers<never>();
      const leave = () => reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      mine.askers += 1;
      try {
        return await Promise.race([mine.found, gaveUp]);
      } finally {
        signal.removeEventListener('abort', leave);
        mine.askers -= 1;
        if (signal.aborted && mine.askers === 0) {
          if (kept === mine) kept = null;
          mine.stop.abort(signal.reason);
        }
      }
    },
    renew: () => {
      kept = null;
    },
  };
};
