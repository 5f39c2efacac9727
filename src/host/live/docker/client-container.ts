import type { DockerAccess } from './access.ts';
import type { ClientContainer } from './inspected.ts';

/** The Coreapp before the Webapp: it is the one that uses the database. By name, so that each run takes the same. */
const chosen = (all: readonly ClientContainer[]): ClientContainer | undefined => {
  const running = all.filter((one) => one.running).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return running.find(({ product }) => product === 'coreapp') ?? running[0];
};

/** The client container that runs, the Coreapp first, or why there is none to ask, in a sentence; rejects only when cancelled. */
export const clientContainer = async (docker: DockerAccess, signal: AbortSignal): Promise<ClientContainer | string> => {
  try {
    return chosen(await docker.clients(signal)) ?? 'no client container runs';
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  }
};
