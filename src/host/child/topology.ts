import { basename, dirname, join } from 'node:path';
import type { DiskAnswers, DiskLeaf } from '../answers/disk.ts';
import { attribute, followed, leafOf, names } from './leaf.ts';
import { isNetworkType, type Mount, optionOf } from './mounts.ts';

/** Where the kernel's tree is, and the two things that it cannot tell. */
export type World = {
  readonly sys: string;
  readonly dev: string;
  /** The mount that a path is on, null where there is no such path here. */
  readonly mountOf: (path: string) => Mount | null;
  /** The devices of a ZFS pool, none where they cannot be told. */
  readonly poolDevices: (pool: string) => readonly string[];
};

/** What lies below a mount, from the mount down to the disks. */
export type Below = {
  readonly kind: DiskAnswers['place']['kind'];
  readonly layers: readonly string[];
  readonly leaves: readonly DiskLeaf[];
};

const DEEPEST = 24;

const nothing = (kind: Below['kind'], ...layers: readonly string[]): Below => ({ kind, layers, leaves: [] });

const on = (layer: string, below: Below): Below => ({ ...below, layers: [layer, ...below.layers] });

/** Several things side by side. A part that is no block device, or cannot be told, says what the whole is. */
const together = (parts: readonly Below[]): Below => {
  const leaves = new Map(parts.flatMap((part) => part.leaves.map((leaf) => [leaf.name, leaf])));
  const order = ['network', 'memory', 'pool', 'unknown'] as const;
  return {
    kind: parts.length === 0 ? 'unknown' : (order.find((kind) => parts.some((part) => part.kind === kind)) ?? 'block'),
    layers: [...new Set(parts.flatMap((part) => part.layers))],
    leaves: [...leaves.values()],
  };
};

const mapperOf = (dir: string): string => {
  const uuid = attribute(dir, 'dm/uuid') ?? '';
  if (uuid.startsWith('LVM-')) return 'lvm';
  if (uuid.startsWith('CRYPT-')) return 'crypt';
  if (uuid.startsWith('mpath-')) return 'multipath';
  if (/^part\d+-/.test(uuid)) return 'partition';
  return 'device mapper';
};

const layerOf = (dir: string): string => {
  const name = basename(dir);
  if (name.startsWith('dm-')) {
    const called = attribute(dir, 'dm/name');
    return `${name} (${mapperOf(dir)}${called ? ` ${called}` : ''})`;
  }
  if (/^md/.test(name)) return `${name} (${attribute(dir, 'md/level') ?? 'md'})`;
  return name.startsWith('bcache') ? `${name} (bcache)` : name;
};

const device = (world: World, dir: string, depth: number): Below => {
  const name = basename(dir);
  if (depth > DEEPEST) return nothing('unknown', name);
  if (attribute(dir, 'partition') !== null) return on(`${name} (partition)`, device(world, dirname(dir), depth + 1));
  if (/^loop\d/.test(name)) {
    const file = attribute(dir, 'loop/backing_file');
    const mount = file ? world.mountOf(Buffer.from(file, 'latin1').toString('utf8')) : null;
    return mount ? on(name, below(world, mount, depth + 1)) : nothing('unknown', name);
  }
  // Memory, optical drives and floppies say "not rotational" too: none of them is a disk to judge.
  if (/^(zram|ram)\d/.test(name)) return nothing('memory', name);
  if (/^(sr|fd)\d/.test(name)) return nothing('unknown', name);
  if (/^(nbd|rbd|drbd)\d/.test(name)) return nothing('network', name);
  const slaves = names(dir, 'slaves').map((slave) => followed(dir, 'slaves', slave));
  if (slaves.length > 0)
    return on(
      layerOf(dir),
      together(slaves.map((slave) => (slave ? device(world, slave, depth + 1) : nothing('unknown')))),
    );
  if (/^(dm-|md|bcache)/.test(name)) return nothing('unknown', layerOf(dir));
  return { kind: 'block', layers: [], leaves: [leafOf(world.sys, dir)] };
};

/** A device by its name under /dev. */
const named = (world: World, source: string, depth: number): Below => {
  const real = followed(world.dev, source.replace(/^\/dev\//, ''));
  const dir = followed(world.sys, 'class/block', basename(real ?? source));
  if (dir) return device(world, dir, depth + 1);
  const mapped = names(world.sys, 'class/block').find(
    (name) => attribute(world.sys, 'class/block', name, 'dm/name') === basename(source),
  );
  const found = mapped && followed(world.sys, 'class/block', mapped);
  return found ? device(world, found, depth + 1) : nothing('unknown');
};

const btrfs = (world: World, source: string, depth: number): Below => {
  const own = basename(followed(world.dev, source.replace(/^\/dev\//, '')) ?? source);
  const pools = names(world.sys, 'fs/btrfs').map((id) => names(world.sys, 'fs/btrfs', id, 'devices'));
  const members = pools.find((devices) => devices.includes(own)) ?? [];
  return members.length > 0
    ? together(members.map((member) => named(world, `/dev/${member}`, depth)))
    : named(world, source, depth);
};

/** What a mount stands on. Looks at the kernel's tree under `world.sys` alone, and at no file of the mount itself. */
export const below = (world: World, mount: Mount, depth = 0): Below => {
  const { type, source, majorMinor } = mount;
  if (depth > DEEPEST) return nothing('unknown', type);
  if (isNetworkType(type)) return nothing('network', type);
  if (type === 'tmpfs' || type === 'ramfs' || type === 'devtmpfs') return nothing('memory', type);
  if (type === 'overlay') {
    const upper = optionOf(mount, 'upperdir');
    // A comma or colon may be shown as it was given to mount, with a backslash before it.
    const lower = upper && (world.mountOf(upper) ?? world.mountOf(upper.replace(/\\(.)/g, '$1')));
    return on(type, lower ? below(world, lower, depth + 1) : nothing('unknown'));
  }
  if (type === 'zfs') {
    const devices = world.poolDevices(source.split('/')[0] ?? '');
    const found = together(devices.map((name) => named(world, name, depth)));
    return {
      kind: found.leaves.length > 0 && found.kind !== 'block' ? found.kind : 'pool',
      layers: [type, ...found.layers],
      leaves: found.leaves,
    };
  }
  if (type === 'btrfs') return on(type, btrfs(world, source, depth));
  if (type === 'bcachefs') return on(type, together(source.split(':').map((name) => named(world, name, depth))));
  const dir = majorMinor.startsWith('0:') ? null : followed(join(world.sys, 'dev/block'), majorMinor);
  return on(type, dir ? device(world, dir, depth) : nothing('unknown'));
};
