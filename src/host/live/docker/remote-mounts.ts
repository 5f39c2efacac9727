import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { isNetworkType, type Mount, mountByName, parseMounts } from '../../child/mounts.ts';
import { askIfThere } from './ask.ts';
import type { ReachedEngine } from './engine.ts';
import type { Inspected } from './inspected.ts';
import { lenient } from './lenient.ts';
import { MEDIA } from './recognise.ts';

type Where = Inspected['mounts'][number];

const body = z.object({ Options: lenient(z.record(z.string(), z.string())) });

/** More volumes of media than a deployment has. */
const MOST = 8;
const PATIENCE = 2000;

/** Whether the options of a volume of the "local" driver name a network file system. They may hold a password: none is told. */
export const isRemoteVolume = (options: Readonly<Record<string, string>>): boolean =>
  isNetworkType(options['type']?.toLowerCase() ?? '') || /(^|,)addr=/.test(options['o'] ?? '');

const isMedia = ({ destination }: Where): boolean => destination === MEDIA || destination.startsWith(`${MEDIA}/`);

/** This machine's mounts, by which a path of an Engine on it is judged without being touched; none where they are not told. */
const ownMounts = (local: boolean): readonly Mount[] => {
  if (!local || process.platform !== 'linux') return [];
  try {
    return parseMounts(readFileSync('/proc/self/mountinfo', 'latin1'));
  } catch {
    return [];
  }
};

/** Tells which mounts of containers are on a network file system: by the options of the media's volumes, or by where they lie. */
export const remoteMounts = async (
  { way, engine }: Pick<ReachedEngine, 'way' | 'engine'>,
  containers: readonly Inspected[],
  signal: AbortSignal,
): Promise<(mount: Where) => boolean> => {
  const volumes = containers.flatMap(({ mounts }) => mounts.filter(isMedia).flatMap(({ name }) => name || []));
  const names = [...new Set(volumes)].slice(0, MOST);
  const asked = names.map(async (name) => {
    const path = `/volumes/${encodeURIComponent(name)}`;
    const found = await askIfThere(way, path, body, signal, PATIENCE).catch(() => {
      signal.throwIfAborted();
      return null;
    });
    return isRemoteVolume(found?.Options ?? {}) ? [name] : [];
  });
  const remote = new Set((await Promise.all(asked)).flat());
  const mounts = ownMounts(engine.local);
  return ({ name, source }) => remote.has(name) || isNetworkType(mountByName(source, mounts)?.type ?? '');
};
