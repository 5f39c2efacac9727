import { fstatSync } from 'node:fs';
import { bytesOf, opened } from './foreign-path.ts';

const MOST = 256 * 1024;

/** Text of a regular file, at most 256 KiB of it; null when there is none. Touches the path: for the measuring child alone. */
export const text = (path: string): string | null =>
  opened(path, (file) => {
    if (!fstatSync(file).isFile()) throw new Error(`${path} is not a regular file`);
    return bytesOf(file, MOST).toString('utf8');
  });
