import { deflateRawSync } from 'node:zlib';
import { UsageError } from '../usage-error.ts';
import { packedOf, sizesOf } from './collect.ts';
import { inOrder } from './layout.ts';
import { type Assembling, json, manifestOf, type Page, pagesOf, type Told } from './pages.ts';
import { OVERHEAD } from './room.ts';
import { type Entry, ownEntry, withoutRoom } from './rows.ts';
import { planVolumes } from './volumes.ts';
import type { Volume } from './write.ts';

/** What is the same in all volumes, and known before they are: files of our own about the whole. */
const about = async (all: Assembling, entries: readonly Entry[]): Promise<readonly Entry[]> => {
  const { pages, spool, at, found, report } = all;
  const files = entries.flatMap(({ row, packed }) => (packed ? [{ path: row.path, found: packed.found }] : []));
  const redaction = pages.redaction(files);
  const told = {
    report,
    manifest: manifestOf(
      all,
      entries.map(({ row }) => row),
      1,
      1,
    ),
    ...{ found, levels: [] },
  };
  const texts = [
    ['ticket.txt', Buffer.from(pages.ticket(told)), 'what to paste into the ticket'],
    ['redaction/report.json', json(redaction.report), 'what was replaced, without values'],
    ['redaction/rules.json', json(redaction.rules), 'the rules that were used'],
  ] as const;
  const made: Entry[] = [];
  for (const [path, bytes, origin] of texts) {
    await all.cleaner.prove(path, bytes);
    made.push(ownEntry(path, await packedOf(bytes, spool), origin, at));
  }
  return made;
};

const packedSize = (pages: readonly Page[] = []): number =>
  pages.reduce((sum, { bytes }) => sum + deflateRawSync(bytes).byteLength + OVERHEAD, 0);

/** How much more the pages may take than they took when they were measured, bytes: numbers of volumes, reasons. */
const SPARE = 4096;

/** Puts the entries into volumes, each with its pages. Throws a UsageError where the pages alone need more than one file may have. */
export const assembled = async (
  all: Assembling,
): Promise<{ readonly volumes: readonly Volume[]; readonly told: Told }> => {
  const { maxSize, single } = all;
  const entries = [...all.entries, ...(await about(all, all.entries))].toSorted((a, b) =>
    inOrder(a.row.path, b.row.path),
  );
  const capacity = maxSize - packedSize((await pagesOf(all, entries, 1))[0]?.pages) * 1.05 - SPARE;
  if (capacity <= 0) throw new UsageError('--max-size is too small: the pages of this bundle alone need more');
  const waiting = entries.filter(({ packed }) => packed !== null);
  const plan = planVolumes(
    waiting.map(({ packed, priority }) => ({ packed: packed ? sizesOf(packed).packed : 0, priority })),
    { capacity, single },
  );
  const volumeOf = new Map(waiting.map((entry, at) => [entry, plan[at] ?? null]));
  const placed = entries.map((entry): Entry => {
    const volume = volumeOf.get(entry);
    if (volume === undefined) return entry;
    return volume === null ? withoutRoom(entry) : { ...entry, row: { ...entry.row, volume } };
  });
  const count = Math.max(1, ...plan.map((volume) => volume ?? 1));
  const made = await pagesOf(all, placed, count);
  const [first] = made;
  if (!first) throw new Error('a bundle has at least one file');
  return {
    volumes: made.map(({ pages }, at) => ({
      pages,
      entries: placed.filter(({ row, packed }) => packed !== null && row.volume === at + 1),
    })),
    told: first.told,
  };
};
