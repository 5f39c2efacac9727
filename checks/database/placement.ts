import * as z from 'zod/mini';
import { defineCheck, pass, unknown, warn } from '../../src/check.ts';
import { loginOf } from '../../src/facts/database/login.ts';
import { addressPosition, sameAddress } from '../../src/facts/database/network.ts';
import type { Host } from '../../src/host/host.ts';

/** The ranges that Docker gives its networks by itself: 172.17 to 172.31. */
const DOCKERS_OWN = /^172\.(1[7-9]|2\d|3[01])\./;

type Containers = readonly { readonly name: string; readonly address: string }[];

/** Containers here by their addresses; null where an Engine is there and does not show them. */
const containersHere = async (host: Host): Promise<Containers | null> => {
  const engine = await host.docker('engine');
  if (engine.state === 'denied' || engine.state === 'silent' || engine.state === 'unusable') return null;
  if (engine.state !== 'reachable' || !engine.local) return [];
  const { containers } = await host.docker('containers');
  return containers.flatMap(({ name, addresses }) => addresses.map((address) => ({ name, address })));
};

/** What makes one of the addresses this host's, null where nothing does; `hidden`: it may be a container's that is not shown. */
const hereBy = async (host: Host, known: readonly string[]) => {
  const found = (here: string | null, hidden = false) => ({ here, hidden });
  const loopback = known.find((address) => addressPosition(address) === 'loopback');
  if (loopback) return found(`${loopback}, this host's loopback`);
  const { addresses } = await host.system('addresses');
  const own = known.find((address) => addresses.some((one) => sameAddress(one, address)));
  if (own) return found(`${own}, an address of this host`);
  const containers = await containersHere(host);
  if (containers === null)
    return found(
      null,
      known.some((address) => DOCKERS_OWN.test(address)),
    );
  const container = containers.find(({ address }) => known.some((one) => sameAddress(one, address)));
  return found(container ? `${container.address}, container ${container.name} on this host` : null);
};

/** Whether the database is on a server of its own, as the vendor wants it in production. */
export const databasePlacement = defineCheck({
  id: 'database.placement',
  title: 'Database placement',
  group: 'database',
  phase: 'before',
  touches: "Compares the database's addresses with those of this host and of the containers on it.",
  remedy: 'Move the database to a server of its own.',
  requirement: z.strictObject({ sameHost: z.enum(['warn', 'allowed']) }),
  limit: ({ sameHost }) => ({
    op: 'is',
    value: sameHost === 'warn' ? 'another host' : 'any host',
    display: sameHost === 'warn' ? 'on another host' : 'on any host',
  }),
  async measure(host) {
    const { host: name, port, socket } = await loginOf(host);
    if (socket !== null)
      return { target: socket, addresses: [], here: `${socket}, a socket on this host`, hidden: false };
    const { addresses, address } = await host.database('connect');
    const told = address === null ? addresses : [address];
    const literal = addressPosition(name) === 'unknown' ? [] : [name];
    const known = told.length > 0 ? told : literal;
    return { target: `${name}:${port}`, addresses: known, ...(await hereBy(host, known)) };
  },
  figure({ addresses, here, hidden }) {
    if (here) return { value: 'this host', display: 'this host' };
    return addresses.length > 0 && !hidden
      ? { value: 'another host', display: 'another host' }
      : { value: null, display: 'not known' };
  },
  judge({ target, addresses, here, hidden }, { sameHost }) {
    if (here && sameHost === 'allowed')
      return pass(`The database is on this host (${here}), which will do for development`);
    if (here)
      return warn(
        `The database is on this host, or is reached through it (${here}); a server of its own is needed in production`,
        {
          subject: target,
          remedy: 'Move the database to a server of its own, a few milliseconds away.',
        },
      );
    if (addresses.length === 0)
      return unknown(`${target} resolves to no address here, so its host is not known`, {
        subject: target,
        remedy: 'Mend the name first (database.connect says what is wrong).',
      });
    if (hidden)
      return unknown(
        `${target} (${addresses.join(', ')}) may be a container of this host, whose Engine does not show them to this user`,
        { subject: target, remedy: 'Run the tool as a user who may ask the Engine.' },
      );
    return pass(
      `The database is on another host (${target}${addresses.includes(target) ? '' : `, ${addresses.join(', ')}`})`,
    );
  },
});
