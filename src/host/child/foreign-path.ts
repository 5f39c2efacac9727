import { closeSync, constants, openSync, readSync } from 'node:fs';
import { codeOf } from '../../error-code.ts';

/** Opens a path for reading, waiting for no FIFO and taking no terminal, for as long as `use` takes; null when there is none. */
export const opened = <T>(path: string, use: (file: number) => T): T | null => {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return null;
    throw error;
  }
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
};

/** What an open file holds, at most so many bytes of it. */
export const bytesOf = (file: number, most: number): Buffer => {
  const buffer = Buffer.alloc(most);
  let length = 0;
  for (let read = -1; read !== 0 && length < most; length += read)
    read = readSync(file, buffer, length, most - length, null);
  return buffer.subarray(0, length);
};
