import { randomBytes } from 'node:crypto';
import { closeSync, constants, lstatSync, opendirSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../error-code.ts';

const PREFIX = '.wa-preflight-';
/** Linux's O_TMPFILE: a file that never has a name, so that nothing is left however the process ends. */
const O_TMPFILE = 0o20000000 | constants.O_DIRECTORY;
/** Older ones were left by a run that was killed between the making of a name and its removal, ms. */
const STALE = 60_000;
const MOST_NAMES = 4096;

/** An open file to measure with, and how it is hidden. */
export type Scratch = { readonly file: number; readonly how: string; readonly close: () => void };

const tolerated = (error: unknown, codes: readonly string[]): null => {
  if (codes.includes(codeOf(error) ?? '')) return null;
  throw error;
};

const nameless = (folder: string): number | null => {
  try {
    return openSync(folder, O_TMPFILE | constants.O_RDWR | constants.O_EXCL, 0o600);
  } catch (error) {
    return tolerated(error, ['EOPNOTSUPP', 'ENOTSUP', 'EISDIR', 'EINVAL', 'ENOENT', 'ENOSYS']);
  }
};

const remove = (path: string): void => {
  try {
    unlinkSync(path);
  } catch (error) {
    tolerated(error, ['ENOENT']);
  }
};

/** Removes what a killed run of this tool left in a folder: plain files of ours alone, by name, owner and age. */
const sweep = (folder: string): void => {
  const directory = opendirSync(folder);
  try {
    for (let seen = 0; seen < MOST_NAMES; seen += 1) {
      const entry = directory.readSync();
      if (!entry) return;
      if (!entry.name.startsWith(PREFIX)) continue;
      const path = join(folder, entry.name);
      const known = lstatSync(path, { throwIfNoEntry: false });
      if (known?.isFile() && known.uid === process.getuid?.() && Date.now() - known.mtimeMs > STALE) remove(path);
    }
  } finally {
    directory.closeSync();
  }
};

/** A new file in a folder that no name leads to, so that it is gone with this process. */
export const scratch = (folder: string): Scratch => {
  sweep(folder);
  const open = nameless(folder);
  if (open !== null) return { file: open, how: 'file without a name', close: () => closeSync(open) };
  const path = join(folder, `${PREFIX}${randomBytes(8).toString('hex')}`);
  const { O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const file = openSync(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  remove(path);
  return { file, how: 'unlinked file', close: () => closeSync(file) };
};
