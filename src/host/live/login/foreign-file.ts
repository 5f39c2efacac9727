import type { ForeignFile } from '../../child/file.ts';
import { askChild } from '../child.ts';

/** Text of a file by its whole path; empty where there is none and none is required. */
export type ReadText = (path: string, required?: boolean) => Promise<string>;

/** How long a file server may take to give a small file, ms. */
const PATIENCE = 2000;

/**
 * A file that a person named or keeps in their home, with its mode; null when there is none. Always read in a child: any
 * path may end on a mount that hangs, and this process must not.
 */
export const foreignFile = async (path: string, signal: AbortSignal): Promise<ForeignFile | null> => {
  const late = () => `it does not answer within ${PATIENCE / 1000} s: its file system hangs`;
  const asking = { signal, progress: () => {} };
  return (await askChild({ ask: 'file', about: path }, asking, PATIENCE, late)) as ForeignFile | null;
};

/** Whether others than its owner may read a file of that mode: "0644" then, null where they may not. */
export const exposedMode = (mode: number): string | null =>
  mode & 0o044 ? (mode & 0o777).toString(8).padStart(4, '0') : null;
