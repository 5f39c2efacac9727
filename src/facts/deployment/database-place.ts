import type { DeployedContainer, Deployment } from '../../host/answers/deployment.ts';
import type { DockerAnswers } from '../../host/answers/docker.ts';
import type { Host } from '../../host/host.ts';
import { addressPosition, type NetworkPosition, networkPosition } from '../database/network.ts';
import { variableOf } from './deployment.ts';

/** Where the database of some clients is: by its addresses as their own network sees them, else by what names it. */
export type DatabasePlace = {
  readonly host: string | null;
  /** The way to it: within this host, a private network, or across networks. */
  readonly position: NetworkPosition;
};

/** Addresses that clients found for a name. */
const seenInside = (links: DockerAnswers['links'] | null, host: string): readonly string[] =>
  links?.containers.flatMap(({ targets }) =>
    targets.filter((one) => one.host === host).flatMap(({ addresses }) => addresses),
  ) ?? [];

/** Addresses that the tool itself found for a name, where its database login names the same. */
const seenHere = async (host: Host, name: string): Promise<readonly string[]> => {
  const { found } = await host.database('login');
  if (found?.host !== name) return [];
  const { address, addresses } = await host.database('connect');
  return address === null ? addresses : [address];
};

const isContainer = (name: string, { containers }: Deployment): boolean =>
  containers.some(
    (one: DeployedContainer) =>
      one.role === 'database' &&
      [one.name, one.compose?.service, ...one.networks.flatMap(({ aliases }) => aliases)].includes(name),
  );

/** Where the database of some clients is. */
export const databasePlace = async (
  host: Host,
  deployment: Deployment,
  clients: readonly DeployedContainer[],
): Promise<DatabasePlace> => {
  const name = clients.map((one) => variableOf(one, 'WA_DB_HOSTNAME')).find((one) => one) ?? null;
  if (name === null) return { host: null, position: 'unknown' };
  if (isContainer(name, deployment)) return { host: name, position: 'private' };
  if (addressPosition(name) !== 'unknown' || deployment.from !== 'engine')
    return { host: name, position: addressPosition(name) };
  const inside = seenInside(await host.docker('links'), name);
  const addresses = inside.length > 0 ? inside : await seenHere(host, name);
  return { host: name, position: networkPosition({ socket: null, address: null, addresses, host: name }) };
};
