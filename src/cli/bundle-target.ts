import { access, constants, lstat, stat, statfs, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { ArchiveKind, FileSink } from '../archive/archive.ts';
import { volumeName } from '../bundle/names.ts';
import type { Target } from '../bundle/write.ts';
import { isAlive, thisProcess } from '../host/live/process-identity.ts';
import { OutputError, whyNotWritten } from '../output-error.ts';
import { oneLine } from '../printable.ts';
import { gigabytes } from '../units.ts';
import { UsageError } from '../usage-error.ts';
import { refuseHung } from './hung.ts';

/** Where a bundle goes that nobody named: it outlives a restart, and is never the working folder by surprise. */
const DEFAULT_FOLDER = '/var/tmp';

/** What is left free beside twice the estimate, bytes. */
const SPARE = 16e6;

const absolute = (path: string): string => {
  try {
    return resolve(path);
  } catch {
    throw new OutputError(`${oneLine(path)}: the working folder is no longer there; an absolute path is needed`);
  }
};

const refuseExisting = async (path: string): Promise<void> => {
  const there = await lstat(path).catch(() => null);
  if (there) throw new OutputError(`${oneLine(path)} is there already: a file is never written over`);
};

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (there) => there.isDirectory(),
    () => false,
  );

/** Refuses a folder that this user may not write to, or whose file system is read-only. */
const refuseClosed = async (folder: string): Promise<void> => {
  await access(folder, constants.W_OK | constants.X_OK).catch((error: unknown) => {
    throw new OutputError(`${oneLine(folder)} could not be written: ${whyNotWritten(error)}`);
  });
};

/** Refuses a map that would take the name of what is written. */
export const refuseSame = (map: string | null, output: string | null): void => {
  if (map !== null && output !== null && [absolute(output), `${absolute(output)}.sha256`].includes(absolute(map)))
    throw new UsageError(`--map ${oneLine(map)}: it would take the name of what --output writes`);
};

/** Where the files of a bundle go: a folder, and the first file's name without its ending, null where the bundle names it. */
export type Place = { readonly folder: string; readonly stem: string | null; readonly ending: string };

/** The place that `--output` names. Throws an OutputError, before anything is collected, where nothing can be written there. */
export const placeOf = async (output: string | null, archive: ArchiveKind): Promise<Place> => {
  const path = absolute(output ?? DEFAULT_FOLDER);
  await refuseHung(path);
  if (output === null || output.endsWith('/') || (await isFolder(path))) {
    if (!(await isFolder(path))) throw new OutputError(`${oneLine(path)}: the folder does not exist`);
    await refuseClosed(path);
    return { folder: path, stem: null, ending: `.${archive}` };
  }
  const folder = dirname(path);
  if (!(await isFolder(folder)))
    throw new OutputError(`${oneLine(path)} could not be written: the folder does not exist`);
  await refuseClosed(folder);
  const name = basename(path);
  const ending = /\.(zip|tar\.gz|tgz)$/i.exec(name)?.[0] ?? '';
  for (const file of [path, `${path}.sha256`]) await refuseExisting(file);
  return { folder, stem: name.slice(0, name.length - ending.length), ending };
};

/** Refuses a folder with less room than twice the estimate, before anything is collected. */
export const refuseFull = async (folder: string, estimate: number): Promise<void> => {
  const { bavail, bsize } = await statfs(folder).catch((error: unknown) => {
    throw new OutputError(`${oneLine(folder)} could not be looked at: ${whyNotWritten(error)}`);
  });
  const [free, needed] = [bavail * bsize, 2 * estimate + SPARE];
  if (free >= needed) return;
  throw new OutputError(
    `${oneLine(folder)} has ${gigabytes(free)} free, and twice the size of the bundle is needed: ${gigabytes(needed)}`,
  );
};

const writerFor = async (archive: ArchiveKind): Promise<Target['writerOf']> => {
  if (archive === 'zip') {
    const { zipWriter } = await import('../archive/zip-writer.ts');
    return (sink) => zipWriter(sink);
  }
  const { tarGzWriter } = await import('../archive/tar-gz-writer.ts');
  return (sink) => tarGzWriter(sink);
};

const owner = () => ({ ...thisProcess(), isAlive });

/** Refuses a file that cannot be written because it is there, or its folder is not. */
export const refuseUnfresh = async (output: string): Promise<void> => {
  const path = absolute(output);
  await refuseHung(path);
  if (!(await isFolder(dirname(path))))
    throw new OutputError(`${oneLine(output)} could not be written: the folder does not exist`);
  await refuseClosed(dirname(path));
  await refuseExisting(path);
};

/** A file that is written by `bundle redact`: it is not there yet, and appears when it is whole. */
export const freshFile = async (output: string): Promise<FileSink> => {
  await refuseUnfresh(output);
  const { fileSink } = await import('../archive/file-sink.ts');
  return fileSink(absolute(output), owner());
};

/** Writes a small file of our own, whole or not at all, over no other. */
export const writeFresh = async (path: string, text: string): Promise<void> => {
  const { fileSink } = await import('../archive/file-sink.ts');
  const sink = await fileSink(path, owner());
  try {
    await sink.write(Buffer.from(text));
    await sink.finish();
  } finally {
    await sink.abandon();
  }
};

/** Files in a folder, each with its digest beside it. */
export const fileTarget = async (place: Place, archive: ArchiveKind, name: string): Promise<Target> => {
  const { fileSink } = await import('../archive/file-sink.ts');
  const pathOf = (volume: number): string =>
    join(place.folder, `${volumeName(place.stem ?? name, volume)}${place.ending}`);
  return {
    pathOf,
    writerOf: await writerFor(archive),
    open: async (volume) => {
      for (const file of [pathOf(volume), `${pathOf(volume)}.sha256`]) await refuseExisting(file);
      return fileSink(pathOf(volume), owner());
    },
    beside: (volume, { sha256 }) => writeFresh(`${pathOf(volume)}.sha256`, `${sha256}  ${basename(pathOf(volume))}\n`),
    undo: async (volume) => {
      for (const file of [pathOf(volume), `${pathOf(volume)}.sha256`]) await unlink(file).catch(() => {});
    },
  };
};

/** One archive in memory, of at most so many bytes, that is handed over when it is whole. */
export const memoryTarget = async (
  archive: ArchiveKind,
  most: number,
  out: (pieces: readonly Uint8Array[]) => Promise<void>,
): Promise<Target> => {
  const { memorySink } = await import('../archive/memory-sink.ts');
  const nothing = async () => {};
  return {
    pathOf: () => null,
    writerOf: await writerFor(archive),
    open: async () => {
      const sink = memorySink(most);
      return { ...sink, finish: () => out(sink.pieces()), abandon: nothing };
    },
    beside: nothing,
    undo: nothing,
  };
};
