import { fstatSync, readSync } from 'node:fs';
import { opened } from './foreign-path.ts';
import { fileInside } from './network/foreign-root.ts';
import { isOfContainer } from './network/process-of.ts';

/** A file, and how many of its newest bytes are wanted; `inside` the container with this first process and full id. */
export type FileBytesOrder = {
  readonly path: string;
  readonly most: number;
  readonly inside?: { readonly pid: number; readonly id: string };
};

/** The newest bytes of a file in base64, and its size when it was opened; what is written meanwhile is left out. */
export type FileBytes = { readonly base64: string; readonly size: number };

/** What this process may answer at most, as bytes before base64. */
const MOST = 700 * 1024;
/** Files of /proc say 0 bytes, and hold some. */
const UNTOLD = 256 * 1024;

const newestOf = (file: number, most: number): FileBytes => {
  const stat = fstatSync(file);
  if (!stat.isFile()) throw new Error(stat.isDirectory() ? 'it is a folder' : 'it is not a regular file');
  const untold = stat.size === 0;
  const wanted = untold ? Math.min(UNTOLD, most) : Math.min(stat.size, most, MOST);
  const from = untold ? 0 : stat.size - wanted;
  const buffer = Buffer.alloc(wanted);
  let length = 0;
  for (let read = -1; read !== 0 && length < wanted; length += read)
    read = readSync(file, buffer, length, wanted - length, untold ? null : from + length);
  return { base64: buffer.toString('base64', 0, length), size: untold ? length : stat.size };
};

const insideOf = ({ pid, id }: NonNullable<FileBytesOrder['inside']>, path: string, most: number) => {
  if (!isOfContainer(pid, id)) throw new Error('the container ended meanwhile');
  const found = fileInside(`/proc/${pid}/root`, path, (file) => newestOf(file, most));
  if (!isOfContainer(pid, id)) throw new Error('the container ended meanwhile');
  return found;
};

/**
 * The newest bytes of a regular file that is not ours; null where there is none. It may shrink while it is read: then there are
 * fewer. Touches the path: for the measuring child alone.
 */
export const fileBytes = ({ path, most, inside }: FileBytesOrder): FileBytes | null =>
  inside ? insideOf(inside, path, most) : opened(path, (file) => newestOf(file, most));
