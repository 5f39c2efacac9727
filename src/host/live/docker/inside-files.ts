import { posix } from 'node:path';
import * as z from 'zod/mini';
import type { DockerAnswers } from '../../answers/docker.ts';
import type { Asking } from '../../host.ts';
import type { DockerAccess } from './access.ts';
import type { Way } from './endpoint.ts';
import type { ClientContainer } from './inspected.ts';
import { request, unanswered, wordsOf } from './request.ts';

type Answer = DockerAnswers['inside-files'];
type Looked = Answer['containers'][number];

/** Variables of the client's that name files inside its containers. */
const NAMING = ['WA_DB_SSL_CA', 'WA_DB_SSL_CERT', 'WA_DB_SSL_KEY'];

/** One request, and all of them, ms; with what finding the containers takes, below the common deadline of a question. */
const PATIENCE = 2000;
const ALL = 4000;
const PARALLEL = 6;
const MOST_LINKS = 4;
const LONGEST = 1024;

const statHeader = z.object({ size: z.catch(z.int(), 0), linkTarget: z.catch(z.string(), '') });

/** A file inside a container; null where there is none. A link is followed, within the container. */
const fileIn = async (way: Way, id: string, path: string, signal: AbortSignal): Promise<number | null> => {
  let at = path;
  for (let hop = 0; hop <= MOST_LINKS; hop += 1) {
    const asked = `/containers/${encodeURIComponent(id)}/archive?path=${encodeURIComponent(at)}`;
    const answer = await request(way, { method: 'HEAD', path: asked }, signal, PATIENCE).catch((error: unknown) => {
      throw unanswered(`/containers/${id}/archive`, error);
    });
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw new Error(`the Docker Engine answered for ${path} with ${wordsOf(answer)}`);
    const told = Buffer.from(String(answer.headers['x-docker-container-path-stat'] ?? ''), 'base64').toString('utf8');
    const { data } = statHeader.safeParse(JSON.parse(told || '{}'));
    if (!data?.linkTarget) return Math.max(data?.size ?? 0, 0);
    at = posix.resolve(posix.dirname(at), data.linkTarget);
  }
  return null;
};

const namedIn = ({ env }: ClientContainer): readonly (readonly [string, string])[] =>
  NAMING.flatMap((name) => {
    const path = env[name] ?? '';
    return path.startsWith('/') && path.length <= LONGEST && !/[\r\n]/.test(path) ? [[name, path] as const] : [];
  });

const lookInto = async (way: Way, container: ClientContainer, signal: AbortSignal): Promise<Looked> => {
  const { id, name } = container;
  const files: Looked['files'] = [];
  try {
    for (const [variable, path] of namedIn(container)) {
      const bytes = await fileIn(way, id, path, signal);
      files.push({ variable, path, bytes, found: bytes !== null });
    }
    return { id, name, skipped: null, files };
  } catch (error) {
    return { id, name, skipped: error instanceof Error ? error.message : String(error), files: [] };
  }
};

/**
 * Whether the files that variables of the client's containers name are there, inside each. Containers without such a variable are
 * not asked for. Rejects where the Engine gives no answer.
 */
export const insideFiles = async ({ signal }: Asking, docker: DockerAccess): Promise<Answer> => {
  const clients = await docker.clients(signal);
  const { way } = await docker.reachable(signal);
  const waiting = clients.filter((one) => namedIn(one).length > 0);
  const order = new Map(waiting.map(({ id }, at) => [id, at]));
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`there was no answer within ${ALL / 1000} s`)), ALL);
  const bounded = AbortSignal.any([signal, late.signal]);
  const looked: Looked[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) looked.push(await lookInto(way, next, bounded));
  };
  try {
    await Promise.all(Array.from({ length: PARALLEL }, work));
  } finally {
    clearTimeout(timer);
  }
  signal.throwIfAborted();
  return { containers: looked.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)) };
};
