import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { addressesOf as answeredBy } from '../child/network/addresses-of.ts';
import { addressesOf } from '../child/network/name-files.ts';
import type { Fault } from '../child/network/order.ts';
import { askChild } from './child.ts';

type Answered = Awaited<ReturnType<typeof answeredBy>>;

/**
 * The addresses of a name for programs of this host, or why there are none. The C library, which knows all that this host is
 * configured with, cannot be stopped, and a process cannot even end before it: what the hosts file does not hold is asked in a
 * child, which can be killed. Rejects only when cancelled.
 */
export const resolved = async (
  host: string,
  signal: AbortSignal,
  withinMs: number,
): Promise<readonly string[] | Fault> => {
  if (isIP(host)) return [host];
  const listed = addressesOf(host, await readFile('/etc/hosts', 'utf8').catch(() => ''));
  if (listed.length > 0) return listed;
  const late = `"${host}": no name server answered within ${(withinMs / 1000).toFixed(1)} s`;
  try {
    const asking = { signal, progress: () => {} };
    const told = (await askChild({ ask: 'addresses-of', about: host }, asking, withinMs, () => late)) as Answered;
    return 'fault' in told ? told.fault : told.addresses;
  } catch (error) {
    signal.throwIfAborted();
    const message = error instanceof Error ? error.message : late;
    return { kind: 'no-name-answer', message, code: message === late ? 'ETIMEDOUT' : null };
  }
};
