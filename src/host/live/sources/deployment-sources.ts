import type { DockerAnswers } from '../../answers/docker.ts';
import type { Asking } from '../../host.ts';
import { type Source, SourceError } from '../../source.ts';
import { crashLogs } from '../docker/crash-logs.ts';
import { clientsOf } from '../docker/deployed.ts';
import type { ClientContainer } from '../docker/inspected.ts';
import { logSizes } from '../docker/log-sizes.ts';
import { appFiles, crashFiles } from './app-files.ts';
import type { Collecting } from './app-folder.ts';
import { appLogs } from './app-logs.ts';
import { dockerState } from './docker-state.ts';
import type { EngineWay } from './engine-stream.ts';
import { insideFolders } from './inside-folders.ts';
import { APP_ROWS, ENGINE_ROWS, lacking, unreached } from './lacking-rows.ts';
import type { AllPatience } from './patience.ts';
import type { SourceSettings } from './settings.ts';
import { lackingOf, lackOf, partOf } from './source-of.ts';

/** Containers whose folders are looked into at the same time, and how long for all of them, ms. */
const PARALLEL = 4;
const LOOKING = 6000;

/** Does something for each, a few at a time, in order. */
const eachOf = async <T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<readonly R[]> => {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < all.length; at = next++) results[at] = await work(all[at] as T);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return results;
};

type Crashes = DockerAnswers['crash-logs']['containers'];

const crashesOf = async ({ evidence, docker }: SourceSettings, asking: Asking): Promise<Crashes | SourceError> => {
  const entry = evidence['docker "crash-logs"'];
  if (entry && 'value' in entry) return (entry.value as DockerAnswers['crash-logs']).containers;
  try {
    return (await crashLogs(asking, docker)).containers;
  } catch (error) {
    asking.signal.throwIfAborted();
    return lackOf(error);
  }
};

const crashSources = (
  clients: readonly ClientContainer[],
  crashes: Crashes | SourceError,
  collecting: Collecting,
): readonly Source[] => {
  if (crashes instanceof SourceError) return lacking(APP_ROWS.slice(1, 2), crashes);
  return crashes.flatMap(({ id, name, skipped, files }) => {
    const client = clients.find((one) => one.id === id);
    const planned = {
      path: `app/coreapp/${partOf(name)}/crash.log`,
      part: 'crash-logs',
      form: 'log',
      priority: 3,
    } as const;
    const origin = `crash logs of ${name}`;
    if (skipped !== null || !client)
      return [
        lackingOf({ ...planned, collector: 'docker diff', origin }, 'failed', skipped ?? 'the container is gone'),
      ];
    return crashFiles(client, files, collecting);
  });
};

/** What the Engine gives: its own state, and the logs and files of the client's containers. */
export const deploymentSources = async (
  settings: SourceSettings,
  all: AllPatience,
  asking: Asking,
): Promise<readonly Source[]> => {
  const { signal } = asking;
  const { docker, window } = settings;
  const look = await docker.look(signal);
  if (!look.way) return lacking([...ENGINE_ROWS, ...APP_ROWS], unreached(look));
  const engine: EngineWay = { way: look.way, patience: all.engine };
  const found = await docker.deployed(signal).catch((error: unknown) => {
    signal.throwIfAborted();
    return lackOf(error);
  });
  if (found instanceof SourceError)
    return [...dockerState(engine, docker, [], window, all), ...lacking(APP_ROWS, found)];
  const state = dockerState(engine, docker, found.containers, window, all);
  const missed = found.notInspected.map(({ name, why }) =>
    lackingOf(
      {
        path: `docker/inspect/${partOf(name)}.json`,
        part: 'docker',
        collector: 'docker inspect',
        origin: `inspection of ${name}`,
        form: 'json',
        priority: 1,
      },
      'failed',
      why,
    ),
  );
  let clients: readonly ClientContainer[];
  try {
    clients = clientsOf(found);
  } catch (error) {
    return [...state, ...missed, ...lacking(APP_ROWS, lackOf(error))];
  }
  const none = new SourceError('absent', 'there is no container of the client');
  if (clients.length === 0) return [...state, ...missed, ...lacking(APP_ROWS, none)];
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new SourceError('timed-out', 'there was no time left to look')), LOOKING);
  const bounded = AbortSignal.any([signal, late.signal]);
  try {
    const [sizes, inside, crashes] = await Promise.all([
      logSizes(clients, signal),
      eachOf(clients, (client) =>
        insideFolders({ ...engine, patience: all.looking }, all, client, bounded).catch((error: unknown) => {
          signal.throwIfAborted();
          return late.signal.aborted ? (late.signal.reason as SourceError) : lackOf(error);
        }),
      ),
      crashesOf(settings, asking),
    ]);
    const collecting = { engine: { ...engine, patience: all.logs }, files: all.files, window, around: settings.around };
    const logs = clients.flatMap((client, at) => {
      const known = { client, logBytes: sizes[at] ?? null, inside: inside[at] ?? none };
      return [...appLogs(known, collecting), ...appFiles(known, collecting)];
    });
    return [...state, ...missed, ...logs, ...crashSources(clients, crashes, collecting)];
  } finally {
    clearTimeout(timer);
  }
};
