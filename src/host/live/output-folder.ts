import { OutputError, whyNotWritten } from '../../output-error.ts';
import { oneLine } from '../../printable.ts';
import type { OutputFolder } from '../child/output-folder.ts';
import { askChild } from './child.ts';

/** How long a file server may take to tell of a folder, ms. */
const PATIENCE = 2000;

/** The code and the words that the file system would give. */
const ENOTHING = { absent: 'ENOENT', other: 'ENOTDIR' } as const;

/**
 * Looks at a folder that something is about to be written to, in a child and with a deadline: it may be on a mount that hangs. Gives
 * the bytes that are free, null where they are not told. Creates nothing. Throws an OutputError where nothing can be written.
 */
export const lookedAtOutput = async (folder: string, signal: AbortSignal): Promise<number | null> => {
  const shown = oneLine(folder);
  const late = () => `it does not answer within ${PATIENCE / 1000} s: its file system hangs`;
  const asked = askChild({ ask: 'output-folder', about: folder }, { signal, progress: () => {} }, PATIENCE, late);
  const { is, refused, free } = (await asked.catch((error: unknown) => {
    throw new OutputError(
      `nothing can be written to ${shown}: ${error instanceof Error ? error.message : String(error)}`,
    );
  })) as OutputFolder;
  const code = is === 'folder' ? refused : ENOTHING[is];
  if (code === null) return free;
  throw new OutputError(
    `nothing can be written to ${shown}: ${whyNotWritten(Object.assign(new Error(code), { code }))}`,
  );
};
