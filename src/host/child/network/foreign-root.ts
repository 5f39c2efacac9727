import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync } from 'node:fs';
import { codeOf } from '../../../error-code.ts';

// A container's files may be made to lead whoever reads them astray. So no path is ever looked up as a whole: each name is
// opened in the folder that is held open, no link is followed by the kernel, and ".." never leads above the root.

/** Linux's O_PATH: a handle on a name that opens nothing, and waits for no FIFO. */
const O_PATH = 0o10000000;
const HANDLE = O_PATH | constants.O_NOFOLLOW;

const MOST_BYTES = 64 * 1024;
const MOST_LINKS = 16;
const MOST_NAMES = 64;

const held = (handle: number): string => `/proc/self/fd/${handle}`;

/** Text of what a handle stands for. A file of /proc says 0 bytes and is not read: some lose what was read. */
const textOf = (handle: number, path: string): string => {
  const { size } = fstatSync(handle);
  if (size > MOST_BYTES) throw new Error(`${path} holds more than ${MOST_BYTES / 1024} KiB`);
  const buffer = Buffer.alloc(size);
  const file = openSync(held(handle), constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    let length = 0;
    for (let read = -1; read !== 0 && length < size; length += read)
      read = readSync(file, buffer, length, size - length, length);
    return buffer.toString('utf8', 0, length);
  } finally {
    closeSync(file);
  }
};

/** The handle of what stands at a path below a root, every link on the way read as that root's own. */
const inside = (root: string, path: string, open: (path: string, flags: number) => number): number => {
  const top = open(root, O_PATH | constants.O_DIRECTORY);
  let folders = [top];
  let names = path.split('/');
  let links = 0;
  for (let step = 0; step < MOST_NAMES; step += 1) {
    const name = names.shift();
    if (name === undefined) return folders.at(-1) ?? top;
    if (name === '' || name === '.') continue;
    if (name === '..') {
      folders = folders.length > 1 ? folders.slice(0, -1) : folders;
      continue;
    }
    const at = `${held(folders.at(-1) ?? top)}/${name}`;
    const handle = open(at, HANDLE);
    const found = fstatSync(handle);
    if (found.isSymbolicLink()) {
      links += 1;
      if (links > MOST_LINKS) throw new Error(`${path} leads in circles`);
      const to = readlinkSync(at);
      if (to.startsWith('/')) folders = [top];
      names = [...to.split('/'), ...names];
    } else if (found.isDirectory()) folders = [...folders, handle];
    else if (names.length === 0) return handle;
    else throw new Error(`${path} is not a regular file`);
  }
  throw new Error(`${path} has more than ${MOST_NAMES} names`);
};

/** Opens a path below a foreign root, as `inside` does, for as long as `use` takes; null when there is none. */
const openedInside = <T>(root: string, path: string, use: (handle: number) => T): T | null => {
  const handles: number[] = [];
  const open = (at: string, flags: number): number => {
    const handle = openSync(at, flags);
    handles.push(handle);
    return handle;
  };
  try {
    return use(inside(root, path, open));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return null;
    throw error;
  } finally {
    for (const handle of handles) closeSync(handle);
  }
};

/**
 * Text of a regular file of at most 64 KiB below a foreign root, every link read as that root's own; null when there is
 * none. Nothing outside of the root is ever opened.
 */
export const textInside = (root: string, path: string): string | null =>
  openedInside(root, path, (handle) => {
    if (!fstatSync(handle).isFile()) throw new Error(`${path} is not a regular file`);
    return textOf(handle, path);
  });

/** The same for a folder, which `use` is given a path of: names below it are not looked up by anybody else. */
export const folderInside = <T>(root: string, path: string, use: (folder: string) => T): T | null =>
  openedInside(root, path, (handle) => {
    if (!fstatSync(handle).isDirectory()) throw new Error(`${path} is not a folder`);
    return use(held(handle));
  });

/** The same for a regular file, opened for reading: `use` is given its number. */
export const fileInside = <T>(root: string, path: string, use: (file: number) => T): T | null =>
  openedInside(root, path, (handle) => {
    if (!fstatSync(handle).isFile()) throw new Error(`${path} is not a regular file`);
    const file = openSync(held(handle), constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    try {
      return use(file);
    } finally {
      closeSync(file);
    }
  });
