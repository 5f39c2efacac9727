import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { codeOf } from '../../error-code.ts';

/** Text of a whole file, and the permission bits of its mode. */
export type ForeignFile = { readonly text: string; readonly mode: number };

const MOST = 512 * 1024;

const refusedKind = (stat: Stats): string | null => {
  if (stat.isDirectory()) return 'it is a folder';
  if (!stat.isFile()) return 'it is not a regular file';
  return stat.size > MOST ? `it is larger than ${MOST / 1024} KiB` : null;
};

const bytesOf = (file: number): Buffer => {
  const buffer = Buffer.alloc(MOST + 1);
  let length = 0;
  for (let read = -1; read !== 0 && length <= MOST; length += read)
    read = readSync(file, buffer, length, buffer.length - length, null);
  if (length > MOST) throw new Error(`it is larger than ${MOST / 1024} KiB`);
  return buffer.subarray(0, length);
};

const textOf = (bytes: Buffer): string => {
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
export const file = (path: string): ForeignFile | null => {
  let opened: number;
  try {
    opened = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return null;
    throw error;
  }
  try {
    const stat = fstatSync(opened);
    const refused = refusedKind(stat);
    if (refused) throw new Error(refused);
    return { text: textOf(bytesOf(opened)), mode: stat.mode & 0o7777 };
  } finally {
    closeSync(opened);
  }
};
