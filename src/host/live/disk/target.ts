import { resolve } from 'node:path';
import type { DiskAnswers } from '../../answers/disk.ts';
import type { DockerAccess } from '../docker/access.ts';

/** Docker's own default is a folder below it. */
const DEFAULT = '/var/lib';
/** How long the Engine may take to name its folder, ms: the disk is judged with or without it. */
const PATIENCE = 4000;

const dataRoot = async (docker: DockerAccess, signal: AbortSignal): Promise<string | null> => {
  const { state, local } = (await docker.look(signal)).answer;
  return state === 'reachable' && local ? (await docker.info(signal)).dataRoot : null;
};

/** The folder whose disk is judged: the one asked for, else where an Engine on this machine keeps its data, else /var/lib. */
export const target = async (
  signal: AbortSignal,
  option: string | null,
  docker: DockerAccess,
): Promise<DiskAnswers['target']> => {
  if (option !== null) return { path: resolve(option), from: 'option' };
  const stop = new AbortController();
  const { promise: tooLate, resolve: giveUp } = Promise.withResolvers<null>();
  const end = () => {
    giveUp(null);
    stop.abort();
  };
  const timer = setTimeout(end, PATIENCE);
  signal.addEventListener('abort', end, { once: true });
  try {
    // An Engine that cannot be asked is docker.engine's finding, not this one's.
    const path = await Promise.race([dataRoot(docker, stop.signal).catch(() => null), tooLate]);
    return path?.startsWith('/') ? { path, from: 'docker' } : { path: DEFAULT, from: 'default' };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
};
