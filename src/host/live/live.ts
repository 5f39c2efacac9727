import type { Json } from '../../model.ts';
import type { Ask, Asking } from '../host.ts';
import { addresses } from './addresses.ts';
import type { ApiAccess } from './api/access.ts';
import { spare } from './child.ts';
import { cpu } from './cpu.ts';
import type { DatabaseAccess } from './database/access.ts';
import type { DatabaseTopic } from './database/ask.ts';
import { permit, readLatency, writeLatency } from './disk/benchmark.ts';
import { place } from './disk/place.ts';
import { target } from './disk/target.ts';
import type { DockerAccess } from './docker/access.ts';
import { exec } from './exec.ts';
import { list, readFile } from './files.ts';
import type { GivenOptions } from './given/ask.ts';
import { identity } from './identity.ts';
import { listeners } from './listeners.ts';
import { memory } from './memory.ts';
import { type NetworkAccess, networkAccess } from './network/access.ts';

/** What the command line says about the host to be asked. */
export type LiveOptions = {
  /** The folder whose disk is judged, null for Docker's data root. */
  readonly target: string | null;
  /** Whether questions that write or load the host may be asked (`--quick` says no). */
  readonly quick: boolean;
  /** The login of the database, and how it is come by. */
  readonly access: DatabaseAccess;
  readonly docker: DockerAccess;
  readonly api: ApiAccess;
  /** `--compose`: an absolute path of a Compose file that is judged in place of what runs here. */
  readonly compose: string | null;
  readonly given: GivenOptions;
  /** Whether the webhook may be sent a notification (`--test-webhook`). */
  readonly testWebhook: boolean;
};

type Settings = LiveOptions & { readonly children: ReturnType<typeof spare>; readonly network: NetworkAccess };
type Topic = (asking: Asking, settings: Settings, argument: string) => Promise<Json>;
type Topics = Readonly<Record<string, Topic>>;

/** Topics by name. What is light stands here; an adapter with a library of its own is loaded when it is asked. */
const SYSTEM: Topics = {
  identity: async () => identity(),
  now: async () => ({ epochMs: Date.now() }),
  cpu: () => cpu(),
  memory: () => memory(),
  listeners: () => listeners(),
  addresses: async () => addresses(),
  statx: async ({ signal }, { quick }) => (await import('./statx.ts')).hostStatx(signal, quick),
  ec2: async ({ signal }) => (await import('./ec2/ask.ts')).ec2(signal),
};
const DISK: Topics = {
  target: ({ signal }, { children, docker, target: option }) => {
    // Whoever asks for the target asks next where it lives.
    children.prepare();
    return target(signal, option, docker);
  },
  place: ({ signal }, { children }, path) => place(signal, path, children),
  permit: (asking, { quick }, path) => permit(asking, path, quick),
  'write-latency': (asking, { quick }, path) => writeLatency(asking, path, quick),
  'read-latency': (asking, { quick }, path) => readLatency(asking, path, quick),
};
const DOCKER: Topics = {
  engine: async ({ signal }, { docker }) => (await docker.look(signal)).answer,
  version: ({ signal }, { docker }) => docker.version(signal),
  info: ({ signal }, { docker }) => docker.info(signal),
  containers: ({ signal }, { docker }) => docker.containers(signal),
  statx: async ({ signal }, { docker, quick }) => (await import('./docker/statx.ts')).statx(signal, docker, quick),
  deployment: async (asking, { docker, compose }) =>
    (await import('./docker/deployment.ts')).deployment(asking, docker, compose),
  links: async (asking, { docker }) => (await import('./docker/links.ts')).links(asking, docker),
  'crash-logs': async (asking, { docker }) => (await import('./docker/crash-logs.ts')).crashLogs(asking, docker),
  logs: async (asking, { docker }) => (await import('./docker/logs.ts')).logs(asking, docker),
  files: async (asking, { docker, compose }) => (await import('./docker/files.ts')).files(asking, docker, compose),
  'inside-files': async (asking, { docker }) => (await import('./docker/inside-files.ts')).insideFiles(asking, docker),
};
const inChild =
  (topic: DatabaseTopic): Topic =>
  async (asking, { access }) =>
    (await import('./database/connect.ts')).askConnected(topic, asking, access);
const DATABASE: Topics = {
  login: async (asking, { access }) => (await access.chain(asking)).told,
  connect: async (asking, { access }) => (await import('./database/connect.ts')).connect(asking, access),
  'client-network': async (asking, { access }) =>
    (await import('./database/client-network.ts')).clientNetwork(asking, access),
  server: inChild('server'),
  rights: inChild('rights'),
  size: inChild('size'),
  latency: inChild('latency'),
  'commit-latency': inChild('commit-latency'),
};
const TOPICS = { system: SYSTEM, disk: DISK, docker: DOCKER, database: DATABASE };

/** This machine. Each question goes to one adapter; this file knows where, and nothing else. */
export const live = (options: LiveOptions): Ask => {
  const settings: Settings = { ...options, children: spare(), network: networkAccess(options.docker) };
  return async ([method, subject = '', ...rest], asking) => {
    if (method === 'readFile') return readFile(subject);
    if (method === 'list') return list(subject);
    if (method === 'exec') return exec(subject, rest, asking.signal);
    if (method === 'api') return (await import('./api/ask.ts')).askApi(subject, asking, settings.api);
    if (method === 'network') return (await import('./network/ask.ts')).askNetwork(subject, rest, asking, settings);
    if (method === 'given') return (await import('./given/ask.ts')).askGiven(subject, settings.given, asking.signal);
    const topic = TOPICS[method][subject];
    if (!topic) throw new Error(`${method} "${subject}" is not a question that this host knows`);
    return topic(asking, settings, rest[0] ?? '');
  };
};
