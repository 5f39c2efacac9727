import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseOrder } from './order.ts';
import { reach } from './reach.ts';
import { setOut } from './trip.ts';

/** The first one finds the address: where there are others it is not among the figures. */
const CONNECTS = 5;
/** No connect begins later than this, ms. */
const CONNECTING = 1500;
/** How long the server may take to end a connection that was ended here, ms. */
const FAREWELL = 300;

/** Ends a connection so that neither side is surprised: what the server still says is heard. */
const bidFarewell = async (socket: Socket): Promise<void> => {
  const ended = socket.destroyed ? null : once(socket, 'close');
  socket.resume().end();
  await Promise.race([ended, pause(FAREWELL, null, { ref: false })]).catch(() => {});
  socket.destroy();
};

/**
 * TCP connects to the server without a word said, ms each, and the address they came to. To be taken before a login that
 * succeeds: that resets MySQL's count of handshakes which came to nothing.
 */
export const tcpConnects = async (
  order: DatabaseOrder,
): Promise<{ readonly tcp: readonly number[]; readonly address: string | null }> => {
  if (order.login.socket !== null) return { tcp: [], address: null };
  const start = performance.now();
  const farewells: Promise<void>[] = [];
  const tcp: number[] = [];
  let { address } = order;
  try {
    for (let turn = 0; turn < CONNECTS && (turn === 0 || performance.now() - start < CONNECTING); turn += 1) {
      const trip = setOut();
      farewells.push(bidFarewell(await reach({ ...order, address }, trip)));
      tcp.push(trip.spent.get('tcp') ?? 0);
      address = trip.address;
    }
  } finally {
    await Promise.all(farewells);
  }
  return { tcp: tcp.length > 1 ? tcp.slice(1) : tcp, address };
};
