import { networkInterfaces } from 'node:os';
import type { SystemAnswers } from '../answers/system.ts';

/** Addresses of this machine's own interfaces: without scope, each once. */
export const addresses = (): SystemAnswers['addresses'] => {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return { addresses: [...new Set(all.map(({ address }) => address))] };
};
