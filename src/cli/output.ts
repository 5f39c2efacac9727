import { constants } from 'node:fs';
import { lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../error-code.ts';
import { OutputError, whyNotWritten as why } from '../output-error.ts';
import { oneLine } from '../printable.ts';
import { runId } from '../run-id.ts';

export { OutputError };

/** Whether nobody reads a stream any more: its pipe was closed, or its terminal hung up. */
const isGone = (error: Error, stream: NodeJS.WriteStream): boolean =>
  ['EPIPE', 'ERR_STREAM_DESTROYED'].includes(codeOf(error) ?? '') || (codeOf(error) === 'EIO' && stream.isTTY);

/** Writes to a standard stream and waits until it is out. A closed pipe is the reader's choice and no error. */
export const print = (stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> =>
  new Promise((done, failed) => {
    const settled = (error?: Error | null) => {
      if (error && !isGone(error, stream))
        failed(new OutputError(`standard output could not be written: ${why(error)}`));
      else done();
    };
    stream.once('error', settled);
    stream.write(text, (error) => {
      stream.off('error', settled);
      settled(error);
    });
  });

/** From here on a closed or full stream throws nothing by itself: whoever prints hears of it. */
export const guardStreams = (): void => {
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
};

/** Tells people something on standard error; what cannot be told there is not worth ending for. */
export const tell = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** How an existing thing that is no plain file is opened; a link as a shell would: what was in its file before goes. */
const specialFlags = async (file: string): Promise<number | null> => {
  const stat = await lstat(file).catch(() => null);
  if (stat === null || stat.isFile()) return null;
  return constants.O_WRONLY | (stat.isSymbolicLink() ? constants.O_CREAT | constants.O_TRUNC : 0);
};

const writeInto = async (path: string, flags: number, text: string): Promise<void> => {
  const file = await open(path, flags, 0o600);
  try {
    await file.writeFile(text);
    if ((await file.stat()).isFile()) await file.sync();
  } finally {
    await file.close();
  }
};

/** Writes a whole file, mode 0600, that appears only when it is complete. Devices, pipes and links are written through. */
export const writeFile = async (path: string, text: string): Promise<void> => {
  const partial = join(dirname(path), `.${basename(path)}.${runId()}`);
  try {
    const special = await specialFlags(path);
    if (special !== null) return await writeInto(path, special, text);
    const fresh = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
    await writeInto(partial, fresh, text);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw new OutputError(`${oneLine(path)} could not be written: ${why(error)}`);
  }
};
