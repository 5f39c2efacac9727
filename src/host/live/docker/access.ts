import type { DockerAnswers } from '../../answers/docker.ts';
import { sharedLook } from '../shared-look.ts';
import { type EngineLook, lookAtEngine, type ReachedEngine, reachedIn } from './engine.ts';

/** The way to the Engine within one run: it is looked for once, whoever asks. */
export type DockerAccess = {
  /** Which Engine it is and how it answered; rejects only when cancelled. */
  readonly look: (signal: AbortSignal) => Promise<EngineLook>;
  /** The Engine, when it answers; otherwise an error whose words say which one and why not. */
  readonly reachable: (signal: AbortSignal) => Promise<ReachedEngine>;
  /** All its containers, by one list call. */
  readonly containers: (signal: AbortSignal) => Promise<DockerAnswers['containers']>;
  /** Forgets all, so that the next run looks anew. */
  readonly renew: () => void;
};

export const dockerAccess = (): DockerAccess => {
  const engine = sharedLook(lookAtEngine);
  const reachable = async (signal: AbortSignal) => reachedIn(await engine.ask(signal));
  const containers = sharedLook(async (signal) => {
    const { containersFrom } = await import('./facts.ts');
    return containersFrom((await reachable(signal)).way, signal);
  });
  return {
    look: engine.ask,
    reachable,
    containers: containers.ask,
    renew: () => {
      engine.renew();
      containers.renew();
    },
  };
};
