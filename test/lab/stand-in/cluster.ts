import type { Behaviour, Gateway } from './behaviour.ts';
import { CONTROL_PORT, type Deployment, type Node } from './deployment.ts';

/** What a Coreapp tells the Webapp of itself. */
export type Facts = {
  readonly env: readonly string[];
  readonly freeBytes: { readonly data: number; readonly logs: number; readonly media: number };
};

/** What the Webapp heard from a node: its facts, or why there are none. */
export type Seen =
  | { readonly node: Node; readonly facts: Facts; readonly fault: null }
  | { readonly node: Node; readonly facts: null; readonly fault: string };

type Role = 'primary_master' | 'secondary_master' | 'coreapp';

/** A node with its place in the cluster. */
export type Placed = Seen & {
  /** `hostname:containerId`, which answers of more than one node are keyed by. */
  readonly key: string;
  readonly role: Role;
  readonly gateway: Exclude<Gateway, 'flapping'>;
  /** From and to, as the support node has it. */
  readonly shards: readonly (readonly [number, number])[];
};

const FLAP_MS = 1500;

/** The documented words for a Coreapp that cannot be reached. */
export const unreachable = (host: string, why = 'Connection timed out'): string =>
  `${why}. Please check if wacore is running: ${host}:${CONTROL_PORT}`;

const isReached = ({ fault }: Seen): boolean => fault === null;

/** Who is primary and who owns which shard: always the first ones that can be reached, as after a fail-over. */
export const placed = (seen: readonly Seen[], deployment: Deployment, behaviour: Behaviour): readonly Placed[] => {
  const heard = seen.map(
    (each): Seen =>
      behaviour.unreachable.includes(each.node.service)
        ? { node: each.node, facts: null, fault: unreachable(each.node.service) }
        : each,
  );
  const masters = heard.filter(({ node }) => node.kind === 'master');
  const primary = behaviour.noPrimary ? undefined : masters.find(isReached);
  const cores = heard.filter((each) => each.node.kind === 'coreapp' && isReached(each));
  const connected = deployment.shards + behaviour.extraConnected;
  const now: Placed['gateway'] =
    behaviour.gateway === 'flapping'
      ? Math.floor(Date.now() / FLAP_MS) % 2 === 0
        ? 'connected'
        : 'connecting'
      : behaviour.gateway;
  const master: Placed['shards'] = [[-1, -1]];
  return heard.map((each): Placed => {
    const { node } = each;
    const place = cores.indexOf(each);
    const owns = place >= 0 && place < connected;
    const key = `${node.service}:${node.id}`;
    if (deployment.topology === 'single') return { ...each, key, role: 'coreapp', gateway: now, shards: [] };
    if (node.kind === 'coreapp') {
      const shard = Math.min(place, deployment.shards - 1);
      // With one shard, its owner does the master's part too.
      const owned: Placed['shards'] = deployment.shards === 1 ? [...master, [0, 0]] : [[shard, shard]];
      return { ...each, key, role: 'coreapp', gateway: owns ? now : 'disconnected', shards: owns ? owned : [] };
    }
    const isPrimary = each === primary;
    const speaks = isPrimary && deployment.shards > 1;
    return {
      ...each,
      ...{ key, role: isPrimary ? 'primary_master' : 'secondary_master' },
      ...{ gateway: speaks ? now : 'disconnected', shards: speaks ? master : [] },
    };
  });
};
