import { namesFor } from './names.ts';
import type { Fault } from './order.ts';

/** Longer than whoever asks waits: the end of a child that is late is its asker's to bring about, ms. */
const LIMIT = 30_000;

/** The addresses that a name has for the programs of this host, or why it has none. */
export const addressesOf = async (
  host: string,
): Promise<{ readonly addresses: string[] } | { readonly fault: Fault }> => {
  const found = await namesFor(null).resolve(host, LIMIT);
  return 'kind' in found ? { fault: found } : { addresses: [...found] };
};
