import { readlinkSync } from 'node:fs';
import { isIP } from 'node:net';
import { textInside } from './foreign-root.ts';
import type { FromNetwork, NetworkOrder } from './order.ts';
import { isOfContainer } from './process-of.ts';
import { reach } from './reach.ts';
import { resolve } from './resolve.ts';

const network = (process: number | 'self'): string => readlinkSync(`/proc/${process}/ns/net`);

/**
 * Resolves a name with a container's own files, and connects, in the network of this very process. Rejects where that is
 * not the container's: a process number is given anew when a container ends.
 */
export const fromContainer = async ({ pid, id, host, port }: NetworkOrder): Promise<FromNetwork> => {
  if (!isOfContainer(pid, id) || network('self') !== network(pid)) throw new Error('the container ended meanwhile');
  const root = `/proc/${pid}/root`;
  const files = { hosts: textInside(root, '/etc/hosts') ?? '', resolv: textInside(root, '/etc/resolv.conf') ?? '' };
  const since = performance.now();
  const resolved = await resolve(host, files);
  // An address is no name: nothing was looked up.
  const dns = isIP(host) ? [] : [{ step: 'dns' as const, ms: performance.now() - since }];
  if ('kind' in resolved) return { addresses: [], address: null, steps: [], failed: { step: 'dns', ...resolved } };
  const addresses = [...resolved];
  const reached = await reach(addresses, port);
  if ('kind' in reached) return { addresses, address: null, steps: dns, failed: { step: 'tcp', ...reached } };
  return { addresses, address: reached.address, steps: [...dns, { step: 'tcp', ms: reached.ms }], failed: null };
};
