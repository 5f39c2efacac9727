import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { ArchiveError } from '../archive/archive.ts';
import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';
import { type Bundle, bundleOf } from './contents.ts';
import { whyUnread } from './document.ts';
import { foundAmong, foundInFolder } from './found.ts';

/** What a path leads to, by what is there and not by its name. `text`: anything that is neither a folder nor an archive. */
export type Given = 'folder' | 'archive' | 'text';

/** How archives begin: zip (also one without members, and one file of several), gzip. */
const BEGINNINGS: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0x50, 0x4b, 0x07, 0x08],
  [0x1f, 0x8b],
];

/** Where `ustar` stands in a tar that is not packed. */
const USTAR = 257;

/** Looks at what a person named: a folder, or by its first bytes. A usage error where it cannot be read. */
export const givenAt = async (path: string, name: string): Promise<Given> => {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = await file.stat();
      if (stat.isDirectory()) return 'folder';
      if (!stat.isFile()) throw new UsageError(`${name}: it is not a file`);
      const { buffer } = await file.read(Buffer.alloc(USTAR + 5), 0, USTAR + 5, 0);
      const packed = BEGINNINGS.some((bytes) => bytes.every((byte, at) => buffer[at] === byte));
      return packed || buffer.toString('latin1', USTAR) === 'ustar' ? 'archive' : 'text';
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name}: ${whyUnread(error)}`);
  }
};

/**
 * Opens a bundle as the stranger's file that it is: an archive, or the folder that one was unpacked into. Nothing is extracted and
 * nothing is run; what is wrong with it is one sentence of a usage error. `name` is what messages call it.
 */
export const openBundle = async (path: string, given: 'folder' | 'archive', name: string): Promise<Bundle> => {
  // An unpacked bundle is a test host: whoever changes it there judges what was changed.
  if (given === 'folder') return bundleOf(await foundInFolder(path, name), name, false);
  try {
    const { readArchive } = await import('../archive/read.ts');
    return bundleOf(await foundAmong(readArchive(path), name), name, true);
  } catch (error) {
    if (error instanceof ArchiveError) throw new UsageError(`${name}: ${oneLine(error.message)}`);
    throw error;
  }
};
