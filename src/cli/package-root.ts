import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

const rootFrom = (folder: string): string => {
  if (existsSync(join(folder, 'checks/specs'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('the folder checks/specs of this tool is missing');
  return rootFrom(above);
};

/** Text of a file that is shipped with the tool, by its path in the package. */
export const shipped = (path: string): string => readFileSync(join(rootFrom(here), path), 'utf8');

/** Text of a file that the build wrote beside the bundle, null when this runs from its sources. */
export const builtBeside = (name: string): string | null => {
  const path = join(here, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
};
