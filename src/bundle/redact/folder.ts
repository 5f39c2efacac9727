import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { folderMembers } from '../../archive/folder.ts';
import type { Item } from './item.ts';

/** More entries of a folder are not looked at. */
const MOST_ENTRIES = 100_000;
const PIECE = 1 << 18;

/**
 * Reads a plain file, as many bytes as it had when it was opened. Nothing that is no file is waited for. A piece is good until the
 * next one is asked for: all of them share one memory.
 */
export async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size } = await file.stat();
    const memory = Buffer.allocUnsafe(Math.min(PIECE, size));
    for (let at = 0; at < size; ) {
      const piece = memory.subarray(0, Math.min(PIECE, size - at));
      const { bytesRead } = await file.read(piece, 0, piece.length, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** The files of a folder and all below it, in the order of their names; what is no plain file is told and not read. */
export const folderItems = (top: string): AsyncIterable<Item> =>
  folderMembers(top, {
    members: MOST_ENTRIES,
    memberBytes: Number.POSITIVE_INFINITY,
    totalBytes: Number.POSITIVE_INFINITY,
  });
