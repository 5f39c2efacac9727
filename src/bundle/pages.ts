import { createHash } from 'node:crypto';
import type { Source } from '../host/source.ts';
import type { Report } from '../model.ts';
import type { Tally } from '../redact/rule.ts';
import { BUNDLE_SCHEMA, TOOL } from '../tool.ts';
import type { Cleaner } from './cleaner.ts';
import type { Collected } from './collect.ts';
import type { Levels } from './levels.ts';
import type { Manifest, Row } from './manifest.ts';
import { volumeName } from './names.ts';
import { type Entry, isComplete, ownEntry } from './rows.ts';
import { SIGNATURE } from './sign.ts';
import type { Spool } from './spool.ts';

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

/** What a bundle is assembled from: all of it collected and clean. */
export type Assembling = {
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

/** Data as a file. */
export const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
const time = (at: number): string => new Date(at).toISOString();

/** The manifest of one volume. */
export const manifestOf = (
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

/** A file that a bundle has of itself. */
export type Page = { readonly path: string; readonly bytes: Uint8Array; readonly origin: string };

const rowOf = ({ path, bytes, origin }: Page, volume: number, at: number): Row => ({
  ...ownEntry(path, { blocks: [], sha256: createHash('sha256').update(bytes).digest('hex'), found: {} }, origin, at)
    .row,
  ...{ bytes: bytes.byteLength, volume },
});

const levelsIn = (entries: readonly Entry[]): Told['levels'] =>
  entries.flatMap(({ row, packed }) =>
    packed?.levels && row.bytes !== null ? [{ path: row.path, ...packed.levels }] : [],
  );

/** The pages of each volume: the first one has the summary too. Their rows are in the manifests, but for that of a manifest itself. */
export const pagesOf = async (all: Assembling, entries: readonly Entry[], volumes: number) => {
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
