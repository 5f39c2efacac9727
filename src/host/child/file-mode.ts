import { statSync } from 'node:fs';
import { codeOf } from '../../error-code.ts';

/** The permission bits of a path, and whose it is. */
export type FileMode = { readonly mode: number; readonly uid: number };

/** How a path may be used; null when there is none. Touches the path: for the measuring child alone. */
export const fileMode = (path: string): FileMode | null => {
  try {
    const { mode, uid } = statSync(path);
    return { mode: mode & 0o7777, uid };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return null;
    throw error;
  }
};
