import type { Session } from './engine.ts';

/** The ms of an exchange, from the question to the last bytes of the answer: what the library makes of them comes later. */
export const exchange = (session: Session, ask: () => Promise<unknown>) => async (): Promise<number> => {
  const start = performance.now();
  await ask();
  return Math.max(session.heardAt() - start, 0);
};
