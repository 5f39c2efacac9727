import { constants, type Dirent, type Stats } from 'node:fs';
import { type FileHandle, open, readdir, realpath } from 'node:fs/promises';
import { codeOf } from '../error-code.ts';
import { ArchiveError, LIMITS, type Limits, type Member } from './archive.ts';
import { mountsBelow } from './mounts-below.ts';
import { shownName } from './names.ts';
import { ledger } from './within.ts';

const PIECE = 64 * 1024;
const DEEPEST = 64;
/** A file with holes of more than that is no log: it says so much and holds little, bytes. */
const MOST_HOLES = 1 << 30;
const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const FILE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;

/** By the folder that is open, and never by the whole path again: what is moved or linked meanwhile leads nowhere else. */
const within = ({ fd }: FileHandle, name: Buffer): Buffer => Buffer.concat([Buffer.from(`/proc/self/fd/${fd}/`), name]);

const WHY: Record<string, string> = {
  EACCES: 'permission denied',
  EIO: 'the disk reported an input/output error',
  ELOOP: 'it is a symbolic link',
  ENOENT: 'it vanished meanwhile',
  ENXIO: 'it is a socket',
  EPERM: 'it is not permitted to read it',
};
const why = (error: unknown): string => WHY[codeOf(error) ?? ''] ?? codeOf(error) ?? 'it cannot be read';

/** What is no plain file, in words; null for a plain file. */
const kindOf = (entry: Dirent<Buffer>): string | null => {
  if (entry.isSymbolicLink()) return 'a symbolic link';
  if (entry.isFIFO()) return 'a FIFO';
  if (entry.isSocket()) return 'a socket';
  return entry.isFile() ? null : 'a device';
};

type Walk = {
  seen: number;
  readonly most: number;
  readonly counts: ReturnType<typeof ledger>;
  readonly mounts: ReadonlySet<string>;
  /** Whose files they should be: those of the folder's owner and of this user. */
  readonly owners: ReadonlySet<number>;
};

/** Why a file that is open is not read; null where it is. */
const refusedFile = (stat: Stats, path: string, { owners }: Walk): string | null => {
  const shown = shownName(path);
  if (!stat.isFile()) return `${shown} is no plain file, and only files are read`;
  if (stat.nlink > 1 && !owners.has(stat.uid))
    return `${shown} is a hard link to a file of another user, which is not read`;
  if (stat.size - stat.blocks * 512 > MOST_HOLES) return `${shown} is a sparse file, most of which is holes`;
  return null;
};

const member = (path: string, refused: string): Member => ({
  ...{ path, bytes: null, refused },
  read: () => {
    throw new ArchiveError(refused);
  },
});

/** The bytes of an open file, as many as it had when it was opened: one that grows ends there, one that shrinks ends early. */
async function* bytesOf(file: FileHandle, size: number, { counts }: Walk): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; ) {
    const piece = Buffer.allocUnsafe(Math.min(PIECE, size - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    counts.took(bytesRead);
    yield piece.subarray(0, bytesRead);
  }
}

async function* oneFile(parent: FileHandle, name: Buffer, path: string, walk: Walk): AsyncGenerator<Member> {
  let file: FileHandle;
  try {
    file = await open(within(parent, name), FILE);
  } catch (error) {
    return yield member(path, `${shownName(path)} is not read: ${why(error)}`);
  }
  try {
    const stat = await file.stat();
    const refused = refusedFile(stat, path, walk) ?? walk.counts.refuses(path, stat.size);
    if (refused) yield member(path, refused);
    else yield { path, bytes: stat.size, refused: null, read: () => bytesOf(file, stat.size, walk) };
  } finally {
    await file.close();
  }
}

async function* entriesOf(folder: FileHandle, prefix: string, depth: number, walk: Walk): AsyncGenerator<Member> {
  const here = `/proc/self/fd/${folder.fd}`;
  const entries = await readdir(here, { withFileTypes: true, encoding: 'buffer' });
  for (const entry of entries.toSorted((a, b) => Buffer.compare(a.name, b.name))) {
    const path = `${prefix}${entry.name.toString('utf8').toWellFormed()}`;
    walk.seen += 1;
    if (walk.seen > walk.most) {
      if (walk.seen === walk.most + 1)
        yield member(path, `${shownName(path)} is behind the first ${walk.most} entries of the folder`);
      return;
    }
    if (walk.mounts.has(path)) {
      yield member(path, `${shownName(path)} is another file system, which is not read`);
      continue;
    }
    const isFolder = entry.isDirectory();
    const kind = isFolder ? null : kindOf(entry);
    const refused =
      (kind && `${shownName(path)} is ${kind}, and only files are read`) ??
      (isFolder && depth >= DEEPEST ? `${shownName(path)} lies deeper than ${DEEPEST} folders` : null);
    if (refused) yield member(path, refused);
    else if (!isFolder) yield* oneFile(folder, entry.name, path, walk);
    else yield* folderAt(folder, entry.name, `${path}/`, depth + 1, walk);
  }
}

async function* folderAt(
  parent: FileHandle,
  name: Buffer,
  prefix: string,
  depth: number,
  walk: Walk,
): AsyncGenerator<Member> {
  let folder: FileHandle;
  try {
    folder = await open(within(parent, name), FOLDER);
  } catch (error) {
    return yield member(prefix.slice(0, -1), `${shownName(prefix)} is not read: ${why(error)}`);
  }
  try {
    yield* entriesOf(folder, prefix, depth, walk);
  } finally {
    await folder.close();
  }
}

/**
 * The files of a folder as members, in the order of their names' bytes. Names are what they are here: make them plain before they are
 * shown or written. No link is followed anywhere below it; what is no plain file,
 * or cannot be read, is given with its reason and never opened for its bytes. Throws an ArchiveError where it is no folder.
 */
export async function* folderMembers(path: string, limits: Partial<Limits> = {}): AsyncGenerator<Member> {
  const all = { ...LIMITS, ...limits };
  // The folder itself may be named by a link: a person named it.
  const folder = await open(path, FOLDER & ~constants.O_NOFOLLOW).catch((error: unknown) => {
    throw new ArchiveError(`it cannot be read: ${codeOf(error) === 'ENOTDIR' ? 'it is no folder' : why(error)}`);
  });
  try {
    const owners = new Set([(await folder.stat()).uid, process.getuid?.() ?? 0]);
    const mounts = mountsBelow(await realpath(`/proc/self/fd/${folder.fd}`));
    const walk: Walk = { seen: 0, most: all.members, counts: ledger(all), mounts, owners };
    yield* entriesOf(folder, '', 1, walk);
  } finally {
    await folder.close();
  }
}
