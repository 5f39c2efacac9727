import * as z from 'zod/mini';
import { isCrashFile } from '../../../facts/crash-files.ts';
import type { DockerAnswers } from '../../answers/docker.ts';
import type { CrashFiles } from '../../child/crash-logs.ts';
import { isOfContainer } from '../../child/network/process-of.ts';
import type { Asking } from '../../host.ts';
import { askChild } from '../child.ts';
import type { DockerAccess } from './access.ts';
import type { Way } from './endpoint.ts';
import type { ClientContainer } from './inspected.ts';
import { jsonOf, request, wordsOf } from './request.ts';

type One = DockerAnswers['crash-logs']['containers'][number];
type File = One['files'][number];

const CONTAINERS = 32;
const PARALLEL = 4;
/** All of it, and one container, ms. */
const DEADLINE = 8500;
const EACH = 4000;
/** Of so many files Docker is asked for size and time. */
const MOST_STATS = 3;
const MOST_FILES = 64;

const changes = z.array(z.object({ Path: z.string(), Kind: z.int() }));
const DELETED = 2;
const statOf = z.object({ size: z.int().check(z.nonnegative()), mtime: z.string() });

const base64Json = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  } catch {
    return null;
  }
};

/** A file's size and time by a HEAD of it, which Docker answers in a header; null where it does not. */
const withStat = async (way: Way, id: string, path: string, signal: AbortSignal): Promise<File> => {
  const asked = { method: 'HEAD', path: `/containers/${id}/archive?path=${encodeURIComponent(path)}` } as const;
  const answer = await request(way, asked, signal, EACH).catch(() => null);
  const header = answer?.headers['x-docker-container-path-stat'];
  const stat = statOf.safeParse(base64Json(typeof header === 'string' ? header : ''));
  const at = stat.success ? Date.parse(stat.data.mtime) : Number.NaN;
  const modifiedAt = Number.isNaN(at) ? null : new Date(at).toISOString();
  return { path, bytes: stat.success ? stat.data.size : null, modifiedAt };
};

const byChanges = async ({ id, name }: ClientContainer, way: Way, signal: AbortSignal): Promise<One> => {
  const whole = encodeURIComponent(id);
  const answer = await request(way, { path: `/containers/${whole}/changes` }, signal, EACH);
  if (answer.status !== 200) throw new Error(`the Docker Engine answered ${wordsOf(answer)}`);
  const found = changes.safeParse(answer.body.trim() === 'null' ? [] : jsonOf(answer));
  if (!found.success) throw new Error('the Docker Engine answered with something that makes no sense');
  const paths = found.data
    .filter(({ Path, Kind }) => Kind !== DELETED && isCrashFile(Path.split('/').at(-1) ?? ''))
    .map(({ Path }) => Path.slice(0, 4096));
  const stated = await Promise.all(paths.slice(0, MOST_STATS).map((path) => withStat(way, whole, path, signal)));
  const rest = paths.slice(MOST_STATS, MOST_FILES).map((path) => ({ path, bytes: null, modifiedAt: null }));
  const cut = paths.length > MOST_FILES;
  return { id, name, skipped: null, how: 'changes', files: [...stated, ...rest], cut };
};

/** Whether the folder of a container can be looked into from here. */
const isNear = ({ engine, pid, id }: ClientContainer): boolean =>
  process.platform === 'linux' && engine.local && process.getuid?.() === 0 && isOfContainer(pid, id);

const byFolder = async ({ id, name, pid }: ClientContainer, signal: AbortSignal): Promise<One> => {
  const late = () => `its folder gave no answer within ${EACH / 1000} s: its file system hangs`;
  const asking = { signal, progress: () => {} };
  const { files, cut } = (await askChild({ ask: 'crash-logs', about: { pid, id } }, asking, EACH, late)) as CrashFiles;
  return { id, name, skipped: null, how: 'folder', files: [...files], cut };
};

/** Crash logs and core dumps of the Coreapps and masters, by name alone; one request each at most, and a few for what is found. */
export const crashLogs = async ({ signal }: Asking, docker: DockerAccess): Promise<DockerAnswers['crash-logs']> => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new Error('there was no time left to look')), DEADLINE);
  const bounded = AbortSignal.any([signal, stop.signal]);
  try {
    const { way } = await docker.reachable(bounded);
    const clients = (await docker.clients(bounded)).filter(({ role }) => role !== 'webapp').slice(0, CONTAINERS);
    const look = async (client: ClientContainer): Promise<One> => {
      const { id, name } = client;
      try {
        bounded.throwIfAborted();
        return await (isNear(client) ? byFolder(client, bounded) : byChanges(client, way, bounded));
      } catch (error) {
        signal.throwIfAborted();
        const said = stop.signal.aborted ? stop.signal.reason : error;
        const skipped = said instanceof Error ? said.message : String(said);
        return { id, name, skipped, how: null, files: [], cut: false };
      }
    };
    const containers: One[] = [];
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let client = clients[next]; client; client = clients[next]) {
        const at = next;
        next += 1;
        containers[at] = await look(client);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, worker));
    return { containers };
  } finally {
    clearTimeout(timer);
  }
};
