import { lstatSync, opendirSync } from 'node:fs';
import { isCrashFile, LOG_FOLDER } from '../../facts/crash-files.ts';
import { folderInside } from './network/foreign-root.ts';
import { isOfContainer } from './network/process-of.ts';

/** The first process of a container, and the container's full id. */
export type CrashLogsOrder = { readonly pid: number; readonly id: string };

/** What was found; `cut` where there is more than is looked at. */
export type CrashFiles = {
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly modifiedAt: string }[];
  readonly cut: boolean;
};

const MOST_NAMES = 20_000;
const MOST_FILES = 64;

const lookIn = (folder: string): CrashFiles => {
  const files: { path: string; bytes: number; modifiedAt: string }[] = [];
  // Bytes: a name may be no text at all, and still be the name to look at.
  const open = opendirSync(folder, { encoding: 'buffer' as BufferEncoding });
  let cut = false;
  try {
    let seen = 0;
    for (let entry = open.readSync(); entry; entry = open.readSync()) {
      seen += 1;
      cut = seen > MOST_NAMES || files.length >= MOST_FILES;
      if (cut) break;
      const bytes = entry.name as unknown as Buffer;
      const name = bytes.toString('utf8').toWellFormed();
      if (!isCrashFile(name)) continue;
      const found = lstatSync(Buffer.concat([Buffer.from(`${folder}/`), bytes]), { throwIfNoEntry: false });
      if (found?.isFile())
        files.push({ path: `${LOG_FOLDER}/${name}`, bytes: found.size, modifiedAt: found.mtime.toISOString() });
    }
  } finally {
    open.closeSync();
  }
  return { files, cut };
};

/**
 * Crash logs and core dumps in the log folder of a running container, by name, size and time; none where it has no such folder.
 * Rejects where the process is not the container's: its number is given anew when a container ends.
 */
export const crashLogs = ({ pid, id }: CrashLogsOrder): CrashFiles => {
  if (!isOfContainer(pid, id)) throw new Error('the container ended meanwhile');
  const found = folderInside(`/proc/${pid}/root`, LOG_FOLDER, lookIn);
  if (!isOfContainer(pid, id)) throw new Error('the container ended meanwhile');
  return found ?? { files: [], cut: false };
};
