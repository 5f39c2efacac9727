import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { Source } from '../host/source.ts';
import type { Report } from '../model.ts';
import type { Tally } from '../redact/rule.ts';
import { BUNDLE_SCHEMA, TOOL } from '../tool.ts';
import { UsageError } from '../usage-error.ts';
import type { Cleaner } from './cleaner.ts';
import { type Collected, packedOf, sizesOf } from './collect.ts';
import { inOrder } from './layout.ts';
import type { Levels } from './levels.ts';
import type { Manifest, Row } from './manifest.ts';
import { volumeName } from './names.ts';
import { OVERHEAD } from './room.ts';
import { type Entry, isComplete, ownEntry, withoutRoom } from './rows.ts';
import { SIGNATURE } from './sign.ts';
import type { Spool } from './spool.ts';
import { planVolumes } from './volumes.ts';
import type { Volume } from './write.ts';

/** All that pages are made of, cleaned. */
export type Told = {
  readonly report: Report | null;
  readonly manifest: Manifest;
  readonly found: Tally;
  readonly levels: readonly (Levels & { readonly path: string })[];
};
type FileFound = { readonly path: string; readonly found: Tally };

/** How a bundle tells of itself: templates, given by the command. */
export type Pages = {
  readonly summary: (told: Told) => string;
  readonly readme: (told: Told) => string;
  readonly ticket: (
    told: Told,
    volumes?: readonly { readonly path: string | null; readonly bytes: number; readonly sha256: string }[],
  ) => string;
  readonly redaction: (files: readonly FileFound[]) => { readonly report: unknown; readonly rules: unknown };
  /** `errors.json` and `collector.log`: they are cleaned as all else. */
  readonly ownSources: (collected: readonly Collected[]) => readonly Source[];
};

type Assembling = {
  readonly name: string;
  readonly at: number;
  readonly case: string | null;
  readonly window: { readonly since: number; readonly until: number };
  readonly maxSize: number;
  readonly single: boolean;
  readonly entries: readonly Entry[];
  readonly found: Tally;
  readonly report: Report | null;
  readonly spool: Spool;
  readonly cleaner: Cleaner;
  readonly pages: Pages;
  readonly sign: ((manifest: Uint8Array) => Uint8Array) | null;
};

const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
const time = (at: number): string => new Date(at).toISOString();

const manifestOf = (
  { name, at, case: caseId, window }: Assembling,
  files: readonly Row[],
  volume: number,
  volumes: number,
): Manifest => ({
  ...{ $schema: BUNDLE_SCHEMA, schemaVersion: '1.0', kind: 'BundleManifest', tool: { ...TOOL } },
  ...{ name: volumeName(name, volume), createdAt: time(at), case: caseId, volume, volumes },
  window: { since: time(window.since), until: time(window.until) },
  complete: isComplete(files),
  files: [...files],
});

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

const levelsIn = (entries: readonly Entry[]): Told['levels'] =>
  entries.flatMap(({ row, packed }) =>
    packed?.levels && row.bytes !== null ? [{ path: row.path, ...packed.levels }] : [],
  );

type Page = { readonly path: string; readonly bytes: Uint8Array; readonly origin: string };

const rowOf = ({ path, bytes, origin }: Page, volume: number, at: number): Row => ({
  ...ownEntry(path, { blocks: [], sha256: createHash('sha256').update(bytes).digest('hex'), found: {} }, origin, at)
    .row,
  ...{ bytes: bytes.byteLength, volume },
});

/** The pages of each volume: the first one has the summary too. Their rows are in the manifests, but for that of a manifest itself. */
const pagesOf = async (all: Assembling, entries: readonly Entry[], volumes: number) => {
  const { pages, report, found, at, cleaner, sign } = all;
  const rows = entries.map(({ row }) => row);
  const toldIn = (volume: number): Told => ({
    ...{ report, found, levels: levelsIn(entries) },
    manifest: manifestOf(all, rows, volume, volumes),
  });
  const summary = {
    path: 'summary.html',
    bytes: Buffer.from(pages.summary(toldIn(1))),
    origin: 'all of it on one page',
  };
  await cleaner.prove(summary.path, summary.bytes);
  const made: { readonly told: Told; readonly pages: readonly Page[] }[] = [];
  for (let volume = 1; volume <= volumes; volume += 1) {
    const told = toldIn(volume);
    const readme = { path: 'README.txt', bytes: Buffer.from(pages.readme(told)), origin: 'the same as text' };
    const head = [rowOf(summary, 1, at), rowOf(readme, volume, at)];
    const manifest = manifestOf(all, [...head, ...rows], volume, volumes);
    const page = { path: 'manifest.json', bytes: json(manifest), origin: 'every file, and what is missing' };
    for (const { path, bytes } of [readme, page]) await cleaner.prove(path, bytes);
    const signature = sign
      ? [{ path: SIGNATURE, bytes: sign(page.bytes), origin: 'the signature of the manifest' }]
      : [];
    made.push({
      told: { ...told, manifest },
      pages: [...(volume === 1 ? [summary] : []), readme, page, ...signature],
    });
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
