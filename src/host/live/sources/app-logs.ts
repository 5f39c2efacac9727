import type { Source } from '../../source.ts';
import { type Collecting, folderFor, type KnownClient, partIn } from './app-folder.ts';
import { openContainerLog, openLogHead } from './container-log.ts';
import { dataOf, sourceOf } from './source-of.ts';

/** On each side of a restart, or of `--around`, ms. */
const BESIDE = 10 * 60_000;
/** What is kept of the beginning of a log, bytes. */
const HEAD = 256 * 1024;

const timeOf = (ms: number): string => new Date(ms).toISOString();

const logOf = ({ client, logBytes }: KnownClient, { engine, window, around }: Collecting): Source => {
  const { since, until, most } = window;
  const planned = {
    path: `${folderFor(client)}/container.log`,
    part: partIn(client),
    collector: 'docker logs',
    origin: `log of ${client.name}, ${timeOf(since)} to ${timeOf(until)}`,
    form: 'log',
    priority: around === null ? 2 : 4,
    estimate: logBytes === null ? null : Math.min(logBytes, most),
  } as const;
  return sourceOf(planned, (signal) => openContainerLog(engine, { id: client.id, since, until, most }, signal));
};

/** Whether the window holds all of a log from a time on. */
const holds = ({ logBytes }: KnownClient, { window }: Collecting, since: number, until: number): boolean =>
  since >= window.since && until <= window.until && logBytes !== null && logBytes <= window.most;

/** A time of a log beside the window, where the window may not hold it. */
const besideOf = (known: KnownClient, all: Collecting, at: number, file: string, what: string): readonly Source[] => {
  const { client } = known;
  const [since, until] = [at - BESIDE, Math.min(at + BESIDE, Date.now())];
  if (holds(known, all, since, until)) return [];
  const origin = `log of ${client.name}, 10 minutes before and after ${what}, ${timeOf(at)}`;
  const planned = {
    path: `${folderFor(client)}/${file}`,
    part: partIn(client),
    collector: 'docker logs',
    origin,
    form: 'log',
    priority: 2,
  } as const;
  const wanted = { id: client.id, since, until, most: all.window.most };
  return [sourceOf(planned, (signal) => openContainerLog(all.engine, wanted, signal))];
};

const headOf = (known: KnownClient, all: Collecting): readonly Source[] => {
  const { client } = known;
  const since = Date.parse(client.startedAt ?? '');
  const { until } = all.window;
  if (Number.isNaN(since) || holds(known, all, since, until)) return [];
  const planned = {
    path: `${folderFor(client)}/container-head.log`,
    part: partIn(client),
    collector: 'docker logs',
    origin: `first 256 KiB of the log of ${client.name} since it started, ${timeOf(since)}`,
    form: 'log',
    priority: 4,
    estimate: HEAD,
  } as const;
  const wanted = { id: client.id, since, until, most: HEAD };
  return [sourceOf(planned, (signal) => openLogHead(all.engine, wanted, signal))];
};

const restartsOf = ({ client }: KnownClient): Source => {
  const { name, role, image, state, restartPolicy, log, logPath } = client;
  const planned = {
    path: `${folderFor(client)}/restarts.json`,
    part: 'docker',
    collector: 'docker inspect',
    origin: `restart history of ${name}`,
    priority: 1,
  } as const;
  return dataOf(planned, () => ({ name, role, image, ...state, restartPolicy, logDriver: log.driver, logPath }));
};

/** When it was started again; null where it never was. */
const restartedAt = ({ client: { state } }: KnownClient): number | null => {
  const at = Date.parse(state.startedAt ?? '');
  return Number.isNaN(at) || (state.restartCount === 0 && state.finishedAt === null) ? null : at;
};

/** The log of a container of the client: the window, what is beside it, its head; and how it was started and ended. */
export const appLogs = (known: KnownClient, all: Collecting): readonly Source[] => {
  const restarted = restartedAt(known);
  return [
    restartsOf(known),
    logOf(known, all),
    ...(all.around === null
      ? []
      : besideOf(known, all, all.around, 'container-around.log', 'the time that was asked for')),
    ...(restarted === null ? [] : besideOf(known, all, restarted, 'container-restart.log', 'its last restart')),
    ...headOf(known, all),
  ];
};
