import type { KeyObject } from 'node:crypto';
import { ArchiveError } from '../archive/archive.ts';
import { inFile, inMemory, type RandomAccess } from '../archive/random-access.ts';
import { type Archive, openArchive } from '../archive/read.ts';
import { type Seal, sealOf } from '../archive/seal.ts';
import { parsedJson } from '../json-text.ts';
import { oneLine, printableDeep } from '../printable.ts';
import { firstWrong } from '../schema-words.ts';
import { readMembers } from './bundle-members.ts';
import { type Change, compared, expectedIn } from './compared.ts';
import { type Manifest, manifestSchema } from './manifest.ts';
import { volumeName } from './names.ts';
import { archiveChange, sealChanges, sidecarChanges, signatureChanges } from './seal-changes.ts';
import { judgeSignature, type SignatureVerdict } from './sign.ts';

/** What `bundle verify` found out about one file. */
export type Verified = {
  readonly changes: readonly Change[];
  readonly bytes: number;
  readonly sha256: string;
  /** Null where the manifest cannot be read, which is a change then. */
  readonly manifest: Manifest | null;
  /** Files of the bundle in this file of it. */
  readonly files: number;
  /** Names of the other files of the same bundle. */
  readonly others: readonly string[];
  readonly signature: SignatureVerdict;
};

/** What is known beside the file. */
export type Beside = {
  /** Text of the `.sha256` file; null where there is none. */
  readonly sidecar: string | null;
  readonly key: KeyObject | null;
  readonly scan: ScanAgain | null;
};

/** Scans the clean bytes of one file for secrets: a sentence that names the rule where one is left, never the value; else null. */
export type ScanAgain = (path: string, chunks: AsyncIterable<Uint8Array>) => Promise<string | null>;

/** Bundles may hold long logs: the ratio bounds them, and these. */
const LIMITS = { members: 100_000, memberBytes: Number.POSITIVE_INFINITY, totalBytes: 16 * 2 ** 30 };

const manifestIn = (bytes: Buffer): { readonly manifest: Manifest } | { readonly wrong: string } => {
  const read = parsedJson(bytes);
  if ('wrong' in read) return { wrong: read.wrong };
  const parsed = manifestSchema.safeParse(printableDeep(read.json));
  if (parsed.success) return { manifest: parsed.data };
  const { at, words } = firstWrong(parsed.error);
  return { wrong: `it is not the manifest of a bundle${at && ` at ${oneLine(at)}`} (${oneLine(words)})` };
};

const othersOf = ({ name, volume, volumes }: Manifest): readonly string[] => {
  const first = volume > 1 ? name.replace(new RegExp(`_volume-${volume}$`), '') : name;
  return Array.from({ length: Math.min(volumes, 1000) }, (_, at) => volumeName(first, at + 1)).filter(
    (_, at) => at + 1 !== volume,
  );
};

const judged = async (archive: Archive, seal: Seal, { sidecar, key }: Beside): Promise<Verified> => {
  const read = await readMembers(archive);
  // An archive whose digest is right was written so: what is wrong with it was meant.
  const isDamaged = seal.state === 'wrong' || sidecar !== null;
  if (read.broken !== null && !isDamaged) throw new ArchiveError(read.broken);
  if (read.manifest === null && !isDamaged)
    throw new ArchiveError('it has no manifest.json, so it is not a bundle of this tool');
  const parsed = read.manifest ? manifestIn(read.manifest) : { wrong: 'it is not there, or cannot be read' };
  if ('wrong' in parsed && !isDamaged) throw new ArchiveError(`manifest.json: ${parsed.wrong}`);
  const manifest = 'wrong' in parsed ? null : parsed.manifest;
  const signature = judgeSignature(read.signature, read.manifest ?? Buffer.alloc(0), key);
  const all = manifest ? compared(expectedIn(manifest), read.seen) : [];
  // Of a stream that could not be read to its end only this can be said.
  const inside = read.broken === null ? all : all.filter(({ kind }) => kind === 'bytes');
  const outside: readonly Change[] =
    manifest && manifest.name !== read.top && read.broken === null
      ? [
          {
            kind: 'renamed',
            path: read.top,
            message: `its folder was renamed: the manifest calls it ${oneLine(manifest.name)}`,
          },
        ]
      : [];
  const damaged: readonly Change[] =
    'wrong' in parsed && read.broken === null
      ? [{ kind: 'manifest', path: 'manifest.json', message: parsed.wrong }]
      : [];
  const named = [...read.changes, ...outside, ...inside, ...damaged, ...sidecarChanges(sidecar, seal)];
  const changes = [...named, ...sealChanges(seal, read, named.length), ...signatureChanges(signature, key)];
  return {
    changes,
    ...{ bytes: seal.bytes, sha256: seal.sha256, manifest, files: read.seen.length },
    ...{ others: manifest ? othersOf(manifest) : [], signature },
  };
};

const scanned = async (source: RandomAccess, scan: ScanAgain): Promise<readonly Change[]> => {
  const found: Change[] = [];
  for await (const { path, read } of (await openArchive(source, LIMITS)).members) {
    const message = await scan(path, read());
    if (message !== null) found.push({ kind: 'secret', path: path.replace(/^[^/]*\//, ''), message });
  }
  return found;
};

const nothingRead = (seal: Seal, message: string): Verified => ({
  changes: [archiveChange(message)],
  ...{ bytes: seal.bytes, sha256: seal.sha256, manifest: null, files: 0, others: [], signature: { state: 'none' } },
});

/**
 * Verifies one file of a bundle: its own digest, each file against the manifest, their order, the digest beside it, the signature.
 * Throws an ArchiveError for what is no bundle, or hostile.
 */
export const verifyBundle = async (given: string | Uint8Array, beside: Beside): Promise<Verified> => {
  const source: RandomAccess = typeof given === 'string' ? await inFile(given) : inMemory(given);
  try {
    const seal = await sealOf(source);
    try {
      const verified = await judged(await openArchive(source, LIMITS), seal, beside);
      const isRead = verified.changes.every(({ kind }) => kind !== 'archive' && kind !== 'bytes');
      const left = beside.scan && isRead ? await scanned(source, beside.scan) : [];
      return { ...verified, changes: [...verified.changes, ...left] };
    } catch (error) {
      if (!(error instanceof ArchiveError) || (seal.state !== 'wrong' && beside.sidecar === null)) throw error;
      return nothingRead(seal, error.message);
    }
  } finally {
    await source.close();
  }
};
