import type { Json } from '../../model.ts';
import type { Ask, Asking } from '../host.ts';

/** What the command line says about the host to be asked. */
export type LiveOptions = {
  /** The folder whose disk is judged, null for Docker's data root. */
  readonly target: string | null;
  /** Whether questions that write or load the host may be asked (`--quick` says no). */
  readonly quick: boolean;
};

type Topic = (asking: Asking, options: LiveOptions, argument: string) => Promise<Json>;

/** Topics by name; each adapter is loaded when it is first asked for. */
const SYSTEM: Record<string, Topic> = {
  identity: async () => (await import('./identity.ts')).identity(),
  now: async () => ({ epochMs: Date.now() }),
  cpu: async () => (await import('./cpu.ts')).cpu(),
  memory: async () => (await import('./memory.ts')).memory(),
  listeners: async () => (await import('./listeners.ts')).listeners(),
  statx: async (asking, { quick }) => (await import('./statx.ts')).hostStatx(asking.signal, quick),
};
const DISK: Record<string, Topic> = {
  target: async (asking, { target }) => (await import('./disk/target.ts')).target(asking.signal, target),
  place: async (asking, _, path) => (await import('./disk/place.ts')).place(asking.signal, path),
  permit: async (asking, { quick }, path) => (await import('./disk/benchmark.ts')).permit(asking, path, quick),
  'write-latency': async (asking, { quick }, path) =>
    (await import('./disk/benchmark.ts')).writeLatency(asking, path, quick),
  'read-latency': async (asking, { quick }, path) =>
    (await import('./disk/benchmark.ts')).readLatency(asking, path, quick),
};
const DOCKER: Record<string, Topic> = {
  engine: async ({ signal }) => (await import('./docker/engine.ts')).engine(signal),
  version: async ({ signal }) => (await import('./docker/facts.ts')).version(signal),
  info: async ({ signal }) => (await import('./docker/facts.ts')).info(signal),
  containers: async ({ signal }) => (await import('./docker/facts.ts')).containers(signal),
  statx: async ({ signal }, { quick }) => (await import('./docker/statx.ts')).statx(signal, quick),
};
const TOPICS = { system: SYSTEM, disk: DISK, docker: DOCKER };

/** This machine. Each question goes to one adapter; this file knows where, and nothing else. */
export const live =
  (options: LiveOptions): Ask =>
  async ([method, subject = '', ...rest], asking) => {
    if (method === 'readFile') return (await import('./files.ts')).readFile(subject);
    if (method === 'list') return (await import('./files.ts')).list(subject);
    if (method === 'exec') return (await import('./exec.ts')).exec(subject, rest, asking.signal);
    const topic = TOPICS[method][subject];
    if (!topic) throw new Error(`${method} "${subject}" is not a question that this host knows`);
    return topic(asking, options, rest[0] ?? '');
  };
