import { connect, type Socket } from 'node:net';
import { codeOf } from '../../../error-code.ts';
import { CONNECTION_KINDS } from './connection-kinds.ts';
import type { Fault } from './order.ts';

/** A name with more addresses is tried at the first of them, ms between two tries: one that is silent must not hide the next. */
const MOST_ADDRESSES = 8;
const STAGGER = 300;

const KINDS: Record<string, Fault['kind']> = CONNECTION_KINDS;

/** Why a connection did not come about or was ended, by a system error. */
export const faultOf = (error: Error): Fault => {
  const code = codeOf(error);
  // The address of this end says nothing where it has none.
  return { kind: KINDS[code ?? ''] ?? 'other', message: error.message.replace(/ - Local \(.*\)$/, ''), code };
};

/** A connection that takes care of itself: an error on it ends no process. */
export type Taken = { readonly socket: Socket; readonly address: string; readonly ms: number };

/**
 * Connects to the first address that takes it, each tried a little after the one before; the others are let go. Tells why the
 * first of all did not, where none does. Nothing is said on it.
 */
export const dial = (addresses: readonly string[], port: number, withinMs: number): Promise<Taken | Fault> =>
  new Promise((settle) => {
    const since = performance.now();
    const open = new Set<Socket>();
    const faults = new Map<number, Fault>();
    const tried = addresses.slice(0, MOST_ADDRESSES);
    let next = 0;
    let waiting: NodeJS.Timeout | undefined;
    const end = (told: Taken | Fault) => {
      clearTimeout(waiting);
      clearTimeout(limit);
      for (const socket of open) if (!('socket' in told) || told.socket !== socket) socket.destroy();
      open.clear();
      next = tried.length;
      settle(told);
    };
    const late = (): Fault => ({
      kind: 'no-answer',
      message: `no connection to ${tried.map((address) => `${address}:${port}`).join(' or ')} came about within ${(withinMs / 1000).toFixed(1)} s`,
      code: 'ETIMEDOUT',
    });
    const limit = setTimeout(() => end(late()), withinMs);
    const step = () => {
      clearTimeout(waiting);
      const at = next;
      const address = tried[at];
      if (address === undefined) return;
      next += 1;
      const socket = connect({ host: address, port });
      open.add(socket);
      socket.once('connect', () => {
        open.delete(socket);
        end({ socket, address, ms: performance.now() - since });
      });
      socket.on('error', (error) => {
        if (!open.delete(socket)) return;
        faults.set(at, faultOf(error));
        if (faults.size === tried.length) end(faults.get(0) ?? late());
        else step();
      });
      if (next < tried.length) waiting = setTimeout(step, STAGGER);
    };
    if (tried.length === 0) end({ kind: 'no-such-host', message: 'there is no address', code: null });
    else step();
  });
