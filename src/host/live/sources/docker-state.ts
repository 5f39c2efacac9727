import { type Source, SourceError } from '../../source.ts';
import type { DockerAccess } from '../docker/access.ts';
import type { Deployed } from '../docker/deployed.ts';
import { type EngineWay, engineJson, engineText } from './engine-stream.ts';
import { fileSource } from './foreign.ts';
import type { AllPatience } from './patience.ts';
import { dataOf, partOf, wholeOf } from './source-of.ts';

type Window = { readonly since: number; readonly until: number };

/** So many containers are asked for figures of the moment. */
const MOST_STATS = 16;
const MOST_EVENTS = 2 << 20;

/** An answer of the Engine's as it stands. */
const answerFile = (engine: EngineWay, path: string, asked: string, origin: string, teaches = false): Source =>
  wholeOf(
    { path, part: 'docker', collector: `GET ${asked.split('?')[0]}`, origin, form: 'json', priority: 1, teaches },
    (signal) => engineText(engine, asked, signal),
  );

const inspectFile = (engine: EngineWay, { id, name }: Deployed): Source => ({
  ...answerFile(
    engine,
    `docker/inspect/${partOf(name)}.json`,
    `/containers/${encodeURIComponent(id)}/json`,
    `inspection of ${name}`,
    true,
  ),
  collector: 'docker inspect',
});

/** Several answers under their names; one that the Engine refuses is told in its place. */
const manyFile = (
  path: string,
  collector: string,
  origin: string,
  wanted: readonly (readonly [name: string, asked: string])[],
  engine: EngineWay,
): Source =>
  dataOf({ path, part: 'docker', collector, origin, priority: 1 }, async (signal) => {
    if (wanted.length === 0) throw new SourceError('absent', 'the containers of the client have none');
    const told: [string, unknown][] = [];
    for (const [name, asked] of wanted)
      told.push([
        name,
        await engineJson(engine, asked, signal).catch((error: unknown) => {
          signal.throwIfAborted();
          if (told.length === 0 && !(error instanceof SourceError && error.state === 'absent')) throw error;
          return { error: error instanceof Error ? error.message : String(error) };
        }),
      ]);
    return Object.fromEntries(told);
  });

const unique = (names: readonly string[]): readonly string[] => [...new Set(names.filter(Boolean))];

/** What happened to the client's containers in a time: no more than 2 MiB of it. */
const eventsFile = (engine: EngineWay, containers: readonly Deployed[], { since, until }: Window): Source => {
  const seconds = (ms: number) => (ms / 1000).toFixed(3);
  const filters = encodeURIComponent(JSON.stringify({ container: containers.map(({ id }) => id) }));
  const end = Math.min(until, Date.now());
  const asked = `/events?since=${seconds(since)}&until=${seconds(end)}&filters=${filters}`;
  const planned = { path: 'docker/events.log', part: 'docker', collector: 'docker events', priority: 1 } as const;
  const origin = `events of the client's containers, ${new Date(since).toISOString()} to ${new Date(end).toISOString()}`;
  return wholeOf({ ...planned, origin, form: 'log' }, async (signal) => {
    if (containers.length === 0) throw new SourceError('absent', 'there is no container of the client');
    const text = await engineText(engine, asked, signal);
    if (text.length <= MOST_EVENTS) return text;
    const newest = text.slice(-MOST_EVENTS);
    const reason = `there is more of it: the newest ${MOST_EVENTS >> 20} MiB are here`;
    return { text: newest.slice(newest.indexOf('\n') + 1), lack: { state: 'cut', reason } };
  });
};

/** Volumes that containers of the client have, by name. */
const volumesOf = (containers: readonly Deployed[]): readonly string[] =>
  unique(containers.flatMap(({ mounts }) => mounts.flatMap(({ type, name }) => (type === 'volume' ? [name] : []))));

const statsFile = (engine: EngineWay, containers: readonly Deployed[]): Source => {
  const running = containers.filter(({ running }) => running).slice(0, MOST_STATS);
  return manyFile(
    'docker/stats.json',
    'docker stats',
    'CPU, memory, network and disk of the moment',
    running.map(({ id, name }) => [name, `/containers/${encodeURIComponent(id)}/stats?stream=false&one-shot=true`]),
    engine,
  );
};

/** All containers of the Engine by name, image and state: the run asked for them once. */
const listFile = (docker: DockerAccess): Source =>
  dataOf(
    {
      path: 'docker/containers.json',
      part: 'docker',
      collector: 'docker ps --all',
      origin: 'all containers',
      priority: 1,
    },
    async (signal) => {
      const { onlyRunning, containers } = await docker.list(signal);
      return {
        onlyRunning,
        containers: containers.map(({ id, name, image, state, project }) => ({
          ...{ id: id.slice(0, 12), name, image, state, project },
        })),
      };
    },
  );

const DAEMON_FILES = ['/etc/docker/daemon.json'];

/** What the Engine tells of itself, of the client's containers and of what belongs to them. */
export const dockerState = (
  engine: EngineWay,
  docker: DockerAccess,
  containers: readonly Deployed[],
  window: Window,
  { files }: AllPatience,
): readonly Source[] => {
  const images = unique(containers.map(({ imageId, image }) => imageId || image));
  const networks = unique(containers.flatMap((one) => one.networks.map(({ name }) => name)));
  const path = encodeURIComponent;
  return [
    answerFile(engine, 'docker/version.json', '/version', 'version of the Engine'),
    answerFile(engine, 'docker/info.json', '/info', 'the Engine and its settings', true),
    listFile(docker),
    ...containers.map((one) => inspectFile(engine, one)),
    manyFile(
      'docker/images.json',
      'docker image inspect',
      'images with their digests',
      images.map((one) => [one, `/images/${path(one)}/json`]),
      engine,
    ),
    manyFile(
      'docker/networks.json',
      'docker network inspect',
      'networks of the deployment',
      networks.map((one) => [one, `/networks/${path(one)}`]),
      engine,
    ),
    manyFile(
      'docker/volumes.json',
      'docker volume inspect',
      'volumes of the deployment',
      volumesOf(containers).map((one) => [one, `/volumes/${path(one)}`]),
      engine,
    ),
    eventsFile(engine, containers, window),
    statsFile(engine, containers),
    ...DAEMON_FILES.map((file) =>
      fileSource({ path: 'docker/daemon.json', part: 'docker', file, form: 'json', priority: 1, teaches: true }, files),
    ),
  ];
};
