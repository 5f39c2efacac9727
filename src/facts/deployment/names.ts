import type { DeployedContainer } from '../../host/answers/deployment.ts';
import { addressPosition } from '../database/network.ts';
import { isSet, variableOf } from './deployment.ts';
import { isThere } from './in-use.ts';

/** How a name is resolved in a container, as far as its configuration tells. */
type Rule =
  /** An address, or given by links, extra_hosts or a network that both are in. */
  | 'given'
  /** The name servers of the host decide: nothing speaks against it. */
  | 'name-servers'
  /** A container's name on Docker's default network, which resolves none. */
  | 'default-network'
  /** No container that is known has it, and Docker's default network resolves none: only a search domain could. */
  | 'default-network-unknown'
  /** A container has it, in a network that this one is not in. */
  | 'other-network'
  /** It is to be a Coreapp's, and none here has it. */
  | 'nobody'
  /** The container that has it does not run, or is not there. */
  | 'down';

export type NamedHost = { readonly variable: string; readonly name: string; readonly rule: Rule };

const BRIDGES = new Set(['bridge', 'default']);

/** Services of the vendor's own files: a full name of another server is no such word. */
const VENDORS_OWN = new Set(['db', 'wacore', 'waweb', 'master', 'master1', 'master2', 'wacore1', 'wacore2', 'wacore3']);

/** The container whose network this one shares ("container:ID", "service:NAME"), itself otherwise. */
const ownerOf = (container: DeployedContainer, all: readonly DeployedContainer[]): DeployedContainer => {
  const [, kind, who = ''] = /^(container|service):(.+)$/.exec(container.networkMode) ?? [];
  if (!kind) return container;
  const named = ({ id, name, compose }: DeployedContainer) =>
    kind === 'service' ? compose?.service === who || name === who : name === who || (id !== '' && id.startsWith(who));
  return all.find((one) => one !== container && named(one)) ?? container;
};

const ownNetworks = ({ networks }: DeployedContainer): readonly string[] =>
  networks.map(({ name }) => name).filter((name) => !BRIDGES.has(name));

/** Whether a container is on Docker's default network and on no other, where no container is known by its name. */
const isOnDefaultNetwork = (container: DeployedContainer): boolean =>
  BRIDGES.has(container.networkMode) && ownNetworks(container).length === 0;

/** Docker's name service does not tell capitals from small letters. */
const has = (names: readonly string[], name: string): boolean =>
  names.some((one) => one.toLowerCase() === name.toLowerCase());

/** Names that a container has in one of its networks. */
const namesIn = ({ name, compose, networks }: DeployedContainer, network: string): readonly string[] => {
  const here = networks.find((one) => one.name === network);
  return here ? [name, ...(compose ? [compose.service] : []), ...here.aliases] : [];
};

const anyNamesOf = (container: DeployedContainer): readonly string[] => [
  container.name,
  ...(container.compose ? [container.compose.service] : []),
  ...container.networks.flatMap(({ aliases }) => aliases),
];

const isOfTheHost = (name: string): boolean => addressPosition(name) !== 'unknown' || name.includes('.');

const ruleFor = (
  container: DeployedContainer,
  variable: string,
  name: string,
  all: readonly DeployedContainer[],
): Rule => {
  const owner = ownerOf(container, all);
  if (addressPosition(name) !== 'unknown') return 'given';
  if (has([...owner.links, ...owner.extraHosts, ...container.extraHosts], name)) return 'given';
  const networks = ownNetworks(owner);
  const peers = all.filter((one) => networks.some((network) => has(namesIn(one, network), name)));
  if (peers.length > 0) return peers.some(isThere) ? 'given' : 'down';
  if (isOfTheHost(name) || ['host', 'none'].includes(owner.networkMode)) return 'name-servers';
  // Without any Coreapp its name leads nowhere, however right it is.
  if (variable === 'WACORE_HOSTNAME' && !all.some(({ role }) => role === 'coreapp' || role === 'master')) return 'down';
  const bearers = all.filter((one) => has(anyNamesOf(one), name));
  if (isOnDefaultNetwork(owner))
    return bearers.length > 0 || VENDORS_OWN.has(name) ? 'default-network' : 'default-network-unknown';
  if (/^(container|service):/.test(owner.networkMode)) return 'name-servers';
  if (bearers.some(isThere)) return 'other-network';
  if (bearers.length > 0) return 'down';
  const coreappsBeside = all.some(
    (one) => one.role === 'coreapp' && one.networks.some((network) => networks.includes(network.name)),
  );
  return variable === 'WACORE_HOSTNAME' && coreappsBeside ? 'nobody' : 'name-servers';
};

/** Each name that a container is given, or that others in its cluster have, and how it is resolved in it. */
export const namedHosts = (container: DeployedContainer, all: readonly DeployedContainer[]): readonly NamedHost[] => {
  const own = ['WA_DB_HOSTNAME', ...(container.role === 'webapp' ? ['WACORE_HOSTNAME'] : [])]
    .filter((variable) => isSet(container, variable))
    .map((variable) => ({ variable, name: variableOf(container, variable) }));
  const cluster = all
    .filter((one) => one !== container && isSet(one, 'COREAPP_HOSTNAME') && isSet(container, 'WA_APP_MULTICONNECT'))
    .map((one) => ({ variable: 'COREAPP_HOSTNAME', name: variableOf(one, 'COREAPP_HOSTNAME') }));
  const named = [...own, ...cluster].flatMap(({ variable, name }) => (name ? [{ variable, name }] : []));
  const once = named.filter(({ name }, at) => named.findIndex((one) => one.name === name) === at);
  return once.map((one) => ({ ...one, rule: ruleFor(container, one.variable, one.name, all) }));
};
