import { lookup } from 'node:dns';
import { connect, isIP, type Socket } from 'node:net';
import { ConnectError } from './connect-error.ts';
import type { DatabaseOrder } from './order.ts';
import { type Trip, take } from './trip.ts';

const resolved = (host: string): Promise<readonly string[]> =>
  new Promise((found, failed) => {
    lookup(host, { all: true }, (error, all) => {
      // Too long, or of letters that no name has: nobody was asked for it.
      if (error?.code === 'EINVAL') failed(new ConnectError('no-such-host', 'this can be no name of a host', 'EINVAL'));
      else if (error) failed(error);
      else found([...new Set(all.map(({ address }) => address))]);
    });
  });

const dialled = (where: { path: string } | { host: string; port: number }, limit: number): Promise<Socket> =>
  new Promise((connected, failed) => {
    const socket = connect({ ...where, noDelay: true });
    const name = 'path' in where ? where.path : where.host;
    const timer = setTimeout(() => {
      const late = new Error(`no answer from ${name} within ${(limit / 1000).toFixed(1)} s`);
      socket.destroy(Object.assign(late, { code: 'ETIMEDOUT' }));
    }, limit);
    socket.once('close', () => clearTimeout(timer));
    const refused = (error: Error) => {
      // The address of this end, where it has none.
      error.message = error.message.replace(/ - Local \(.*\)$/, '');
      failed(error);
    };
    socket.once('error', refused);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', refused);
      // From here on whoever uses it learns of errors by its end; none may end the process.
      socket.on('error', () => {});
      connected(socket);
    });
  });

/** One address after the other; each gets its share of the time. */
const dialledFirst = async (addresses: readonly string[], port: number, limit: number): Promise<Socket> => {
  const end = performance.now() + limit - 50;
  let why: unknown = new Error('the name has no address');
  for (const [at, host] of addresses.entries())
    try {
      return await dialled({ host, port }, Math.max((end - performance.now()) / (addresses.length - at), 50));
    } catch (error) {
      why = error;
    }
  throw why;
};

/** A connected socket without a word said on it: by the name, the address that was found elsewhere, or a socket's path. */
export const reach = async ({ login, address }: DatabaseOrder, trip: Trip): Promise<Socket> => {
  const { socket: path, host, port } = login;
  if (path !== null) {
    const socket = await take(trip, 'tcp', (limit) => dialled({ path }, limit));
    trip.address = path;
    return socket;
  }
  if (address !== null || isIP(host)) trip.addresses = [address ?? host];
  else trip.addresses = await take(trip, 'dns', () => resolved(host));
  const socket = await take(trip, 'tcp', (limit) => dialledFirst(trip.addresses, port, limit));
  trip.address = socket.remoteAddress ?? null;
  return socket;
};
