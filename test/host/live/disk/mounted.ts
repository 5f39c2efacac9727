import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Why nothing can be mounted here, null where it can: for the titles of skipped tests. */
export const noMounts = (...programs: readonly string[]): string | null => {
  if (process.platform !== 'linux') return 'not Linux';
  if (process.getuid?.() !== 0) return 'not root';
  const folders = ['/sbin', '/usr/sbin', '/bin', '/usr/bin'];
  const missing = programs.find((name) => !folders.some((folder) => existsSync(join(folder, name))));
  return missing ? `no ${missing}` : null;
};

/** Runs a program; its words are in the error where it fails. */
export const sh = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A folder of our own to mount things in; `remove` takes all of it down again. */
export const ground = () => {
  const root = mkdtempSync(join(tmpdir(), 'wa-preflight-mounts-'));
  const undo: (() => void)[] = [];
  const folder = (name: string): string => {
    const path = join(root, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  return {
    root,
    folder,
    undo: (act: () => void) => undo.push(act),
    /** Mounts, and gives the folder. */
    mount: (name: string, ...args: readonly string[]): string => {
      const path = folder(name);
      sh('mount', ...args, path);
      undo.push(() => sh('umount', '-l', path));
      return path;
    },
    /** A file of so many MiB with a file system in it. */
    image: (name: string, mib: number): string => {
      const path = join(root, name);
      sh('truncate', '-s', `${mib}M`, path);
      return path;
    },
    remove: () => {
      for (const act of undo.reverse())
        try {
          act();
        } catch (error) {
          console.error(`not taken down: ${error}`);
        }
      rmSync(root, { recursive: true, force: true });
    },
  };
};

const FAULTFS = fileURLToPath(new URL('../../../../../shared/tools/faultfs.py', import.meta.url));
const CONNECTIONS = '/sys/fs/fuse/connections';

/** Why no hung file system can be had here, null where it can. */
export const noHangs = (): string | null =>
  noMounts('python3') && noMounts() !== null
    ? noMounts()
    : existsSync(FAULTFS) && existsSync('/dev/fuse')
      ? null
      : 'no ../shared/tools/faultfs.py or no /dev/fuse';

/** The FUSE connection behind a mount point: the minor number of its device. Others come and go beside it. */
const connectionOf = (point: string): string => {
  const mount = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .find((fields) => fields[4] === point);
  const id = mount?.[2]?.split(':')[1];
  if (!id) throw new Error(`${point} is not mounted`);
  return id;
};

/** Mounts a file system on which everything but its root hangs in the kernel, where not even SIGKILL helps. */
export const hung = async (place: ReturnType<typeof ground>): Promise<string> => {
  const point = place.folder('hung');
  const rules = join(place.root, 'rules');
  writeFileSync(rules, 'lookup * hang\nopen * hang\nreaddir * hang\nstatfs * hang\n');
  if (!existsSync(join(CONNECTIONS)) || readdirSync(CONNECTIONS).length === 0)
    try {
      sh('mount', '-t', 'fusectl', 'none', CONNECTIONS);
    } catch {
      // It was mounted already, and merely empty.
    }
  const server = spawn('python3', [FAULTFS, point, place.folder('back'), '--rules', rules], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Undone in the other order: whoever hangs is let go first, then the server ends, then the mount point.
  place.undo(() => sh('umount', '-l', point));
  // The death of the server aborts its connection too: nobody hangs on, whatever else goes wrong.
  place.undo(() => server.kill('SIGKILL'));
  await new Promise((ready, failed) => {
    server.stdout.once('data', ready);
    server.once('exit', () => failed(new Error('faultfs.py ended')));
  });
  const id = connectionOf(point);
  place.undo(() => writeFileSync(join(CONNECTIONS, id, 'abort'), '1'));
  return point;
};
