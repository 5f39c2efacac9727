import { lstatSync, opendirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** More than a log is rotated into. */
const MOST_NAMES = 1000;

const namesIn = (folder: string): readonly string[] => {
  const open = opendirSync(folder);
  try {
    const names: string[] = [];
    for (let entry = open.readSync(); entry && names.length < MOST_NAMES; entry = open.readSync())
      names.push(entry.name);
    return names;
  } finally {
    open.closeSync();
  }
};

const sizeOf = (path: string): number | null => {
  try {
    const [folder, own] = [dirname(path), basename(path)];
    const parts = namesIn(folder).filter((name) => name === own || name.startsWith(`${own}.`));
    const files = parts.map((name) => lstatSync(join(folder, name))).filter((file) => file.isFile());
    return files.length > 0 ? files.reduce((sum, { size }) => sum + size, 0) : null;
  } catch {
    return null;
  }
};

/** The sizes of logs, each with those that were rotated away beside it, bytes; null where it cannot be looked at. Nothing is opened but folders. */
export const logSizes = (paths: readonly (string | null)[]): readonly (number | null)[] =>
  paths.map((path) => (path?.startsWith('/') ? sizeOf(path) : null));
