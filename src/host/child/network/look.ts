import { readlinkSync } from 'node:fs';
import { isIP } from 'node:net';
import type { ConnectionFailure } from '../../answers/connection.ts';
import { nameTimes } from './name-times.ts';
import { type Names, namesFor } from './names.ts';
import type { Fault, Limits, LookOrder, Reached, ReachLook, Timed } from './order.ts';
import { isOfContainer } from './process-of.ts';
import { dial } from './reach.ts';

type Port = Reached['ports'][number];
type Steps = Port['steps'];

const network = (process: number | 'self'): string => readlinkSync(`/proc/${process}/ns/net`);

const failed = (step: ConnectionFailure['step'], fault: Fault): ConnectionFailure => ({ step, ...fault });

/** One port: the connection, and a handshake where TLS is asked for. */
const portOf = async (
  { host, authority }: ReachLook,
  port: string,
  addresses: readonly string[],
  before: Steps,
  { step, whole }: Limits,
  since: number,
): Promise<Port> => {
  const [number = '', kind] = port.split('/');
  const left = () => Math.max(Math.min(step, since + whole - performance.now()), 100);
  const taken = await dial(addresses, Number(number), left());
  if ('kind' in taken) return { port, address: null, steps: before, failed: failed('tcp', taken), tls: null };
  const { address } = taken;
  const steps: Steps = [...before, { step: 'tcp', ms: taken.ms }];
  if (kind === 'tcp') {
    taken.socket.destroy();
    return { port, address, steps, failed: null, tls: null };
  }
  // Loaded where it is wanted: cryptography costs as much time as starting Node.
  const { SYSTEM, tlsLook } = await import('./tls-look.ts');
  const again = async () => {
    const another = await dial([address], Number(number), left());
    return 'kind' in another ? null : another.socket;
  };
  const other = authority ? { by: authority.by, certificates: () => authority.certificates } : SYSTEM;
  const shaking = performance.now();
  const session = await tlsLook(taken.socket, again, host, [other], left());
  if ('kind' in session) return { port, address, steps, failed: failed('tls', session), tls: null };
  return {
    port,
    address,
    steps: [...steps, { step: 'tls', ms: performance.now() - shaking }],
    failed: null,
    tls: session,
  };
};

const reached = async (look: ReachLook, names: Names, limits: Limits): Promise<Reached> => {
  const { host, ports } = look;
  const since = performance.now();
  const addresses = await names.resolve(host, limits.name);
  const took = performance.now() - since;
  if ('kind' in addresses) {
    const fault = failed('dns', addresses);
    const none = ports.map((port) => ({ port, address: null, steps: [], failed: fault, tls: null }));
    return { addresses: [], dns: null, ports: none };
  }
  // An address is no name: nothing was looked up.
  const dns = isIP(host) ? null : took;
  const before: Steps = dns === null ? [] : [{ step: 'dns', ms: dns }];
  const seen = ports.map((port) => portOf(look, port, addresses, before, limits, since));
  return { addresses: [...addresses], dns, ports: await Promise.all(seen) };
};

/**
 * Takes all these looks at the same time, in the network of this very process. Rejects where that is to be a container's and is
 * not: a process number is given anew when a container ends.
 */
export const looks = async ({ from, looks: wanted, limits }: LookOrder): Promise<(Reached | Timed)[]> => {
  if (from && (!isOfContainer(from.pid, from.id) || network('self') !== network(from.pid)))
    throw new Error('the container ended meanwhile');
  const names = namesFor(from);
  return Promise.all(
    wanted.map((look) => (look.what === 'dns' ? nameTimes(look.host, names, limits) : reached(look, names, limits))),
  );
};
