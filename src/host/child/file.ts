import { fstatSync, type Stats } from 'node:fs';
import { bytesOf, opened } from './foreign-path.ts';

/** Text of a whole file, the permission bits of its mode, and whose it is. */
export type ForeignFile = { readonly text: string; readonly mode: number; readonly uid: number };

const MOST = 512 * 1024;

const TOO_LARGE = `it is larger than ${MOST / 1024} KiB`;

const refusedKind = (stat: Stats): string | null => {
  if (stat.isDirectory()) return 'it is a folder';
  if (!stat.isFile()) return 'it is not a regular file';
  return stat.size > MOST ? TOO_LARGE : null;
};

const textOf = (file: number): string => {
  // It may have grown since it was looked at.
  const bytes = bytesOf(file, MOST + 1);
  if (bytes.length > MOST) throw new Error(TOO_LARGE);
  if (bytes.includes(0)) throw new Error('it is binary, where text was needed');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error('it is not text in UTF-8');
  }
};

/**
 * A file that a person named, whole or not at all (at most 512 KiB of UTF-8); null when there is none, and a sentence that says
 * nothing of what it holds where it cannot be read. Touches the path: for the measuring child alone.
 */
export const file = (path: string): ForeignFile | null =>
  opened(path, (handle) => {
    const stat = fstatSync(handle);
    const refused = refusedKind(stat);
    if (refused) throw new Error(refused);
    return { text: textOf(handle), mode: stat.mode & 0o7777, uid: stat.uid };
  });
