import { type Lack, type Reading, SourceError } from '../host/source.ts';

/** How long a source may be silent, and what ends all. */
export type Guard = {
  readonly signal: AbortSignal;
  /** Longest pause, ms. */
  readonly patience: number;
};

/** What an error of a source comes to. */
export const lackOf = (error: unknown): Lack => {
  if (error instanceof SourceError) return { state: error.state, reason: error.message };
  return { state: 'failed', reason: error instanceof Error ? error.message : String(error) };
};

/** A step of a source, within the time that it may be silent; then it is left alone. */
export const patiently = async <T>(step: Promise<T>, { signal, patience }: Guard): Promise<T> => {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const late = () => reject(new SourceError('timed-out', `nothing came for ${Math.round(patience / 1000)} s`));
  const stopped = () => reject(signal.reason);
  const timer = setTimeout(late, patience);
  signal.addEventListener('abort', stopped, { once: true });
  step.catch(() => {});
  try {
    signal.throwIfAborted();
    return await Promise.race([step, over]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stopped);
  }
};

/**
 * The chunks of a reading. An error of the source ends them early, and is told at the end: a part is better than nothing. Only
 * the end of all throws.
 */
export const guarded = (
  reading: Reading,
  guard: Guard,
): { readonly chunks: AsyncIterable<Uint8Array>; readonly lacks: () => Lack | null } => {
  let failed: Lack | null = null;
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    const from = reading.chunks[Symbol.asyncIterator]();
    const leave = () => void from.return?.()?.catch(() => {});
    try {
      for (let next = await patiently(from.next(), guard); !next.done; next = await patiently(from.next(), guard))
        yield next.value;
    } catch (error) {
      guard.signal.throwIfAborted();
      failed = lackOf(error);
    } finally {
      // A source that hangs does not end either: nobody waits for it.
      leave();
    }
  };
  return { chunks: chunks(), lacks: () => failed ?? reading.lacks() };
};
