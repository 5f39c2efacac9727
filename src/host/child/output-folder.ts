import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { codeOf } from '../../error-code.ts';

/** What can be said of a folder before anything is written to it. `refused`: the system's code, such as EROFS; null where it may be. */
export type OutputFolder = {
  readonly is: 'folder' | 'absent' | 'other';
  readonly refused: string | null;
  /** Bytes that this user may still write there; null where it is not told. */
  readonly free: number | null;
};

const nothing = (is: OutputFolder['is'], refused: string | null = null): OutputFolder => ({ is, refused, free: null });

/** Looks at a folder and creates nothing. Touches the path: for the measuring child alone. */
export const outputFolder = (path: string): OutputFolder => {
  try {
    if (!statSync(path).isDirectory()) return nothing('other');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return nothing(code === 'ENOENT' ? 'absent' : 'other');
    return nothing('folder', code ?? String(error));
  }
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    return nothing('folder', codeOf(error) ?? String(error));
  }
  const { bavail, bsize } = statfsSync(path);
  return { is: 'folder', refused: null, free: bavail * bsize };
};
