import type { DockerAnswers } from '../../src/host/answers/docker.ts';
import { dockerAccess } from '../../src/host/live/docker/access.ts';
import { clientContainer as clientIn } from '../../src/host/live/docker/client-container.ts';

// One question to the Engine of the environment, as the first of a run.

export const engine = async (signal: AbortSignal): Promise<DockerAnswers['engine']> =>
  (await dockerAccess().look(signal)).answer;
export const version = (signal: AbortSignal) => dockerAccess().version(signal);
export const info = (signal: AbortSignal) => dockerAccess().info(signal);
export const containers = (signal: AbortSignal) => dockerAccess().containers(signal);
export const clientContainer = (signal: AbortSignal) => clientIn(dockerAccess(), signal);
