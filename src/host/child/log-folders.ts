import { lstatSync, opendirSync } from 'node:fs';
import { folderInside } from './network/foreign-root.ts';
import { isOfContainer } from './network/process-of.ts';

/** The first process of a container, its full id, and the folders inside that are looked into. */
export type LogFoldersOrder = { readonly pid: number; readonly id: string; readonly folders: readonly string[] };

/** What stands in a folder of logs. */
export type FoundFile = {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedAt: string;
  /** "file", or in a word what it is in its place. */
  readonly kind: string;
};

const MOST_NAMES = 5000;
const MOST_FILES = 500;

const kindOf = (found: ReturnType<typeof lstatSync> & object): string => {
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'folder';
  if (found.isSymbolicLink()) return 'link';
  if (found.isFIFO()) return 'FIFO';
  return found.isSocket() ? 'socket' : 'device';
};

const filesIn = (folder: string, shown: string): readonly FoundFile[] => {
  const files: FoundFile[] = [];
  // Bytes: a name may be no text at all, and still be the name to look at.
  const open = opendirSync(folder, { encoding: 'buffer' as BufferEncoding });
  try {
    for (let seen = 0; seen < MOST_NAMES && files.length < MOST_FILES; seen += 1) {
      const entry = open.readSync();
      if (!entry) break;
      const bytes = entry.name as unknown as Buffer;
      const found = lstatSync(Buffer.concat([Buffer.from(`${folder}/`), bytes]), { throwIfNoEntry: false });
      if (!found) continue;
      const path = `${shown}/${bytes.toString('utf8').toWellFormed()}`;
      files.push({ path, bytes: found.size, modifiedAt: found.mtime.toISOString(), kind: kindOf(found) });
    }
  } finally {
    open.closeSync();
  }
  return files;
};

/**
 * What stands in folders of a running container, by name, size and time; nothing is opened but folders. Rejects where the process
 * is not the container's: its number is given anew when a container ends.
 */
export const logFolders = ({ pid, id, folders }: LogFoldersOrder): readonly FoundFile[] => {
  if (!isOfContainer(pid, id)) throw new Error('the container ended meanwhile');
  const root = `/proc/${pid}/root`;
  const found = folders.flatMap((folder) => folderInside(root, folder, (held) => filesIn(held, folder)) ?? []);
  if (!isOfContainer(pid, id)) throw new Error('the container ended meanwhile');
  return found;
};
