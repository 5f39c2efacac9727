import type { HealthNode, SupportNode } from './nodes.ts';
import { layoutOf } from './topology.ts';

/** From a container that runs to a client that takes messages, in this order. */
export const READY_PHASES = ['starting', 'database', 'connecting', 'templates', 'offline-messages', 'ready'] as const;
export type ReadyPhase = (typeof READY_PHASES)[number];

/** What no waiting mends. */
export type NeverReady = {
  readonly code: 'unregistered' | 'expired' | 'password-change' | 'unauthorised';
  readonly message: string;
  readonly remedy: string;
};

export const TOPOLOGIES = ['single', 'high-availability', 'multiconnect'] as const;
export type Topology = (typeof TOPOLOGIES)[number];

export type Readiness = {
  readonly phase: ReadyPhase;
  /** What is said by the API, in one clause without a full stop. */
  readonly message: string;
  readonly never: NeverReady | null;
  readonly topology: Topology | null;
  /** What was not to be known, each in a sentence. */
  readonly unknown: readonly string[];
};

type Around = {
  readonly shards: number | null;
  /** Some answer holds 1011. */
  readonly notReady: boolean;
  /** The support node was asked, and nothing is to be read from its answer. */
  readonly silent: boolean;
};
/** A phase, with what the API says of it. */
export type Step = Pick<Readiness, 'phase' | 'message'> & { readonly unknown?: readonly string[] };

/** The socket's state while offline messages are taken. */
export const OFFLINE = 'UP receiving offline';
const UNREGISTERED: NeverReady = {
  code: 'unregistered',
  message: 'no phone number is registered with the client (unregistered)',
  remedy: 'Register the business phone number with the client.',
};

const socketOf = ({ name }: HealthNode, supported: readonly SupportNode[]): string | null =>
  supported.find((node) => node.name === name)?.socket ?? null;

const label = (name: string | null): string => name?.split(':')[0] ?? 'the client';

/** Offline messages are taken. */
export const TAKES_OFFLINE: Step = {
  phase: 'offline-messages',
  message: 'offline messages are being received (at most 6 minutes, by the vendor)',
};

/** What the vendor names beside offline messages, where those are not taken and 1011 is answered all the same. */
export const TEMPLATES: Step = {
  phase: 'templates',
  message:
    'connected, but not ready (1011), and no offline messages are taken: what the vendor names beside them are templates',
};

/** How far those have come that health calls connected. */
const ofConnected = (nodes: readonly HealthNode[], supported: readonly SupportNode[], around: Around): Step => {
  const sockets = nodes.map((node) => [node, socketOf(node, supported)] as const);
  if (sockets.some(([, socket]) => socket === OFFLINE)) return TAKES_OFFLINE;
  const down = sockets.find(([, socket]) => socket !== null && socket !== 'UP');
  if (down)
    return {
      phase: 'connecting',
      message: `health says connected, and the socket of ${label(down[0].name)} is ${down[1]}`,
    };
  if (around.notReady) return TEMPLATES;
  if (around.silent) return { phase: 'connecting', message: 'health says connected, and support tells nothing yet' };
  const told = sockets.filter(([, socket]) => socket === 'UP');
  if (told.length === sockets.length) return { phase: 'ready', message: 'connected, and the socket is UP' };
  const unknown = supported.length > 0 ? ['The support node tells no state of the socket, so health decides.'] : [];
  return { phase: 'ready', message: 'health says connected', unknown };
};

const WORDS: Readonly<Record<string, Step>> = {
  uninitialized: { phase: 'database', message: 'the database schema is being created or upgraded (uninitialized)' },
  connecting: { phase: 'connecting', message: 'connecting to the servers of WhatsApp' },
  disconnected: { phase: 'connecting', message: 'not connected to the servers of WhatsApp (disconnected)' },
};

/** How far nodes have come of which none is connected; null where they are not registered. */
const ofUnconnected = (nodes: readonly HealthNode[], supported: readonly SupportNode[]): Step | null => {
  if (nodes.some((node) => socketOf(node, supported) === OFFLINE)) return TAKES_OFFLINE;
  for (const status of ['uninitialized', 'connecting']) {
    const found = nodes.some((node) => node.status === status) ? WORDS[status] : undefined;
    if (found) return found;
  }
  if (nodes.some(({ status }) => status === 'unregistered')) return null;
  if (nodes.some(({ status }) => status === 'disconnected')) return WORDS['disconnected'] ?? null;
  const strange = nodes.find(({ status }) => status !== null);
  if (strange) return { phase: 'connecting', message: `health says "${strange.status}"` };
  const [error] = nodes.flatMap(({ errors }) => errors);
  const why = error ? `: ${error.details ?? error.title}${error.code === null ? '' : ` (${error.code})`}` : '';
  return { phase: 'starting', message: `no Coreapp answers the Webapp${why}` };
};

const isMaster = ({ role }: HealthNode): boolean => role?.endsWith('master') ?? false;

const NO_COUNT = 'The number of shards could not be asked for: every Coreapp that is no spare was waited for.';

/** How many Coreapps have to be connected: as many as there are shards, or, where nobody tells that, all that seem to be needed. */
const expectedOf = (coreapps: readonly HealthNode[], count: number | null, known: number | null): number => {
  const busy = coreapps.filter(({ status }) => status === 'connected' || status === 'connecting').length;
  return count ?? Math.max(known ?? 0, busy);
};

/** High availability: one Coreapp connected, and a primary master. Multiconnect: as many as shards, and the primary master too. */
const ofCluster = (
  nodes: readonly HealthNode[],
  supported: readonly SupportNode[],
  around: Around,
): Step & { readonly topology: Topology; readonly unregistered?: boolean } => {
  const { topology, shards } = layoutOf({ nodes, count: around.shards, supported });
  const multiconnect = topology === 'multiconnect';
  const primary = nodes.find(({ role, errors }) => role === 'primary_master' && errors.length === 0);
  const coreapps = nodes.filter((node) => !isMaster(node));
  const connected = coreapps.filter(({ status }) => status === 'connected');
  if (connected.length === 0) {
    const step = ofUnconnected(coreapps.length > 0 ? coreapps : nodes, supported);
    return step
      ? { ...step, topology }
      : { phase: 'connecting', message: UNREGISTERED.message, topology, unregistered: true };
  }
  const waiting = (message: string) => ({ phase: 'connecting' as const, message, topology }) as const;
  if (!primary) return waiting(`${connected.length} connected, and no primary master`);
  if (multiconnect && primary.status !== 'connected')
    return waiting(`the primary master is not connected (${primary.status ?? 'nothing told'})`);
  const expected = multiconnect ? expectedOf(coreapps, around.shards, shards) : 1;
  if (connected.length < expected)
    return waiting(`${connected.length} of ${expected} Coreapps with a shard are connected`);
  if (connected.length > expected)
    return waiting(`${connected.length} Coreapps say connected, and exactly ${expected} may be`);
  const step = ofConnected(connected, supported, around);
  const uncounted = multiconnect && around.shards === null ? [NO_COUNT] : [];
  return { ...step, topology, unknown: [...(step.unknown ?? []), ...uncounted] };
};

const ofOne = (node: HealthNode, supported: readonly SupportNode[], around: Around): Step | null =>
  node.status === 'connected' ? ofConnected([node], supported, around) : ofUnconnected([node], supported);

/** How far the nodes have come that health tells of. */
export const ofNodes = (nodes: readonly HealthNode[], supported: readonly SupportNode[], around: Around): Readiness => {
  const [first] = nodes;
  const whole = { never: null, unknown: [] } as const;
  if (first && first.name === null) {
    const step = ofOne(first, supported, around);
    if (step) return { ...whole, topology: 'single', ...step };
    return { ...whole, topology: 'single', phase: 'connecting', message: UNREGISTERED.message, never: UNREGISTERED };
  }
  const { unregistered = false, ...step } = ofCluster(nodes, supported, around);
  return { ...whole, ...step, never: unregistered ? UNREGISTERED : null };
};
