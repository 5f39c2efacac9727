import type { HealthNode, SupportNode } from './nodes.ts';

/** How a deployment is laid out, and how many Coreapps must be connected; null where that cannot be told. */
export type Layout = {
  readonly topology: 'single' | 'high-availability' | 'multiconnect';
  readonly shards: number | null;
  /** What told it. */
  readonly from: 'health' | 'account/shards' | 'support';
};

type Told = {
  readonly nodes: readonly HealthNode[];
  /** The number that the account's shards node tells. */
  readonly count: number | null;
  readonly supported: readonly SupportNode[];
};

/** Shards that are owned, by the support node; the master's own is not among them. */
const ownedShards = (supported: readonly SupportNode[]): readonly number[] =>
  [...new Set(supported.flatMap(({ shards }) => shards.filter((shard) => shard >= 0)))].toSorted((a, b) => a - b);

/** The least number of shards that there may be (1, 2, 4, 8, 16, 32) where the highest owned one is known. */
const leastCount = (owned: readonly number[]): number => 2 ** Math.ceil(Math.log2((owned.at(-1) ?? 0) + 1));

/** In high availability one Coreapp owns the only shard and the master's own. */
const isOwnerOfAll = ({ shards }: SupportNode): boolean => shards.includes(-1) && shards.includes(0);

/** Reads the layout: nodes by name are a cluster, of one shard in high availability, of more in multiconnect. */
export const layoutOf = ({ nodes, count, supported }: Told): Layout => {
  if (nodes.length === 1 && nodes[0]?.name === null) return { topology: 'single', shards: null, from: 'health' };
  if (count !== null)
    return { topology: count === 1 ? 'high-availability' : 'multiconnect', shards: count, from: 'account/shards' };
  if (supported.some(isOwnerOfAll)) return { topology: 'high-availability', shards: 1, from: 'support' };
  const owned = ownedShards(supported);
  const many = supported.some(({ multiConnect }) => multiConnect === true);
  const primary = nodes.find(({ role, errors }) => role === 'primary_master' && errors.length === 0);
  if (many || primary?.status === 'connected' || owned.length > 1) {
    const shards = owned.length > 0 ? Math.max(2, leastCount(owned)) : null;
    return { topology: 'multiconnect', shards, from: owned.length > 0 ? 'support' : 'health' };
  }
  const connected = nodes.filter(({ role, status }) => role === 'coreapp' && status === 'connected').length;
  // In high availability the primary master is disconnected: one that connects beside several Coreapps is multiconnect's.
  const isOne = primary !== undefined && primary.status !== 'connecting';
  return connected > 1 && !isOne
    ? { topology: 'multiconnect', shards: null, from: 'health' }
    : { topology: 'high-availability', shards: 1, from: 'health' };
};

/** Numbers of shards below a count that nobody owns; none where the support node told of no owner at all. */
export const unownedShards = (supported: readonly SupportNode[], count: number | null): readonly number[] => {
  const owned = ownedShards(supported);
  if (count === null || owned.length === 0) return [];
  return Array.from({ length: count }, (_, shard) => shard).filter((shard) => !owned.includes(shard));
};
