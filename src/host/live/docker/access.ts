import type { DockerAnswers } from '../../answers/docker.ts';
import { sharedLook } from '../shared-look.ts';
import type { FoundDeployment } from './deployed.ts';
import { type EngineLook, lookAtEngine, type ReachedEngine, reachedIn } from './engine.ts';
import type { ClientContainer } from './inspected.ts';
import type { ContainerList } from './list.ts';

/**
 * The way to the Engine within one run: whoever asks, it is looked for once, and asked once for each of these. What could not be
 * found out stays so until the next run. All but `look` reject with a sentence where the Engine gives no answer.
 */
export type DockerAccess = {
  /** Which Engine it is and how it answered; rejects only when cancelled. */
  readonly look: (signal: AbortSignal) => Promise<EngineLook>;
  /** The Engine, when it answers; otherwise an error whose words say which one and why not. */
  readonly reachable: (signal: AbortSignal) => Promise<ReachedEngine>;
  readonly version: (signal: AbortSignal) => Promise<DockerAnswers['version']>;
  readonly info: (signal: AbortSignal) => Promise<DockerAnswers['info']>;
  /** All its containers, by one list call. */
  readonly list: (signal: AbortSignal) => Promise<ContainerList>;
  readonly containers: (signal: AbortSignal) => Promise<DockerAnswers['containers']>;
  /** The client's containers and what belongs to them, each inspected once. It holds secrets: never an answer. */
  readonly deployed: (signal: AbortSignal) => Promise<FoundDeployment>;
  /** Of these the client's own (Coreapps, masters, Webapps), running or not. They hold secrets: never an answer. */
  readonly clients: (signal: AbortSignal) => Promise<readonly ClientContainer[]>;
  /** Forgets all, so that the next run looks anew. */
  readonly renew: () => void;
};

// What is only needed where there is an Engine is loaded then.
export const dockerAccess = (): DockerAccess => {
  const engine = sharedLook(lookAtEngine);
  const reachable = async (signal: AbortSignal) => reachedIn(await engine.ask(signal));
  const info = sharedLook(async (signal) => {
    const { way } = await reachable(signal);
    return (await import('./facts.ts')).infoFrom(way, signal);
  });
  const list = sharedLook(async (signal) => {
    const { way } = await reachable(signal);
    return (await import('./list.ts')).listContainers(way, signal);
  });
  const deployed = sharedLook(async (signal) => {
    const [reached, listed] = [await reachable(signal), await list.ask(signal)];
    return (await import('./deployed.ts')).findDeployed(reached, listed, signal);
  });
  const clients: DockerAccess['clients'] = async (signal) => {
    const found = await deployed.ask(signal);
    return (await import('./deployed.ts')).clientsOf(found);
  };
  return {
    look: engine.ask,
    reachable,
    version: async (signal) => {
      const reached = await reachable(signal);
      return (await import('./facts.ts')).versionIn(reached);
    },
    info: info.ask,
    list: list.ask,
    containers: async (signal) => {
      const listed = await list.ask(signal);
      const { containersIn, wantsLooking } = await import('./facts.ts');
      const found = wantsLooking(listed) ? await clients(signal).catch(() => []) : [];
      signal.throwIfAborted();
      return containersIn(listed, new Map(found.map(({ id, product }) => [id, product])));
    },
    deployed: deployed.ask,
    clients,
    renew: () => {
      for (const shared of [engine, info, list, deployed]) shared.renew();
    },
  };
};
