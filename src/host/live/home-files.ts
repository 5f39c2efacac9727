import { mountByName, parseMounts } from '../child/mounts.ts';
import { askChild } from './child.ts';
import { readFile } from './files.ts';
import { kernelText } from './kernel-files.ts';

/** How long a file server may take to give a small file, ms. */
const PATIENCE = 2000;
const LOCAL = /^(ext[234]|xfs|btrfs|zfs|f2fs|bcachefs|overlay|tmpfs|ramfs|rootfs|squashfs|erofs|reiserfs|jfs|apfs)$/;

/**
 * Text of a file in a folder that people choose, such as their home; null when there is none. Homes come from file servers,
 * and one that hangs must not hold this process: there a child reads.
 */
export const readHomeFile = async (path: string): Promise<string | null> => {
  const mount = mountByName(path, parseMounts(kernelText('/proc/self/mountinfo') ?? ''));
  if (!mount || LOCAL.test(mount.type)) return readFile(path);
  const late = () => `${path} does not answer within ${PATIENCE / 1000} s: its file system hangs (${mount.type})`;
  const asking = { signal: new AbortController().signal, progress: () => {} };
  return (await askChild({ ask: 'text', about: path }, asking, PATIENCE, late)) as string | null;
};
