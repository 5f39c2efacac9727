import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { codeOf } from '../../error-code.ts';

const MOST = 256 * 1024;

/** Text of a regular file, at most 256 KiB of it; null when there is none. Touches the path: for the measuring child alone. */
export const text = (path: string): string | null => {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return null;
    throw error;
  }
  try {
    if (!fstatSync(file).isFile()) throw new Error(`${path} is not a regular file`);
    const buffer = Buffer.alloc(MOST);
    let length = 0;
    for (let read = -1; read !== 0 && length < MOST; length += read)
      read = readSync(file, buffer, length, MOST - length, null);
    return buffer.toString('utf8', 0, length);
  } finally {
    closeSync(file);
  }
};
