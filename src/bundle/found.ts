import { constants } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Member } from '../archive/archive.ts';
import { oneLine } from '../printable.ts';
import { UsageError } from '../usage-error.ts';
import { type Found, READ_AGAIN, type ReadAgain } from './contents.ts';
import { gathered, MOST_JSON, readBytes, whyUnread } from './document.ts';

/** One of the files that are read again, at the top of an archive or in a folder there. */
const WANTED = /^(?:([^/]+)\/)?(manifest\.json|report\.json|evidence\.json)$/;

const isWanted = (name: string): name is ReadAgain => READ_AGAIN.some((one) => one === name);

/**
 * The files of a bundle among the members of an archive, whatever else is in it: desks add folders of their own when they pack
 * something anew. Reads what it wants and nothing else.
 */
export const foundAmong = async (members: AsyncIterable<Member>, name: string): Promise<Found> => {
  const tops = new Map<string, Map<ReadAgain, Buffer>>();
  for await (const member of members) {
    const [, top = '', file = ''] = WANTED.exec(member.path) ?? [];
    if (!isWanted(file)) continue;
    const files = tops.get(top) ?? new Map<ReadAgain, Buffer>();
    if (tops.set(top, files).size > 2)
      throw new UsageError(`${name}: it has several folders with files of a bundle, and one is needed`);
    const bytes = files.has(file) ? null : await gathered(member.read());
    if (bytes === null)
      throw new UsageError(`${name}, ${file}: it is larger than ${MOST_JSON / 2 ** 20} MiB, or in it twice`);
    files.set(file, bytes);
  }
  const bundles = [...tops].filter(([, files]) => files.has('manifest.json'));
  const [first, second] = bundles;
  if (second) throw new UsageError(`${name}: there are two manifests in it, and a bundle has one`);
  if (!first) throw new UsageError(`${name}: it has no manifest.json, so it is not a bundle of this tool`);
  return { top: first[0], files: first[1] };
};

const namesIn = async (path: string, name: string): Promise<readonly string[]> => {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    throw new UsageError(`${name}: ${whyUnread(error)}`);
  }
};

/** More folders than that are not looked through for the one that a bundle was unpacked into. */
const MOST_FOLDERS = 100;

/** The files of an unpacked bundle: in this folder, or in the one folder in it that holds a manifest. No link in it is followed. */
export const foundInFolder = async (path: string, name: string): Promise<Found> => {
  const read = async (folder: string, top: string): Promise<Found> => {
    const names = await namesIn(folder, name);
    const there = READ_AGAIN.filter((file) => names.includes(file));
    const bytes = there.map(async (file) => {
      const shown = `${name}, ${file}`;
      return [file, await readBytes(join(folder, file), shown, constants.O_NOFOLLOW)] as const;
    });
    return { top, files: new Map(await Promise.all(bytes)) };
  };
  const names = await namesIn(path, name);
  if (names.includes('manifest.json')) return read(path, '');
  const within = await Promise.all(
    names.slice(0, MOST_FOLDERS).map(async (one) => {
      const inner = await readdir(join(path, one)).catch((): string[] => []);
      return inner.includes('manifest.json') ? [one] : [];
    }),
  );
  const [only, ...more] = within.flat();
  if (only === undefined)
    throw new UsageError(`${name}: it is a folder without a manifest.json, so it is not an unpacked bundle`);
  if (more.length > 0)
    throw new UsageError(`${name}: it holds several unpacked bundles, ${oneLine(only)} for one; name one of them`);
  return read(join(path, only), only);
};
