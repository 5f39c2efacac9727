import { statfsSync } from 'node:fs';
import { sentenceOf } from './sentence.ts';

/** What a file system holds, bytes and inodes; or why that could not be told. */
export type FileSystemSize = {
  readonly path: string;
  readonly size: number | null;
  readonly free: number | null;
  readonly available: number | null;
  readonly inodes: number | null;
  readonly inodesFree: number | null;
  readonly why: string | null;
};

const NOTHING = { size: null, free: null, available: null, inodes: null, inodesFree: null };

const sizeOf = (path: string): FileSystemSize => {
  try {
    const { bsize, blocks, bfree, bavail, files, ffree } = statfsSync(path);
    const known = { size: blocks * bsize, free: bfree * bsize, available: bavail * bsize };
    return { path, ...known, inodes: files, inodesFree: ffree, why: null };
  } catch (error) {
    return { path, ...NOTHING, why: sentenceOf(error) };
  }
};

/** The sizes of file systems, each told as soon as it is known: one that hangs keeps those before it from nobody. */
export const fileSystems = async (
  paths: readonly string[],
  tell: (progress: { readonly note: string }) => void,
): Promise<readonly FileSystemSize[]> => {
  const sizes: FileSystemSize[] = [];
  for (const path of paths) {
    const size = sizeOf(path);
    sizes.push(size);
    tell({ note: JSON.stringify(size) });
    // What is told is on its way before the next one, which may hang for ever.
    await new Promise((done) => setImmediate(done));
  }
  return sizes;
};
