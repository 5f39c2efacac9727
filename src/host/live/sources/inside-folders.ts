import * as z from 'zod/mini';
import { isCrashFile, LOG_FOLDER } from '../../../facts/crash-files.ts';
import type { FoundFile } from '../../child/log-folders.ts';
import { isOfContainer } from '../../child/network/process-of.ts';
import type { ClientContainer } from '../docker/inspected.ts';
import { request } from '../docker/request.ts';
import { type EngineWay, engineJson } from './engine-stream.ts';
import { askPatiently } from './foreign.ts';
import type { AllPatience } from './patience.ts';

/** Where the client's containers keep logs beside what they print. */
const FOLDERS = {
  coreapp: [LOG_FOLDER, '/var/log/whatsapp'],
  webapp: ['/var/log/whatsapp', '/var/log/lighttpd'],
} as const;
/** Those that are looked for where their folder cannot be looked into. */
const KNOWN = { coreapp: [], webapp: ['/var/log/whatsapp/web.log', '/var/log/lighttpd/error.log'] } as const;

const EACH = 2500;
const MOST_STATS = 24;
const DELETED = 2;
const REGULAR = 0;
/** Go's bits of a file's mode that say that it is no regular file. https://pkg.go.dev/io/fs#FileMode */
const TYPE_BITS = 0x8f280000;

const changes = z.array(z.object({ Path: z.string(), Kind: z.int() }));
const statOf = z.object({
  size: z.int().check(z.nonnegative()),
  mtime: z.string(),
  mode: z.catch(z.number(), REGULAR),
});

/** Whether a file in such a folder is a log: those that were rotated away as well. */
export const isLogFile = (name: string): boolean =>
  !isCrashFile(name) && (/\.(log|err|out|txt)(\.[\w-]{1,20})*$/i.test(name) || /^error/i.test(name));

const statted = async (
  { way, patience }: EngineWay,
  id: string,
  path: string,
  signal: AbortSignal,
): Promise<FoundFile | null> => {
  const asked = { method: 'HEAD', path: `/containers/${id}/archive?path=${encodeURIComponent(path)}` } as const;
  const answer = await patience.wait(EACH, (ms) => request(way, asked, signal, ms));
  if (answer.status !== 200) return null;
  const header = Buffer.from(String(answer.headers['x-docker-container-path-stat'] ?? ''), 'base64').toString('utf8');
  const { data } = statOf.safeParse(JSON.parse(header || '{}'));
  if (!data) return null;
  const kind = (data.mode & TYPE_BITS) === REGULAR ? 'file' : 'no file';
  return { path, bytes: data.size, modifiedAt: data.mtime, kind };
};

/** By what the Engine says was changed: what stands on a volume is not in it, but for the names that are known. */
const byChanges = async (
  engine: EngineWay,
  client: ClientContainer,
  signal: AbortSignal,
): Promise<readonly FoundFile[]> => {
  const id = encodeURIComponent(client.id);
  const told = await engineJson(engine, `/containers/${id}/changes`, signal);
  const folders: readonly string[] = FOLDERS[client.product];
  const changed = changes.safeParse(told ?? []).data ?? [];
  const paths = changed
    .filter(({ Path, Kind }) => Kind !== DELETED && folders.includes(Path.slice(0, Path.lastIndexOf('/'))))
    .map(({ Path }) => Path.slice(0, 4096))
    .filter((path) => isLogFile(path.split('/').at(-1) ?? ''));
  const wanted = [...new Set([...KNOWN[client.product], ...paths])].slice(0, MOST_STATS);
  const found: FoundFile[] = [];
  for (const path of wanted) {
    const file = await statted(engine, id, path, signal);
    if (file) found.push(file);
  }
  return found;
};

/** Whether the files of a container can be looked at from here. */
export const isNear = ({ engine, pid, id }: ClientContainer): boolean =>
  process.platform === 'linux' && engine.local && process.getuid?.() === 0 && isOfContainer(pid, id);

/**
 * What stands in the folders of logs inside a container: all of it where they can be looked into from here, else what the Engine
 * knows of. Rejects where neither tells.
 */
export const insideFolders = async (
  engine: EngineWay,
  { files }: AllPatience,
  client: ClientContainer,
  signal: AbortSignal,
): Promise<readonly FoundFile[]> => {
  if (isNear(client)) {
    const { pid, id, product } = client;
    const about = { pid, id, folders: [...FOLDERS[product]] };
    return (await askPatiently(files, { ask: 'log-folders', about }, signal)) as readonly FoundFile[];
  }
  return byChanges(engine, client, signal);
};
