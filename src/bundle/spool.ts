import { constants } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync, constants as zlib } from 'node:zlib';
import { OutputError, whyNotWritten } from '../output-error.ts';
import { oneLine } from '../printable.ts';
import { runId } from '../run-id.ts';

/** Where a packed block lies until its archive is written. `bytes` is its size unpacked. */
export type Kept = { readonly at: number; readonly packed: number; readonly bytes: number };

/** Cleaned and packed blocks between collecting and writing; what is raw never comes here. */
export type Spool = {
  readonly keep: (deflated: Uint8Array, bytes: number) => Promise<Kept>;
  readonly read: (kept: Kept) => Promise<Uint8Array>;
  readonly drop: (kept: Kept) => void;
  /** The space goes back, on every way out. */
  readonly close: () => Promise<void>;
};

/** What is kept in memory before a file is used, bytes. */
const IN_MEMORY = 24 * 2 ** 20;

/** A file that has no name any more as soon as it is there: nothing of it outlives this process, whatever ends it. */
const nameless = async (folder: string): Promise<FileHandle> => {
  const path = join(folder, `.wa-bundle.${runId()}`);
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const file = await open(path, flags, 0o600);
  await rm(path);
  return file;
};

/** Keeps blocks in memory, and what is too much for that in a nameless file of a folder; in memory alone where there is none. */
export const spoolIn = (folder: string | null, inMemory = IN_MEMORY): Spool => {
  const blocks = new Map<number, Uint8Array>();
  let held = 0;
  let next = 0;
  let written = 0;
  let file: Promise<FileHandle> | null = null;
  const toFile = async (deflated: Uint8Array): Promise<number> => {
    const at = written;
    written += deflated.byteLength;
    try {
      file ??= nameless(folder ?? '.');
      const handle = await file;
      for (let done = 0; done < deflated.byteLength; ) {
        const { bytesWritten } = await handle.write(deflated, done, deflated.byteLength - done, at + done);
        done += bytesWritten;
      }
    } catch (error) {
      throw new OutputError(`nothing could be written to ${oneLine(folder ?? '.')}: ${whyNotWritten(error)}`);
    }
    return at;
  };
  return {
    keep: async (deflated, bytes) => {
      const packed = deflated.byteLength;
      if (folder !== null && held + packed > inMemory) return { at: await toFile(deflated), packed, bytes };
      held += packed;
      next -= 1;
      // A copy: what a worker gave may be a part of a larger buffer.
      blocks.set(next, new Uint8Array(deflated));
      return { at: next, packed, bytes };
    },
    read: async ({ at, packed }) => {
      const block = blocks.get(at);
      if (block) return block;
      const bytes = new Uint8Array(packed);
      const handle = await file;
      const read = await handle?.read(bytes, 0, packed, at);
      if (read?.bytesRead !== packed) throw new Error('a packed block could not be read back');
      return bytes;
    },
    drop: ({ at, packed }) => {
      if (blocks.delete(at)) held -= packed;
    },
    close: async () => {
      blocks.clear();
      await (await file?.catch(() => null))?.close();
    },
  };
};

/** The bytes of a block: raw deflate that ends with a sync flush. */
export const unpacked = (deflated: Uint8Array): Uint8Array =>
  inflateRawSync(deflated, { finishFlush: zlib.Z_SYNC_FLUSH });
