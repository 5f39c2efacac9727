import { namesFor } from './names.ts';
import type { Fault } from './order.ts';

/** Longer than whoever asks waits: the end of a child that is late is its asker's to bring about, ms. */
const LIMIT = 30_000;

/**
 * The addresses that a name has for the programs of this host, or why it has none. A process that ends waits for the C library,
 * which waits for its name servers: this one does not.
 */
export const addressesOf = async (
  host: string,
): Promise<{ readonly addresses: string[] } | { readonly fault: Fault }> => {
  const atOnce = () => process.kill(process.pid, 'SIGKILL');
  process.once('exit', atOnce);
  const found = await namesFor(null).resolve(host, LIMIT);
  process.off('exit', atOnce);
  return 'kind' in found ? { fault: found } : { addresses: [...found] };
};
