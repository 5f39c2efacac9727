import { createHash } from 'node:crypto';
import { lstat, opendir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** This process, and how to tell whether another one still runs: numbers mean something only where `origin` is the same. */
export type Owner = {
  readonly pid: number;
  /** When it started, in the kernel's ticks; '' where it is not known. */
  readonly since: string;
  /** The boot and the namespace that its number belongs to. */
  readonly origin: string;
  readonly isAlive: (pid: number, since: string) => boolean;
};

const NAME = /^\..*\.partial-(\d+)-(\d*)-([0-9a-f]{12})-\d+$/s;
const MOST_NAME = 255;
/** A partial file of another boot or machine that nothing was written to for so long is nobody's any more, ms. */
const FORGOTTEN = 24 * 3600 * 1000;
const MOST_ENTRIES = 100_000;

const mark = ({ origin }: Owner): string => createHash('sha256').update(origin).digest('hex').slice(0, 12);

/** How the partial file of a target is called: beside it, hidden, with its process, unique within it. */
export const partialPath = (target: string, owner: Owner, number: number): string => {
  const tail = `.partial-${owner.pid}-${owner.since}-${mark(owner)}-${number}`;
  const name = Buffer.from(`.${basename(target)}`);
  const kept = name
    .subarray(0, MOST_NAME - tail.length)
    .toString('utf8')
    .replace(/\ufffd+$/, '');
  return join(dirname(target), kept + tail);
};

const isDead = (name: string, modified: number, owner: Owner): boolean => {
  const [, pid, since = '', origin] = NAME.exec(name) ?? [];
  if (pid === undefined) return false;
  if (origin !== mark(owner)) return Date.now() - modified > FORGOTTEN;
  if (Number(pid) === owner.pid && since === owner.since) return false;
  return !owner.isAlive(Number(pid), since);
};

/** Removes the partial files that dead processes of ours left in a folder: plain files of this user alone. Never fails. */
export const sweepPartials = async (folder: string, owner: Owner): Promise<void> => {
  const directory = await opendir(folder).catch(() => null);
  if (!directory) return;
  try {
    let seen = 0;
    for await (const { name } of directory) {
      seen += 1;
      if (seen > MOST_ENTRIES) return;
      if (!NAME.test(name)) continue;
      const path = join(folder, name);
      const stat = await lstat(path).catch(() => null);
      if (stat?.isFile() && stat.uid === process.getuid?.() && isDead(name, stat.mtimeMs, owner))
        await unlink(path).catch(() => {});
    }
  } catch {
    // What cannot be listed cannot be tidied.
  }
};
