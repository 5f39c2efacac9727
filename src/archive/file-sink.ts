import { createHash } from 'node:crypto';
import { constants, unlinkSync } from 'node:fs';
import { type FileHandle, link, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../error-code.ts';
import { OutputError, whyNotWritten } from '../output-error.ts';
import { oneLine } from '../printable.ts';
import type { FileSink } from './archive.ts';
import { type Owner, partialPath, sweepPartials } from './partial.ts';

/** Bytes are written in pieces of this size. */
const BUFFER = 256 * 1024;
const FRESH = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
/** What file systems without hard links answer: FAT, some of FUSE, some network ones. */
const NO_LINKS = ['EPERM', 'EOPNOTSUPP', 'ENOTSUP', 'ENOSYS', 'EMLINK', 'EXDEV'];

let made = 0;

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    // Some file systems have no such thing for folders; there is nothing more to be done there.
    await handle.sync().catch(() => {});
  } finally {
    await handle.close();
  }
};

/** Gives a finished file its name, and never takes one from a file that has it. */
const appear = async (partial: string, path: string): Promise<void> => {
  try {
    await link(partial, path);
    // Where its second name stays, the next run takes it away.
    await unlink(partial).catch(() => {});
  } catch (error) {
    if (!NO_LINKS.includes(codeOf(error) ?? '')) throw error;
    // The name is taken first, so that the rename overwrites nothing but this empty file.
    await (await open(path, FRESH, 0o600)).close();
    await rename(partial, path).catch(async (failure: unknown) => {
      await unlink(path).catch(() => {});
      throw failure;
    });
  }
};

const fill = async (handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> => {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done);
    if (bytesWritten === 0) throw new Error('nothing was written');
    done += bytesWritten;
  }
};

/**
 * A file that appears under its name only when it is whole: mode 0600 under any umask, beside its target until then, on the
 * disk before it appears, and never in the place of another file. What dead processes of ours left in the folder is removed
 * first. Throws an OutputError, and then nothing is left.
 */
export const fileSink = async (path: string, owner: Owner): Promise<FileSink> => {
  const folder = dirname(path);
  made += 1;
  const partial = partialPath(path, owner, made);
  const failed = (error: unknown): OutputError =>
    error instanceof OutputError
      ? error
      : new OutputError(`${oneLine(path)} could not be written: ${whyNotWritten(error)}`);
  await sweepPartials(folder, owner);
  const handle = await open(partial, FRESH, 0o600).catch((error: unknown) => {
    throw failed(error);
  });
  const gone = () => {
    try {
      unlinkSync(partial);
    } catch {
      // It is gone already, or its folder is.
    }
  };
  process.once('exit', gone);
  let state: 'open' | 'over' = 'open';
  let buffer = Buffer.allocUnsafe(BUFFER);
  let held = 0;
  let out = 0;

  const abandon = async (): Promise<void> => {
    if (state === 'over') return;
    state = 'over';
    buffer = Buffer.alloc(0);
    await handle.close().catch(() => {});
    await unlink(partial).catch(() => {});
    process.off('exit', gone);
  };
  const flush = async (): Promise<void> => {
    await fill(handle, buffer.subarray(0, held), out);
    out += held;
    held = 0;
  };
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    if (state === 'over') throw new OutputError(`${oneLine(path)} could not be written: the writing was stopped`);
    try {
      return await work();
    } catch (error) {
      await abandon();
      throw failed(error);
    }
  };
  // A umask may have taken even the owner's rights; file systems that know no modes refuse.
  await handle.chmod(0o600).catch(() => {});
  return {
    write: (bytes) =>
      guarded(async () => {
        if (held + bytes.length > BUFFER) await flush();
        if (bytes.length > BUFFER) {
          await fill(handle, bytes, out);
          out += bytes.length;
        } else {
          buffer.set(bytes, held);
          held += bytes.length;
        }
      }),
    patch: (at, bytes) =>
      guarded(async () => {
        if (at < out) await flush();
        if (at < out) await fill(handle, bytes, at);
        else buffer.set(bytes, at - out);
      }),
    size: () => out + held,
    digest: () =>
      guarded(async () => {
        await flush();
        const hash = createHash('sha256');
        const piece = Buffer.allocUnsafe(1 << 20);
        for (let at = 0; at < out; ) {
          const { bytesRead } = await handle.read(piece, 0, Math.min(piece.length, out - at), at);
          if (bytesRead === 0) throw new Error('it became shorter while it was written');
          hash.update(piece.subarray(0, bytesRead));
          at += bytesRead;
        }
        return hash;
      }),
    finish: () =>
      guarded(async () => {
        await flush();
        await handle.sync();
        await appear(partial, path);
        state = 'over';
        process.off('exit', gone);
        await handle.close();
        await syncFolder(folder).catch(() => {});
      }),
    abandon,
  };
};
