import { alone } from './alone.ts';
import { locate } from './locate.ts';
import { refusal } from './permit.ts';
import { type Scratch, scratch } from './scratch.ts';

/** A file to measure with, and the folder that it is in. */
type Ground = Pick<Scratch, 'file' | 'how'> & { readonly existing: string };

/** Measures on the disk below a path: only where that may be, alone on this host, in a file that is gone afterwards. */
export const onDisk = async <T>(path: string, measure: (ground: Ground) => Promise<T>): Promise<T> => {
  const { existing } = locate(path, '/proc');
  const refused = refusal(existing);
  if (refused !== null) throw new Error(refused);
  return alone(async () => {
    const { file, how, close } = scratch(existing);
    try {
      return await measure({ file, how, existing });
    } finally {
      close();
    }
  });
};
