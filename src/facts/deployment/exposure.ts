import { fail, pass, warn } from '../../check.ts';
import type { DeployedContainer, Role } from '../../host/answers/deployment.ts';
import type { SystemAnswers } from '../../host/answers/system.ts';
import type { Finding } from '../../model.ts';
import { addressPosition } from '../database/network.ts';
import { portRanges } from '../port-ranges.ts';
import { variableOf } from './deployment.ts';

/** How far a published port is open: to this host, to private networks, to all its addresses, or to the Internet. */
export type Reach = 'host' | 'private' | 'all' | 'public';

export type Exposed = {
  readonly name: string;
  readonly kind: 'database' | 'coreapp' | 'cluster' | 'monitoring';
  readonly reach: Reach;
  /** An address that makes it so: the one it is bound to, or a public one of this host. */
  readonly address: string;
  /** Host ports; of those that Docker chooses, those inside. */
  readonly ports: readonly number[];
};

const ALL = new Set(['', '0.0.0.0', '::', '*']);
const CORE_PORTS = new Set([6250, 6251, 6252, 6253]);

export type Listener = SystemAnswers['listeners']['listeners'][number];

/** A container on the host's own network publishes nothing: its ports are those that something listens on there. */
export const withListeners = (
  container: DeployedContainer,
  all: readonly DeployedContainer[],
  listeners: readonly Listener[],
): DeployedContainer => {
  if (container.networkMode !== 'host') return container;
  const database = all.map((one) => Number(variableOf(one, 'WA_DB_PORT')));
  const own = listeners.filter(({ port }) =>
    container.role === 'database' ? database.includes(port) : CORE_PORTS.has(port),
  );
  const ports = own.map(({ port, address }) => ({ container: port, protocol: 'tcp', host: port, address }));
  return { ...container, ports: [...container.ports, ...ports] };
};

/** The farthest reach of one published port, given this host's own addresses. */
const reachOf = (address: string, own: readonly string[]): { readonly reach: Reach; readonly address: string } => {
  if (ALL.has(address)) {
    const open = own.find((one) => addressPosition(one) === 'public');
    return open ? { reach: 'public', address: open } : { reach: 'all', address: 'all addresses' };
  }
  const position = addressPosition(address);
  if (position === 'loopback') return { reach: 'host', address };
  return { reach: position === 'private' ? 'private' : 'public', address };
};

const kindOf = (role: Role, cluster: boolean): Exposed['kind'] | null => {
  if (role === 'database' || role === 'monitoring') return role;
  if (role !== 'coreapp' && role !== 'master') return null;
  return cluster ? 'cluster' : 'coreapp';
};

/** What a container publishes that is for other containers alone, by how far it is open. */
export const exposedBy = (
  { name, role, ports }: DeployedContainer,
  cluster: boolean,
  own: readonly string[],
): readonly Exposed[] => {
  const kind = kindOf(role, cluster);
  if (kind === null) return [];
  const open = ports
    .filter(({ protocol }) => protocol === 'tcp')
    .filter(({ container }) => kind === 'database' || kind === 'monitoring' || CORE_PORTS.has(container))
    .map((port) => ({ port: port.host ?? port.container, ...reachOf(port.address, own) }));
  const groups = Object.groupBy(open, ({ reach }) => reach);
  return Object.entries(groups).map(([reach, some = []]) => ({
    name,
    kind,
    reach: reach as Reach,
    address: some[0]?.address ?? '',
    ports: [...new Set(some.map(({ port }) => port))],
  }));
};

const WHAT: Readonly<Record<Exposed['kind'], string>> = {
  database: 'The database',
  coreapp: 'The Coreapp',
  cluster: 'The Coreapp',
  monitoring: 'The monitoring',
};

const WHO: Readonly<Record<Exposed['kind'], string>> = {
  database: 'only the Coreapp and the Webapp need it',
  coreapp: 'only the Webapp needs it, over their common network',
  cluster: 'only the Webapps and Coreapps of the cluster need it',
  monitoring: 'only those who watch the deployment need it',
};

const FAR: Readonly<Record<Reach, string>> = {
  host: 'this host alone',
  private: 'a private address',
  all: 'all addresses of the host',
  public: 'a public address',
};

/** How much an open port matters: the vendor's cluster opens the Coreapp's on purpose, its monitoring files theirs. */
const WEIGHT: Readonly<Record<Exposed['kind'], Readonly<Record<Reach, 'pass' | 'warn' | 'fail'>>>> = {
  database: { host: 'pass', private: 'pass', all: 'warn', public: 'fail' },
  coreapp: { host: 'pass', private: 'pass', all: 'warn', public: 'fail' },
  cluster: { host: 'pass', private: 'pass', all: 'pass', public: 'warn' },
  monitoring: { host: 'pass', private: 'pass', all: 'pass', public: 'warn' },
};

/** What is to be said of one container's open ports. */
export const exposureFinding = ({ name, kind, reach, address, ports }: Exposed): Finding => {
  const subject = name;
  const far = reach === 'private' || reach === 'public' ? `${FAR[reach]} (${address})` : FAR[reach];
  const is = `${WHAT[kind]} ${name} publishes ${portRanges(ports)} on ${far}`;
  const weight = WEIGHT[kind][reach];
  if (weight === 'pass') return pass(is, { subject });
  const remedy =
    kind === 'cluster' || kind === 'monitoring'
      ? `Publish it on a private address of this host: "10.0.0.1:${ports[0]}:..." in its ports.`
      : 'Take its ports out of the Compose file, or bind them to 127.0.0.1.';
  const message = `${is}; ${WHO[kind]}`;
  return weight === 'fail' ? fail(message, { subject, remedy }) : warn(message, { subject, remedy });
};
