import type { DiskAnswers } from '../../answers/disk.ts';
import type { Asking } from '../../host.ts';
import { askChild } from '../child.ts';
import { mountWords } from './place.ts';

/** How long the child may take, ms: twice what it plans for, so that only a disk that hangs is cut off. */
const PATIENCE = 9000;

const QUICK = 'left out by --quick';

const measured = (ask: string, { signal, progress }: Asking, path: string): Promise<unknown> => {
  const late = () => `the disk below ${path} did not end its benchmark within ${PATIENCE / 1000} s${mountWords(path)}`;
  return askChild({ ask, about: path }, { signal, progress }, PATIENCE, late);
};

/** Whether the disk below a path may be benchmarked; the reason where it may not. */
export const permit = async (asking: Asking, path: string, quick: boolean): Promise<DiskAnswers['permit']> =>
  quick ? { refused: QUICK } : ((await measured('permit', asking, path)) as DiskAnswers['permit']);

/** Appends with fdatasync. Writes at most 24 MiB to a file that is gone afterwards; rejects when refused or busy. */
export const writeLatency = async (
  asking: Asking,
  path: string,
  quick: boolean,
): Promise<DiskAnswers['write-latency']> => {
  if (quick) throw new Error(QUICK);
  return (await measured('write-latency', asking, path)) as DiskAnswers['write-latency'];
};

/** Random reads. Writes 32 MiB to a file that is gone afterwards; rejects when refused or busy. */
export const readLatency = async (
  asking: Asking,
  path: string,
  quick: boolean,
): Promise<DiskAnswers['read-latency']> => {
  if (quick) throw new Error(QUICK);
  return (await measured('read-latency', asking, path)) as DiskAnswers['read-latency'];
};
