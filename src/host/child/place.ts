import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import type { DiskAnswers } from '../answers/disk.ts';
import { locate, mountOf } from './locate.ts';
import type { Mount } from './mounts.ts';
import { below } from './topology.ts';

const PROC = '/proc';

/** The mount of a path that must be there itself: in a container, names of the host's layers lead nowhere. */
const mountHere = (path: string): Mount | null => {
  try {
    return mountOf(path, PROC);
  } catch {
    return null;
  }
};

const poolDevices = (pool: string): readonly string[] => {
  try {
    const said = execFileSync('zpool', ['status', '-LP', '--', pool], {
      timeout: 2000,
      stdio: 'pipe',
      encoding: 'utf8',
    });
    return [...said.matchAll(/^\s+(\/dev\/\S+)/gm)].map(([, name]) => name ?? '');
  } catch {
    return [];
  }
};

/** Where a path really lives. Touches the path: for the measuring child alone. */
export const place = (path: string): DiskAnswers['place'] => {
  const { existing, mount } = locate(path, PROC);
  const sizes = statfsSync(existing, { bigint: true });
  const bytes = (blocks: bigint): number => Number(blocks * (sizes.frsize || sizes.bsize));
  const found = below({ sys: '/sys', dev: '/dev', mountOf: mountHere, poolDevices }, mount);
  return {
    path,
    existing,
    mount: { point: mount.point, type: mount.type, source: mount.source, options: [...mount.options] },
    kind: found.kind,
    size: bytes(sizes.blocks),
    free: bytes(sizes.bfree),
    available: bytes(sizes.bavail),
    // btrfs and others make inodes as they are needed, and say 0.
    inodes: sizes.files > 0n ? { total: Number(sizes.files), available: Number(sizes.ffree) } : null,
    layers: [...found.layers],
    leaves: [...found.leaves],
    readOnly: mount.options.includes('ro') || mount.superOptions.includes('ro'),
  };
};
