import { connect } from 'node:net';
import { codeOf } from '../../../error-code.ts';
import { systemKind } from '../database/system-kind.ts';
import type { Fault } from './order.ts';

/** All addresses together get this long, ms. */
const LIMIT = 4000;

const faultOf = (error: Error): Fault => {
  const code = codeOf(error);
  return { kind: systemKind(code) ?? 'other', message: error.message, code };
};

const opened = (address: string, port: number, withinMs: number): Promise<Fault | null> =>
  new Promise((settle) => {
    const socket = connect({ host: address, port });
    const end = (fault: Fault | null) => {
      clearTimeout(timer);
      socket.destroy();
      settle(fault);
    };
    const late = `no connection to ${address}:${port} came about within ${(withinMs / 1000).toFixed(1)} s`;
    const timer = setTimeout(() => end({ kind: 'no-answer', message: late, code: 'ETIMEDOUT' }), withinMs);
    socket.once('connect', () => end(null));
    socket.on('error', (error) => end(faultOf(error)));
  });

/** The first address that takes a connection and its time, ms, or why the first of all does not. Nothing is said on it. */
export const reach = async (
  addresses: readonly string[],
  port: number,
): Promise<{ readonly address: string; readonly ms: number } | Fault> => {
  const end = performance.now() + LIMIT;
  let first: Fault | null = null;
  for (const [index, address] of addresses.entries()) {
    const left = (end - performance.now()) / (addresses.length - index);
    const since = performance.now();
    const fault = await opened(address, port, left);
    if (!fault) return { address, ms: performance.now() - since };
    first ??= fault;
  }
  return first ?? { kind: 'no-such-host', message: 'there is no address', code: null };
};
