import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rootFrom = (folder: string): string => {
  if (existsSync(join(folder, 'checks/specs'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('the folder checks/specs of this tool is missing');
  return rootFrom(above);
};

/** Text of a file that is shipped with the tool, by its path in the package. */
export const shipped = (path: string): string =>
  readFileSync(join(rootFrom(dirname(fileURLToPath(import.meta.url))), path), 'utf8');
