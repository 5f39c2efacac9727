import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ArchiveKind } from '../../src/archive/archive.ts';
import { memorySink } from '../../src/archive/memory-sink.ts';
import { tarGzWriter } from '../../src/archive/tar-gz-writer.ts';
import { zipWriter } from '../../src/archive/zip-writer.ts';
import type { Manifest, Row } from '../../src/bundle/manifest.ts';

// Bundles made by hand, so that each thing in them can be wrong alone.

export const TOP = 'wa-bundle_20261122T120000Z_host-abcdefgh';

export type Files = Readonly<Record<string, string>>;

const rowOf = (path: string, text: string): Row => ({
  path,
  bytes: Buffer.byteLength(text),
  sha256: createHash('sha256').update(text).digest('hex'),
  part: 'report',
  volume: 1,
  source: 'the run of this bundle',
  collector: 'wa-preflight',
  time: '2026-11-22T12:00:00.000Z',
  state: 'whole',
  redactions: 0,
});

/** The manifest that belongs to some files. */
export const manifestFor = (files: Files, change: Partial<Manifest> = {}): Manifest => ({
  $schema: 'https://wa-preflight.invalid/schema/bundle-1.json',
  schemaVersion: '1.0',
  kind: 'BundleManifest',
  tool: { name: 'wa-preflight', version: '0.1.0' },
  name: TOP,
  createdAt: '2026-11-22T12:00:00.000Z',
  case: null,
  volume: 1,
  volumes: 1,
  window: null,
  complete: true,
  files: Object.entries(files).map(([path, text]) => rowOf(path, text)),
  ...change,
});

/** The files of a bundle with the manifest that belongs to them, under its one folder. */
export const bundleFiles = (files: Files, change: Partial<Manifest> = {}): Files => {
  const all = { ...files, 'manifest.json': JSON.stringify(manifestFor(files, change)) };
  return Object.fromEntries(Object.entries(all).map(([path, text]) => [`${TOP}/${path}`, text]));
};

/** An archive of some files, in their order. */
export const archiveOf = async (files: Files, kind: ArchiveKind = 'zip'): Promise<Buffer> => {
  const sink = memorySink(256 * 2 ** 20);
  const writer = kind === 'zip' ? zipWriter(sink) : tarGzWriter(sink);
  for (const [path, text] of Object.entries(files)) await writer.add(path, [{ bytes: Buffer.from(text) }]);
  await writer.end();
  return Buffer.concat(sink.pieces());
};

/** The same files in a folder. */
export const unpackedIn = (folder: string, files: Files): string => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
};
