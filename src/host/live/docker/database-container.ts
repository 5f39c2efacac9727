import { sameAddress } from '../../../facts/database/network.ts';
import { addresses } from '../addresses.ts';
import type { Inspected } from './inspected.ts';
import type { ContainerList, Listed } from './list.ts';

/** Networks in which containers do not know each other by name. */
const NAMELESS = new Set(['bridge', 'host', 'none']);
/** Names by which a container reaches the machine that it runs on. */
const OF_HOST = new Set(['host.docker.internal', 'gateway.docker.internal', 'host-gateway', 'localhost']);

type Client = Pick<Inspected, 'env' | 'linked' | 'networks' | 'id'>;

/** What a client's WA_DB_HOSTNAME and WA_DB_PORT name. */
const targetOf = ({ env }: Client) => ({
  host: (env['WA_DB_HOSTNAME'] ?? '').toLowerCase().replace(/\.$/, ''),
  port: Number(env['WA_DB_PORT'] || (/^PGSQL$/i.test(env['WA_DB_ENGINE'] ?? '') ? 5432 : 3306)),
});

const shared = (client: Client, one: Listed): boolean =>
  one.networks.some(({ name }) => !NAMELESS.has(name) && client.networks.some((own) => own.name === name));

/** Whether a container is the one that a client's WA_DB_HOSTNAME names: by link, address, name, or a port on this host. */
const isTarget = (client: Client, one: Listed, own: readonly string[]): boolean => {
  const { host, port } = targetOf(client);
  if (!host || one.id === client.id) return false;
  const linked = client.linked.find(({ alias }) => alias.toLowerCase() === host);
  if (linked) return one.name === linked.container || one.id.startsWith(linked.container);
  if (one.networks.some((network) => network.addresses.some((address) => sameAddress(address, host)))) return true;
  if (shared(client, one) && [one.name, one.clues.service].some((name) => name.toLowerCase() === host)) return true;
  const onHost = OF_HOST.has(host) || own.some((address) => sameAddress(address, host));
  return onHost && one.ports.some((published) => published.host === port);
};

/** The containers of the list that the clients' WA_DB_HOSTNAME name. */
export const databaseTargets = (clients: readonly Client[], { containers }: ContainerList): readonly Listed[] => {
  const own = addresses().addresses;
  return containers.filter((one) => clients.some((client) => isTarget(client, one, own)));
};

/** The containers that may be known by an alias that a client's WA_DB_HOSTNAME names: only inspecting them tells. */
export const aliasCandidates = (clients: readonly Client[], { containers }: ContainerList): readonly Listed[] => {
  const searching = clients.filter((client) => {
    const { host } = targetOf(client);
    return host !== '' && !OF_HOST.has(host) && !host.includes(':') && !/^[\d.]+$/.test(host);
  });
  return containers.filter((one) => one.state === 'running' && searching.some((client) => shared(client, one)));
};

/** Whether an inspected container has an alias, in a network of the client's, that its WA_DB_HOSTNAME names. */
export const hasAlias = (clients: readonly Client[], one: Inspected): boolean =>
  clients.some((client) =>
    one.networks.some(
      ({ name, aliases }) =>
        !NAMELESS.has(name) &&
        client.networks.some((network) => network.name === name) &&
        aliases.some((alias) => alias.toLowerCase() === targetOf(client).host),
    ),
  );
