import { accessSync, constants, statfsSync } from 'node:fs';
import type { DiskAnswers } from '../answers/disk.ts';
import { locate } from './locate.ts';
import { sentenceOf } from './sentence.ts';

/** What both benchmarks together may write, bytes. */
export const MOST_WRITTEN = 64 * 2 ** 20;

const LEAST_FREE = 2 * MOST_WRITTEN + 2 ** 30;
const LEAST_SHARE = 0.05;

// The common units bring a schema library along, which a child that measures does not load.
const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** Why nothing may be written in an existing folder, null where it may. Production must never run full because of us. */
export const refusal = (folder: string): string | null => {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    return `nothing can be written in ${folder}: ${sentenceOf(error)}`;
  }
  const sizes = statfsSync(folder, { bigint: true });
  const unit = sizes.frsize || sizes.bsize;
  const available = Number(sizes.bavail * unit);
  const share = sizes.blocks > 0n ? Number(sizes.bavail) / Number(sizes.blocks) : 0;
  if (available < LEAST_FREE)
    return `only ${gigabytes(available)} are available in ${folder}, and ${gigabytes(LEAST_FREE)} are needed for a benchmark that does no harm`;
  if (share < LEAST_SHARE)
    return `only ${(share * 100).toFixed(1)} % of the file system are available in ${folder}, and ${LEAST_SHARE * 100} % are needed for a benchmark that does no harm`;
  return null;
};

/** Whether a benchmark may write below a path. Touches the path: for the measuring child alone. */
export const permit = (path: string): DiskAnswers['permit'] => ({ refused: refusal(locate(path, '/proc').existing) });
