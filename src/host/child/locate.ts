import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { codeOf } from '../../error-code.ts';
import { type Mount, mountByName, parseMounts } from './mounts.ts';

// All of this touches foreign paths, and so runs in the measuring child alone.

/** Linux's O_PATH: a handle on a name that needs no right to read, and waits for no FIFO. */
const O_PATH = 0o10000000;

const MOST_STEPS = 300;

/** Where a path leads: its nearest folder that exists, links resolved, and the mount that this folder is on. */
export type Located = { readonly existing: string; readonly mount: Mount };

const resolved = (path: string): string | null => {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
};

/** Where a dangling link points to, else the folder above. */
const oneUp = (path: string): string => {
  try {
    if (lstatSync(path).isSymbolicLink()) return resolve(dirname(path), readlinkSync(path));
  } catch {
    // Not there at all: its folder is the next to look at.
  }
  return dirname(path);
};

/** The nearest folder that exists: where a folder that is still to be made will be. */
const nearest = (path: string): string => {
  let at = resolve('/', path);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const real = resolved(at);
    if (real !== null) {
      if (!statSync(real).isDirectory()) throw new Error(`${real} is not a folder`);
      return real;
    }
    at = oneUp(at);
  }
  throw new Error(`${path} leads in circles`);
};

/** The mounts of this process as `proc` tells. */
const mountsOf = (proc: string): readonly Mount[] => {
  const path = join(proc, 'self/mountinfo');
  if (!existsSync(path)) throw new Error(`the mounts of this system cannot be read: there is no ${path}`);
  return parseMounts(readFileSync(path, 'latin1'));
};

/** The mount of an existing path by the kernel's own number for it: names may be shadowed or bound several times. */
export const mountOf = (path: string, proc: string): Mount => {
  const handle = openSync(path, O_PATH | constants.O_NONBLOCK);
  try {
    const mounts = mountsOf(proc);
    const info = readFileSync(join(proc, 'self/fdinfo', String(handle)), 'latin1');
    const id = /^mnt_id:\s*(\d+)$/m.exec(info)?.[1];
    const mount = mounts.find((one) => String(one.id) === id) ?? mountByName(path, mounts);
    if (!mount) throw new Error(`no mount holds ${path}`);
    return mount;
  } finally {
    closeSync(handle);
  }
};

/** Where a path leads, its nearest existing folder if it is not there yet. */
export const locate = (path: string, proc: string): Located => {
  const existing = nearest(path);
  return { existing, mount: mountOf(existing, proc) };
};
