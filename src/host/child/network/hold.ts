import type { ConnectionFailure } from '../../answers/connection.ts';
import type { NetworkAnswers } from '../../answers/network.ts';
import type { Progress } from '../../host.ts';
import { namesFor } from './names.ts';
import { dial, faultOf } from './reach.ts';

/** What is held open, for how long, ms. */
export type HoldOrder = { readonly host: string; readonly port: number; readonly wantedMs: number };

type Held = Omit<NetworkAnswers['hold'], 'skipped'>;

/** A name, and a connection, may each take this long, ms. */
const LIMIT = 5000;
const BETWEEN = 1000;

/** Connects and says nothing for as long as it is told; ends before where the other side does. */
export const hold = async ({ host, port, wantedMs }: HoldOrder, tell: (progress: Progress) => void): Promise<Held> => {
  const never = (step: ConnectionFailure['step'], fault: Omit<ConnectionFailure, 'step'>): Held => ({
    heldMs: 0,
    wantedMs,
    failed: { step, ...fault },
  });
  const addresses = await namesFor(null).resolve(host, LIMIT);
  if ('kind' in addresses) return never('dns', addresses);
  const taken = await dial(addresses, port, LIMIT);
  if ('kind' in taken) return never('tcp', taken);
  const { socket } = taken;
  const since = performance.now();
  const held = () => performance.now() - since;
  const share = () => {
    const done = Math.min(held() / wantedMs, 1);
    tell({ done, note: `open for ${Math.floor(held() / 1000)} of ${Math.round(wantedMs / 1000)} s` });
  };
  const { promise, resolve } = Promise.withResolvers<ConnectionFailure | null>();
  const clock = setInterval(share, BETWEEN);
  const enough = setTimeout(() => resolve(null), wantedMs);
  const ended = { step: 'tcp', kind: 'closed', message: 'the other side ended the connection', code: null } as const;
  socket.on('error', (error) => resolve({ step: 'tcp', ...faultOf(error) }));
  socket.on('close', () => resolve(ended));
  // What it says is heard and thrown away; an end of its own is an end.
  socket.on('end', () => resolve(ended)).resume();
  share();
  const failed = await promise;
  const heldMs = held();
  clearInterval(clock);
  clearTimeout(enough);
  socket.destroy();
  return { heldMs, wantedMs, failed };
};
