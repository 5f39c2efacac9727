import type { Lack, Source } from '../host/source.ts';
import type { Cleaner } from './cleaner.ts';
import { type Collected, type Packed, sizesOf } from './collect.ts';
import type { Row } from './manifest.ts';
import type { pathBook } from './names.ts';
import { namedAs, said } from './said.ts';
import { replacedIn } from './tally.ts';

/** A row of the manifest to be, and the blocks of its file where there is one. */
export type Entry = { readonly row: Row; readonly packed: Packed | null; readonly priority: number };

/** A row that something should have gone into and did not, so that the bundle is not what was asked for. */
const LACKS: ReadonlySet<string> = new Set(['withheld', 'denied', 'timed-out', 'failed', 'no-room']);

/** Whether all that was asked for is in a bundle. What is not there by nature, left out by choice or cut by a limit is no lack. */
export const isComplete = (rows: readonly Row[]): boolean => rows.every(({ state }) => !LACKS.has(state));

const rowOf = (source: Source, lack: Lack | null, packed: Packed | null, at: number, cleaner: Cleaner) => ({
  bytes: packed && sizesOf(packed).bytes,
  sha256: packed?.sha256 ?? null,
  part: source.part,
  volume: packed && 1,
  source: said(source.origin, cleaner),
  collector: said(source.collector, cleaner),
  time: new Date(at).toISOString(),
  state: lack?.state ?? 'whole',
  ...(lack && { reason: said(lack.reason, cleaner) }),
  redactions: packed ? replacedIn(packed.found) : 0,
});

/** What was collected as an entry of the bundle, under a name of its own. */
export const entryOf = (
  { source, lack, packed, at }: Collected,
  cleaner: Cleaner,
  pathFor: ReturnType<typeof pathBook>,
): Entry => {
  const named = namedAs(source.path, cleaner);
  const path = pathFor(lack?.state === 'withheld' ? `${named}.withheld.txt` : named);
  return { row: { path, ...rowOf(source, lack, packed, at, cleaner) }, packed, priority: source.priority };
};

/** A file of our own, made of what is clean already. */
export const ownEntry = (path: string, packed: Packed, origin: string, at: number): Entry => ({
  row: {
    ...{ path, bytes: sizesOf(packed).bytes, sha256: packed.sha256, part: 'report', volume: 1, source: origin },
    ...{ collector: 'this tool', time: new Date(at).toISOString(), state: 'whole', redactions: 0 },
  },
  packed,
  priority: 0,
});

/** The same entry where no room was left for it in any file of the bundle. */
export const withoutRoom = ({ row, priority }: Entry): Entry => ({
  row: {
    ...row,
    ...{
      bytes: null,
      sha256: null,
      volume: null,
      state: 'no-room',
      reason: 'there was no room left for it',
      redactions: 0,
    },
  },
  packed: null,
  priority,
});
