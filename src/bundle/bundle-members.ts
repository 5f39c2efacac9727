import { createHash } from 'node:crypto';
import { ArchiveError } from '../archive/archive.ts';
import type { Archive } from '../archive/read.ts';
import type { Change, Seen } from './compared.ts';
import { MOST_JSON } from './document.ts';
import { MOST_SIGNATURE, SIGNATURE } from './sign.ts';

/** All that was read of the archive of a bundle. */
export type ReadMembers = {
  /** The one folder that all stands in. */
  readonly top: string;
  readonly manifest: Buffer | null;
  readonly signature: Buffer | null;
  /** Without the manifest and its signature, under the top folder; in the order of the archive. */
  readonly seen: readonly Seen[];
  /** Members whose own bytes are damaged, and those that stand outside the top folder. */
  readonly changes: readonly Change[];
  /** Why reading stopped before the end; null where it did not. */
  readonly broken: string | null;
};

type One = Seen & { readonly kept: Buffer | null; readonly fault: string | null };

const isKept = (path: string): number =>
  path.endsWith(`/${SIGNATURE}`) ? MOST_SIGNATURE : path.endsWith('/manifest.json') ? MOST_JSON : 0;

/** Reads every member of a bundle once, bounded, and keeps nothing but digests, the manifest and its signature. */
export const readMembers = async ({ kind, members }: Archive): Promise<ReadMembers> => {
  const all: One[] = [];
  let broken: string | null = null;
  try {
    for await (const { path, read } of members) {
      const hash = createHash('sha256');
      const pieces: Uint8Array[] = [];
      const most = path.split('/').length === 2 ? isKept(path) : 0;
      let bytes = 0;
      let fault: string | null = null;
      try {
        for await (const piece of read()) {
          hash.update(piece);
          bytes += piece.length;
          if (bytes <= most) pieces.push(piece);
        }
      } catch (error) {
        // In a zip the others can still be read; in a stream nothing behind it can.
        if (!(error instanceof ArchiveError) || kind !== 'zip') throw error;
        fault = error.message;
      }
      const kept = most > 0 && fault === null && bytes <= most ? Buffer.concat(pieces) : null;
      all.push({ path, bytes, sha256: fault === null ? hash.digest('hex') : null, kept, fault });
    }
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    broken = error.message;
  }
  const first = all.find(({ path }) => path.endsWith('/manifest.json') && path.split('/').length === 2) ?? all[0];
  const top = first?.path.split('/')[0] ?? '';
  const at = (path: string) => all.find((one) => one.path === `${top}/${path}`)?.kept ?? null;
  const changes = all.flatMap(({ path, fault }): readonly Change[] => {
    if (fault !== null) return [{ kind: 'bytes', path: path.slice(top.length + 1), message: fault }];
    if (path.startsWith(`${top}/`)) return [];
    return [{ kind: 'added', path, message: `it was added, outside the folder of the bundle` }];
  });
  const own = [`${top}/manifest.json`, `${top}/${SIGNATURE}`];
  const seen = all.flatMap(({ path, bytes, sha256 }) =>
    path.startsWith(`${top}/`) && !own.includes(path) ? [{ path: path.slice(top.length + 1), bytes, sha256 }] : [],
  );
  return { top, manifest: at('manifest.json'), signature: at(SIGNATURE), seen, changes, broken };
};
