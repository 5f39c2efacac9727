import { OVERHEAD } from './room.ts';

/** A file that waits to be put into a volume. */
type Waiting = { readonly packed: number; readonly priority: number };

/**
 * In which volume (from 1) each file goes: by priority, each into the first one that has room. `capacity` is what a volume holds
 * beside its pages, bytes; null for a file that is larger than that, or that finds no room where there is but one volume.
 */
export const planVolumes = (
  files: readonly Waiting[],
  { capacity, single }: { readonly capacity: number; readonly single: boolean },
): readonly (number | null)[] => {
  const left: number[] = [capacity];
  const planned = files.map((): number | null => null);
  const order = files.map((file, at) => ({ ...file, at })).sort((a, b) => a.priority - b.priority || a.at - b.at);
  for (const { packed, at } of order) {
    const needs = packed + OVERHEAD;
    if (needs > capacity) continue;
    const found = left.findIndex((room) => needs <= room);
    if (found < 0 && single) continue;
    const volume = found < 0 ? left.push(capacity) - 1 : found;
    left[volume] = (left[volume] ?? 0) - needs;
    planned[at] = volume + 1;
  }
  return planned;
};
