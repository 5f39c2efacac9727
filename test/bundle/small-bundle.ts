import { createHash } from 'node:crypto';
import type { ArchiveKind } from '../../src/archive/archive.ts';
import type { Manifest, Row } from '../../src/bundle/manifest.ts';
import type { Signer } from '../../src/bundle/sign.ts';
import { made, type ToMake } from '../archive/made.ts';

// A bundle with next to nothing in it, so that every one of its bytes can be changed in turn.

const FILES: Readonly<Record<string, string>> = {
  'summary.html': '<p>all of it</p>\n',
  'report.json': '{}\n',
  'host/cpu.txt': 'cpu cpu cpu cpu cpu cpu\n'.repeat(5),
};

/** What a small bundle is made of, and what is wrong with it. */
export type Asked = {
  readonly name?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly volume?: number;
  readonly volumes?: number;
  readonly signer?: Signer;
  /** The last word on the members. */
  readonly change?: (members: readonly ToMake[]) => readonly ToMake[];
  readonly rows?: (rows: readonly Row[]) => readonly Row[];
};

const rowOf = (path: string, text: string, volume: number): Row => ({
  ...{ path, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex'), part: 'host' },
  ...{ volume, source: 's', collector: 'c', time: '2026-01-01T00:00:00.000Z', state: 'whole', redactions: 0 },
});

/** The bytes of a small bundle. */
export const smallBundle = async (kind: ArchiveKind, asked: Asked = {}): Promise<Buffer> => {
  const { name = 'wa-bundle_x', files = FILES, volume = 1, volumes = 1, signer, change = (all) => all } = asked;
  const { rows = (all) => all } = asked;
  const manifest: Manifest = {
    ...{ $schema: 's', schemaVersion: '1.0', kind: 'BundleManifest', tool: { name: 'wa-preflight', version: '0' } },
    ...{ name, createdAt: '2026-01-01T00:00:00.000Z', case: null, volume, volumes, window: null, complete: true },
    files: [...rows(Object.entries(files).map(([path, text]) => rowOf(path, text, volume)))],
  };
  const json = Buffer.from(JSON.stringify(manifest));
  const own: readonly ToMake[] = [
    [`${name}/manifest.json`, json],
    ...(signer ? [[`${name}/manifest.json.sig`, signer.sign(json)] as const] : []),
  ];
  const members = Object.entries(files).map(([path, text]): ToMake => [`${name}/${path}`, Buffer.from(text)]);
  return (await made(kind, change([...own, ...members]))).bytes;
};
