/** A look that is taken once and shared by all who ask for it. */
export type SharedLook<T> = {
  readonly ask: (signal: AbortSignal) => Promise<T>;
  /** Forgets it, so that the next who asks looks anew. */
  readonly renew: () => void;
};

/** Takes a look for the first who asks and shares it. One that failed is taken anew, also by those who waited for an asker that gave up. */
export const sharedLook = <T>(look: (signal: AbortSignal) => Promise<T>): SharedLook<T> => {
  let kept: { readonly found: Promise<T>; readonly by: AbortSignal } | null = null;
  return {
    ask: async (signal) => {
      for (;;) {
        signal.throwIfAborted();
        kept ??= { found: look(signal), by: signal };
        const mine = kept;
        try {
          return await mine.found;
        } catch (error) {
          if (kept === mine) kept = null;
          if (signal.aborted || !mine.by.aborted) throw error;
        }
      }
    },
    renew: () => {
      kept = null;
    },
  };
};
