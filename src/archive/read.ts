import { ArchiveError, LIMITS, type Limits, type Member } from './archive.ts';
import { gunzipped, isGzip } from './gzip.ts';
import { pull } from './pull.ts';
import { inFile, inMemory, type RandomAccess } from './random-access.ts';
import { TAR_BLOCK } from './tar-header.ts';
import { looksLikeTar } from './tar-read-header.ts';
import { tarMembers } from './tar-reader.ts';
import { hasZipEnd } from './zip-directory.ts';
import { zipMembers } from './zip-reader.ts';

/** What an archive is by its bytes. `gz`: one packed file that is no tar. */
type Kind = 'zip' | 'tar' | 'tar.gz' | 'gz';

/** An archive that is open: its members, once, in its order. */
export type Archive = {
  readonly kind: Kind;
  readonly members: AsyncIterable<Member>;
  /** The bytes of the archive itself. */
  readonly source: RandomAccess;
  readonly close: () => Promise<void>;
};

/** The beginning of a stream, and the stream with it. */
const begun = async (stream: AsyncIterable<Uint8Array>, length: number) => {
  const from = pull(stream);
  const head = await from.take(length);
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      for (let piece = await from.some(64 * 1024); piece.length > 0; piece = await from.some(64 * 1024)) yield piece;
    } finally {
      await from.close();
    }
  }
  return { head, all, close: from.close };
};

async function* single(
  pieces: () => AsyncIterable<Uint8Array>,
  { memberBytes, totalBytes }: Limits,
): AsyncGenerator<Member> {
  const most = Math.min(memberBytes, totalBytes);
  yield {
    ...{ path: 'content', bytes: null, refused: null },
    read: async function* () {
      let bytes = 0;
      for await (const piece of pieces()) {
        bytes += piece.length;
        if (bytes > most) throw new ArchiveError(`it unpacks to more than ${most} bytes`);
        yield piece;
      }
    },
  };
}

async function* pieces(source: RandomAccess): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < source.size; ) {
    const piece = await source.read(at, Math.min(64 * 1024, source.size - at));
    at += piece.length;
    yield piece;
  }
}

const opened = async (
  source: RandomAccess,
  limits: Limits,
): Promise<Pick<Archive, 'kind' | 'members'> & { close?: () => Promise<void> }> => {
  if (source.size === 0) throw new ArchiveError('it is empty, and an archive was needed');
  const head = await source.read(0, Math.min(TAR_BLOCK, source.size));
  const start = head.toString('latin1', 0, 4);
  if (start === 'PK\x03\x04' || start === 'PK\x05\x06') return { kind: 'zip', members: zipMembers(source, limits) };
  if (start === 'PK\x07\x08' || start === 'PK00')
    throw new ArchiveError('it is the first part of a zip in several files, and a whole one was needed');
  if (isGzip(head)) {
    const { head: within, all, close } = await begun(gunzipped(source, limits), TAR_BLOCK);
    if (looksLikeTar(within) || (within.length === TAR_BLOCK && within.every((byte) => byte === 0)))
      return { kind: 'tar.gz', members: tarMembers(all(), limits), close };
    if (isGzip(within)) throw new ArchiveError('it is gzip within gzip, and only one of them is unpacked');
    return { kind: 'gz', members: single(all, limits), close };
  }
  if (looksLikeTar(head)) return { kind: 'tar', members: tarMembers(pieces(source), limits) };
  if (await hasZipEnd(source)) throw new ArchiveError('it is a zip with something else before it');
  throw new ArchiveError('it is neither a zip nor a tar nor a gzip file');
};

const sourceOf = async (given: Given): Promise<RandomAccess> => {
  if (typeof given === 'string') return inFile(given);
  return given instanceof Uint8Array ? inMemory(given) : given;
};

/** A file by its path, bytes, or what is open already. */
export type Given = string | Uint8Array | RandomAccess;

/** Opens an archive by what it holds and not by its name. Throws an ArchiveError; close it in any case. */
export const openArchive = async (given: Given, limits: Partial<Limits> = {}): Promise<Archive> => {
  const source = await sourceOf(given);
  try {
    const { close, ...archive } = await opened(source, { ...LIMITS, ...limits });
    return {
      ...{ ...archive, source },
      close: async () => {
        await close?.();
        await source.close();
      },
    };
  } catch (error) {
    await source.close();
    throw error;
  }
};

/** The members of an archive, in its order; it is closed behind the last one, or where nobody wants more. */
export async function* readArchive(given: Given, limits: Partial<Limits> = {}): AsyncGenerator<Member> {
  const archive = await openArchive(given, limits);
  try {
    yield* archive.members;
  } finally {
    await archive.close();
  }
}
