import { askChild } from '../child.ts';
import type { ClientContainer } from './inspected.ts';

/** Looking at a few names takes a moment, unless their file system hangs, ms. */
const PATIENCE = 3000;

/** What the logs of containers hold on this host, with those that were rotated away, bytes; null where that cannot be looked at. */
export const logSizes = async (
  containers: readonly Pick<ClientContainer, 'logPath' | 'engine'>[],
  signal: AbortSignal,
): Promise<readonly (number | null)[]> => {
  const paths = containers.map(({ logPath, engine }) => (engine.local ? logPath : null));
  if (paths.every((path) => path === null)) return paths.map(() => null);
  const asking = { signal, progress: () => {} };
  try {
    return (await askChild({ ask: 'log-sizes', about: paths }, asking, PATIENCE, () => 'late')) as (number | null)[];
  } catch {
    signal.throwIfAborted();
    return paths.map(() => null);
  }
};
