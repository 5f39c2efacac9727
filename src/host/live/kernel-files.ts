import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { codeOf } from '../../error-code.ts';

// /proc and /sys answer from memory at once, and one read is one consistent answer: so these are read synchronously.
// Never used for paths on disks or mounts, which may hang.

const MOST = 1 << 20;
/** Most of these files hold a line; the tables among them are read in ever larger pieces. */
const FIRST_CHUNK = 1 << 10;
const LARGEST_CHUNK = 1 << 16;
/** More than the kernel hands out at once of a table that it writes line by line. */
const TABLE_CHUNK = 1 << 13;
const NOT_FOR_US = new Set([
  'ENOENT',
  'ENOTDIR',
  'ENODEV',
  'ENXIO',
  'ESRCH',
  'EACCES',
  'EPERM',
  'EINVAL',
  'EOPNOTSUPP',
]);

const nothing = (error: unknown): null => {
  if (NOT_FOR_US.has(codeOf(error) ?? '')) return null;
  throw error;
};

/** Text of a file of /proc or /sys, at most the first MiB; null when there is none or it is not for us to read. */
export const kernelText = (path: string): string | null => {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const chunks: Buffer[] = [];
    for (let length = 0, size = FIRST_CHUNK; length < MOST; size = Math.min(size * 8, LARGEST_CHUNK)) {
      const chunk = Buffer.allocUnsafe(size);
      const read = readSync(file, chunk, 0, size, null);
      if (read === 0) break;
      chunks.push(chunk.subarray(0, read));
      length += read;
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    return nothing(error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
};

/**
 * The same of a table that the kernel takes milliseconds to write (for /proc/net/tcp it walks its whole hash of connections):
 * read beside the main thread.
 */
export const kernelTable = async (path: string): Promise<string | null> => {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const chunks: Buffer[] = [];
    for (let length = 0; length < MOST; ) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(TABLE_CHUNK), 0, TABLE_CHUNK, null);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      length += bytesRead;
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    return nothing(error);
  } finally {
    await file?.close();
  }
};

/** The text of such a file without the newline at its end; null also when it is empty. */
export const kernelLine = (path: string): string | null => kernelText(path)?.trim() || null;

/** Names in a folder of /proc or /sys; empty when there is none or it is not for us to read. */
export const kernelNames = (path: string): readonly string[] => {
  try {
    return readdirSync(path);
  } catch (error) {
    nothing(error);
    return [];
  }
};

/** What a link below /proc points to; null when it is gone, "denied" when it is not for us to read. */
export const kernelLink = (path: string): string | 'denied' | null => {
  try {
    return readlinkSync(path);
  } catch (error) {
    nothing(error);
    return ['EACCES', 'EPERM'].includes(codeOf(error) ?? '') ? 'denied' : null;
  }
};

/** A list of the kernel's such as "0-3,8" as numbers. At most 8192 of them. */
export const kernelList = (text: string): ReadonlySet<number> => {
  const numbers = new Set<number>();
  for (const part of text.trim().split(',')) {
    const range = /^(\d+)(?:-(\d+))?$/.exec(part);
    if (!range) continue;
    const last = Math.min(Number(range[2] ?? range[1]), Number(range[1]) + 8191);
    for (let number = Number(range[1]); number <= last; number += 1) numbers.add(number);
  }
  return numbers;
};
