import { isCrashFile } from '../../../facts/crash-files.ts';
import type { FoundFile } from '../../child/log-folders.ts';
import { type Source, SourceError } from '../../source.ts';
import type { ClientContainer } from '../docker/inspected.ts';
import { type Collecting, folderFor, type KnownClient, partIn } from './app-folder.ts';
import { foreignBytes, MOST_OF_FILE } from './foreign.ts';
import { openInsideFile } from './inside-file.ts';
import { isLogFile, isNear } from './inside-folders.ts';
import { dataOf, lackingOf, lackOf, partOf, readingOf, sourceOf } from './source-of.ts';

/** Log files of one container, the newest first. */
const MOST_FILES = 24;
/** The Engine gives a file from its beginning on: of a larger one the newest bytes are read where it stands, bytes. */
const GIANT = 256 << 20;

const nameOf = ({ path }: Pick<FoundFile, 'path'>): string => path.split('/').at(-1) ?? '';
const folderOf = ({ path }: FoundFile): string => path.split('/').at(-2) ?? '';

/** The newest bytes of a giant, by the measuring child. */
const openGiant = async ({ files }: Collecting, { pid, id }: ClientContainer, path: string, signal: AbortSignal) => {
  const found = await foreignBytes(files, path, signal, { pid, id });
  if (!found) throw new SourceError('absent', `there is no ${path} any more`);
  const { bytes, size } = found;
  const whole = bytes.length === size;
  const reason = `there is more of it: the newest ${Math.ceil(bytes.length / 1024)} KiB of ${Math.ceil(size / 2 ** 20)} MiB are here`;
  return readingOf(whole ? bytes : bytes.subarray(bytes.indexOf(0x0a) + 1), whole ? null : { state: 'cut', reason });
};

const fileOf = (client: ClientContainer, file: FoundFile, all: Collecting): Source => {
  const { engine, window, around } = all;
  const name = nameOf(file);
  const crashed = isCrashFile(name);
  // Two folders may hold files of one name; the common ones stand where people look for them.
  const shown = folderOf(file) === 'lighttpd' ? `lighttpd-${name}` : name;
  const planned = {
    path: `${folderFor(client)}/${partOf(shown)}`,
    part: crashed ? 'crash-logs' : partIn(client),
    collector: 'docker archive',
    origin: `${file.path} in ${client.name}`,
    // By its name a text of lines: where there is no room for all of it, its newest part stays. Others say by their bytes.
    form: /\.(log|err|out)$/i.test(name) ? 'log' : 'auto',
    priority: crashed || /err/i.test(name) ? 3 : around === null ? 2 : 4,
  } as const;
  if (file.kind !== 'file') return lackingOf(planned, 'absent', `it is a ${file.kind}: regular files alone are read`);
  if (file.bytes > GIANT && isNear(client))
    return sourceOf({ ...planned, collector: 'file', estimate: MOST_OF_FILE }, (signal) =>
      openGiant(all, client, file.path, signal),
    );
  const wanted = { id: client.id, path: file.path, most: window.most };
  const estimate = Math.min(file.bytes, window.most);
  return sourceOf({ ...planned, estimate }, (signal) => openInsideFile(engine, wanted, signal));
};

const webLogAbsent = (client: ClientContainer): Source =>
  lackingOf(
    {
      path: `${folderFor(client)}/web.log`,
      part: 'webapp-logs',
      collector: 'docker archive',
      form: 'auto',
      origin: `/var/log/whatsapp/web.log in ${client.name}`,
      priority: 2,
    },
    'absent',
    'there is no such file',
  );

/** Log files inside a container of the client, the newest of them, and the names of all. */
export const appFiles = ({ client, inside }: KnownClient, all: Collecting): readonly Source[] => {
  const list = {
    path: `${folderFor(client)}/files.json`,
    part: partIn(client),
    collector: 'names of files',
    origin: `log files inside ${client.name}`,
    priority: 1,
  } as const;
  if (inside instanceof Error) {
    const { state, message } = lackOf(inside);
    return [lackingOf({ ...list, form: 'json' }, state, message)];
  }
  const logs = inside.filter((file) => isLogFile(nameOf(file)));
  const newest = logs.toSorted((one, other) => (one.modifiedAt < other.modifiedAt ? 1 : -1));
  const note =
    newest.length > MOST_FILES ? `the newest ${MOST_FILES} of ${newest.length} log files are in this bundle` : null;
  const noWebLog = client.product === 'webapp' && !logs.some((file) => nameOf(file) === 'web.log');
  return [
    dataOf(list, () => ({ note, files: inside.slice(0, 500) })),
    ...(noWebLog ? [webLogAbsent(client)] : []),
    ...newest.slice(0, MOST_FILES).map((file) => fileOf(client, file, all)),
  ];
};

/** A crash log or a core dump, as the run found it. */
type CrashFile = { readonly path: string; readonly bytes: number | null; readonly modifiedAt: string | null };

/** Crash logs, the newest bytes of each; core dumps by name and size alone. */
export const crashFiles = (
  client: ClientContainer,
  found: readonly CrashFile[],
  all: Collecting,
): readonly Source[] => {
  const planned = {
    path: `${folderFor(client)}/core-dumps.json`,
    part: 'crash-logs',
    collector: 'names of files',
    origin: `core dumps of ${client.name}, by name and size alone`,
    priority: 1,
  } as const;
  const isLog = ({ path }: CrashFile) => path.endsWith('.log');
  const logs = found.filter(isLog).slice(0, MOST_FILES);
  return [
    dataOf(planned, () => ({
      note: 'Core dumps can hold message content and keys, and cannot be cleaned: they are never collected.',
      files: found.filter((file) => !isLog(file)),
    })),
    ...logs.map(({ path, bytes, modifiedAt }) =>
      fileOf(client, { path, bytes: bytes ?? 0, modifiedAt: modifiedAt ?? '', kind: 'file' }, all),
    ),
  ];
};
