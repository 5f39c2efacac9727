import type { ForeignFile } from '../../child/file.ts';
import type { FileMode } from '../../child/file-mode.ts';
import { askChild } from '../child.ts';

/** Text of a file by its whole path; empty where there is none and none is required. */
export type ReadText = (path: string, required?: boolean) => Promise<string>;

/** How long a file server may take to give a small file, ms. */
const PATIENCE = 2000;
const late = () => `it does not answer within ${PATIENCE / 1000} s: its file system hangs`;

/**
 * A file that a person named or keeps in their home, with its mode; null when there is none. Always read in a child: any
 * path may end on a mount that hangs, and this process must not.
 */
export const foreignFile = async (path: string, signal: AbortSignal): Promise<ForeignFile | null> => {
  const asking = { signal, progress: () => {} };
  return (await askChild({ ask: 'file', about: path }, asking, PATIENCE, late)) as ForeignFile | null;
};

/** How a file may be used that cannot be read, in the same way; null when there is none. */
export const foreignMode = async (path: string, signal: AbortSignal): Promise<FileMode | null> => {
  const asking = { signal, progress: () => {} };
  return (await askChild({ ask: 'file-mode', about: path }, asking, PATIENCE, late)) as FileMode | null;
};

/** Whether others than its owner may read a file of that mode: "0644" then, null where they may not. */
export const exposedMode = (mode: number): string | null =>
  mode & 0o044 ? (mode & 0o777).toString(8).padStart(4, '0') : null;
