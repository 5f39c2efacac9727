import { oneLine } from '../printable.ts';
import type { Manifest, Row } from './manifest.ts';

/** One way in which a bundle is not as it was written. `path` is null where it is no single file. */
export type Change = {
  readonly kind:
    | 'bytes'
    | 'added'
    | 'dropped'
    | 'renamed'
    | 'moved'
    | 'manifest'
    | 'signature'
    | 'archive'
    | 'digest'
    | 'secret';
  readonly path: string | null;
  readonly message: string;
};

/** A file of the archive as it was read; `sha256` is null where its bytes could not be read to their end. */
export type Seen = { readonly path: string; readonly bytes: number; readonly sha256: string | null };

/** The rows of the files that one file of a bundle should hold, in their order. */
export const expectedIn = ({ files, volume }: Manifest): readonly Row[] =>
  files.filter((row) => row.sha256 !== null && row.volume === volume);

/** Positions of a longest rising run: what does not move when the rest is put back. */
const staying = (numbers: readonly number[]): ReadonlySet<number> => {
  const ends: number[] = [];
  const before: (number | null)[] = [];
  for (const [at, value] of numbers.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before.push(ends[low - 1] ?? null);
    ends[low] = at;
  }
  const kept = new Set<number>();
  for (let at = ends.at(-1) ?? null; at !== null; at = before[at] ?? null) kept.add(at);
  return kept;
};

/** Holds what is in an archive against what its manifest says: what was added, dropped, renamed, changed or put elsewhere. */
export const compared = (expected: readonly Row[], seen: readonly Seen[]): readonly Change[] => {
  const changes: Change[] = [];
  const rows = new Map(expected.map((row, at) => [row.path, { row, at }]));
  if (rows.size < expected.length)
    changes.push({ kind: 'manifest', path: 'manifest.json', message: 'the manifest names a file twice' });
  const there = new Set(seen.map(({ path }) => path));
  const missing = expected.filter(({ path }) => !there.has(path));
  const lost = new Set(missing);
  for (const { path, bytes, sha256 } of seen) {
    const known = rows.get(path);
    if (known) {
      if (sha256 !== null && sha256 !== known.row.sha256)
        changes.push({ kind: 'bytes', path, message: 'its bytes are not those that the manifest names' });
      continue;
    }
    const former = missing.find((row) => lost.has(row) && row.sha256 === sha256 && row.bytes === bytes);
    if (former) lost.delete(former);
    changes.push(
      former
        ? { kind: 'renamed', path, message: `it was renamed: the manifest calls it ${oneLine(former.path)}` }
        : { kind: 'added', path, message: 'it was added: the manifest does not name it' },
    );
  }
  for (const { path } of lost) changes.push({ kind: 'dropped', path, message: 'it is no longer there' });
  const common = seen.flatMap(({ path }) => rows.get(path) ?? []);
  const kept = staying(common.map(({ at }) => at));
  for (const [at, { row }] of common.entries())
    if (!kept.has(at))
      changes.push({ kind: 'moved', path: row.path, message: 'it stands elsewhere in the order of the files' });
  return changes;
};
