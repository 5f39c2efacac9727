import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, lstatSync, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { type Pack, pack } from 'tar-stream';

// Roots of images, made of what this machine and this repository have.

/** A file of a root: what it holds, or where it is copied from. */
type File = { readonly mode: number; readonly uid?: number } & (
  | { readonly text: string }
  | { readonly from: string }
  | { readonly link: string }
  | { readonly folder: true }
);
export type Root = ReadonlyMap<string, File>;

export const folder = (mode = 0o755, uid = 0): File => ({ folder: true, mode, uid });
export const text = (content: string, mode = 0o644, uid = 0): File => ({ text: content, mode, uid });
export const copyOf = (from: string): File => ({ from, mode: lstatSync(realpathSync(from)).mode & 0o777 });

/** Libraries that glibc loads by itself, for names; part of libc from 2.34 on. */
const FOR_NAMES = ['libnss_dns.so.2', 'libnss_files.so.2', 'libresolv.so.2'];

/** The shared libraries of programs, and their loader, by the paths under which these look for them. */
export const librariesOf = (...programs: readonly string[]): Root => {
  const said = programs.map((program) => execFileSync('ldd', [program], { encoding: 'utf8' })).join('\n');
  const paths = said.split('\n').flatMap((line) => /(?:=> |^\s+)(\/\S+) \(0x/.exec(line)?.[1] ?? []);
  const beside = paths.filter((path) => path.endsWith('/libc.so.6')).map(dirname);
  const more = beside.flatMap((place) => FOR_NAMES.map((name) => join(place, name))).filter((path) => existsSync(path));
  return new Map([...paths, ...more].map((path) => [path, copyOf(path)]));
};

/** A whole folder at another path; `uid` makes it another user's. */
export const treeOf = (from: string, to: string, uid = 0): Root => {
  const files = new Map<string, File>();
  const walk = (path: string) => {
    const at = join(to, relative(from, path));
    const { mode, ...stat } = lstatSync(path);
    const kept = { mode: mode & 0o777, uid };
    if (stat.size !== undefined && (mode & 0o170000) === 0o040000) {
      files.set(at, { folder: true, ...kept });
      for (const name of readdirSync(path)) walk(join(path, name));
    } else if ((mode & 0o170000) === 0o120000) files.set(at, { link: readlinkSync(path), ...kept });
    else if ((mode & 0o170000) === 0o100000) files.set(at, { from: path, ...kept });
  };
  walk(from);
  return files;
};

const put = (tar: Pack, path: string, file: File): Promise<void> =>
  new Promise((done, failed) => {
    const header = { name: path.slice(1), mode: file.mode, uid: file.uid ?? 0, gid: file.uid ?? 0 };
    const ended = (error?: Error | null) => (error ? failed(error) : done());
    if ('folder' in file) tar.entry({ ...header, type: 'directory' }, ended);
    else if ('link' in file) tar.entry({ ...header, type: 'symlink', linkname: file.link }, ended);
    else if ('text' in file) tar.entry(header, file.text, ended);
    else {
      const entry = tar.entry({ ...header, size: statSync(file.from).size }, ended);
      createReadStream(file.from).on('error', failed).pipe(entry);
    }
  });

/** A root as an archive that is made while it is read. */
export const archiveOf = (root: Root): Readable => {
  const tar = pack();
  const all = async () => {
    for (const [path, file] of [...root].sort(([one], [other]) => (one < other ? -1 : 1))) await put(tar, path, file);
    tar.finalize();
  };
  const through = new PassThrough();
  all().catch((error) => through.destroy(error));
  tar.pipe(through);
  return through;
};
