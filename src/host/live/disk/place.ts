import { readFileSync } from 'node:fs';
import type { DiskAnswers } from '../../answers/disk.ts';
import { mountByName, parseMounts } from '../../child/mounts.ts';
import { askChild, type spare } from '../child.ts';

/** How long a file system may take to say where and how large it is, ms. */
const PATIENCE = 5000;

/** What is known of a path without touching it: the mount that its name leads to. */
export const mountWords = (path: string): string => {
  const mount = mountByName(path, parseMounts(readFileSync('/proc/self/mountinfo', 'latin1')));
  return mount ? ` (${mount.type} from ${mount.source}, mounted on ${mount.point})` : '';
};

/** Where a path really lives. A mount that hangs is told as such, and holds nobody up. */
export const place = async (
  signal: AbortSignal,
  path: string,
  children?: ReturnType<typeof spare>,
): Promise<DiskAnswers['place']> => {
  const late = () => `${path} does not answer within ${PATIENCE / 1000} s: its file system hangs${mountWords(path)}`;
  return (await askChild(
    { ask: 'place', about: path },
    { signal, progress: () => {} },
    PATIENCE,
    late,
    children?.take(),
  )) as DiskAnswers['place'];
};
