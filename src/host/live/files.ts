import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { codeOf } from '../../error-code.ts';

/** Files of /proc, /sys and /etc are small; no answer is larger than this. */
const MOST = 256 * 1024;

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ENXIO', 'ENODEV']);

const absent = (error: unknown): null => {
  if (ABSENT.has(codeOf(error) ?? '')) return null;
  throw error;
};

/** Text of a regular file, at most 256 KiB of it; null when there is none. Never waits on a FIFO or a device. */
export const readFile = async (path: string): Promise<string | null> => {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY).catch(absent);
  if (!file) return null;
  try {
    if (!(await file.stat()).isFile()) throw new Error(`${path} is not a regular file`);
    const buffer = Buffer.alloc(MOST);
    let length = 0;
    for (let read = -1; read !== 0 && length < MOST; length += read)
      ({ bytesRead: read } = await file.read(buffer, length, MOST - length, null));
    return buffer.toString('utf8', 0, length);
  } finally {
    await file.close();
  }
};

/** Names in a folder, sorted, at most 4096; null when there is no such folder. */
export const list = async (path: string): Promise<readonly string[] | null> => {
  const names = await readdir(path).catch(absent);
  return names ? names.sort().slice(0, 4096) : null;
};
