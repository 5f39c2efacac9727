import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { codeOf } from '../error-code.ts';
import { ArchiveError } from './archive.ts';

/** Bytes that are read from any place: a file or memory. `read` gives as many bytes as were asked for, or throws. */
export type RandomAccess = {
  readonly size: number;
  readonly read: (at: number, length: number) => Promise<Buffer>;
  readonly close: () => Promise<void>;
};

/** What is read ahead of a small piece, bytes. */
const AHEAD = 64 * 1024;

const WHY: Record<string, string> = {
  EACCES: 'permission denied',
  EIO: 'the disk reported an input/output error',
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  ENXIO: 'it is a socket or a device without anything behind it',
  EPERM: 'it is not permitted to read it',
};

const unread = (error: unknown): ArchiveError => {
  if (error instanceof ArchiveError) return error;
  const code = codeOf(error);
  return new ArchiveError(`it cannot be read: ${(code && WHY[code]) ?? code ?? 'it failed'}`);
};

/** Bytes in memory. */
export const inMemory = (bytes: Uint8Array): RandomAccess => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    size: buffer.length,
    read: async (at, length) => {
      if (at + length > buffer.length) throw new ArchiveError('it ends before its own records say');
      return buffer.subarray(at, at + length);
    },
    close: async () => {},
  };
};

/** A regular file, as long as it is now. Waits for no FIFO and takes no terminal. */
export const inFile = async (path: string): Promise<RandomAccess> => {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
  const file = await open(path, flags).catch((error: unknown) => {
    throw unread(error);
  });
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) throw new ArchiveError('it is a folder, and an archive was needed');
    if (stat.isFIFO()) throw new ArchiveError('it is a FIFO, which nothing is read from');
    if (!stat.isFile()) throw new ArchiveError('it is a device, which nothing is read from');
    const { size } = stat;
    const fresh = async (at: number, length: number): Promise<Buffer> => {
      const buffer = Buffer.allocUnsafe(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await file.read(buffer, done, length - done, at + done).catch((error: unknown) => {
          throw unread(error);
        });
        if (bytesRead === 0) throw new ArchiveError('it became shorter while it was read');
        done += bytesRead;
      }
      return buffer;
    };
    // Headers are read one after another: what was read ahead serves many of them.
    let ahead: { readonly at: number; readonly bytes: Buffer } = { at: 0, bytes: Buffer.alloc(0) };
    return {
      size,
      read: async (at, length) => {
        if (at + length > size) throw new ArchiveError('it ends before its own records say');
        const from = at - ahead.at;
        if (from >= 0 && from + length <= ahead.bytes.length) return ahead.bytes.subarray(from, from + length);
        if (length >= AHEAD) return fresh(at, length);
        ahead = { at, bytes: await fresh(at, Math.min(AHEAD, size - at)) };
        return ahead.bytes.subarray(0, length);
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw unread(error);
  }
};
