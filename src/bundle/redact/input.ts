import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Limits } from '../../archive/archive.ts';
import { oneLine } from '../../printable.ts';
import { UsageError } from '../../usage-error.ts';
import { whyUnread } from '../document.ts';
import { givenAt } from '../open.ts';
import { fileBytes, folderItems } from './folder.ts';
import type { Input, Item } from './item.ts';

/** An archive of logs may be large and packs well: what is believed of it is that it is no bomb. */
const LENIENT: Partial<Limits> = {
  members: 100_000,
  memberBytes: 64 * 2 ** 30,
  totalBytes: 256 * 2 ** 30,
  ratio: 1100,
  lenient: true,
};

/** The name of the one file that a .gz holds. */
const unpackedName = (path: string): string => basename(path).replace(/\.gz$/i, '') || 'content';

async function* inArchive(path: string): AsyncGenerator<Item> {
  const { openArchive } = await import('../../archive/read.ts');
  const archive = await openArchive(path, LENIENT);
  try {
    if (archive.kind === 'gz') for await (const one of archive.members) yield { ...one, path: unpackedName(path) };
    else yield* archive.members;
  } finally {
    await archive.close();
  }
}

async function* oneFile(path: string): AsyncGenerator<Item> {
  yield { path: basename(path), refused: null, read: () => fileBytes(path) };
}

/** What a person named to be cleaned, known by what it is and not by its name. A usage error where it cannot be read. */
export const inputAt = async (path: string): Promise<Input> => {
  const given = await givenAt(path, oneLine(path));
  if (given === 'folder') return { kind: 'folder', items: () => folderItems(path) };
  if (given === 'archive') return { kind: 'archive', items: () => inArchive(path) };
  return { kind: 'file', items: () => oneFile(path) };
};

/** Bytes of what was named, packed or not, for the room that the clean one needs; null for a folder. */
export const sizeOf = async (path: string): Promise<number | null> => {
  try {
    const found = await stat(path);
    return found.isDirectory() ? null : found.size;
  } catch (error) {
    throw new UsageError(`${oneLine(path)}: ${whyUnread(error)}`);
  }
};
