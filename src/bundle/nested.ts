import { crc32 } from 'node:zlib';
import { ArchiveError, type Block, type Member, type Writer } from '../archive/archive.ts';
import { LAST_BLOCK, packedBlock } from '../archive/deflate.ts';
import { memorySink } from '../archive/memory-sink.ts';
import { openArchive } from '../archive/read.ts';
import { tarGzWriter } from '../archive/tar-gz-writer.ts';
import { TAR_BLOCK, tarHeaders } from '../archive/tar-header.ts';
import { zipWriter } from '../archive/zip-writer.ts';
import type { Tally } from '../redact/rule.ts';
import { merged } from '../redact/tally.ts';
import { Uncleanable } from '../redact/uncleanable.ts';
import type { CleanBlock } from './cleaner.ts';
import { SecretLeft } from './secret-left.ts';

/** What is held of an archive within a file: it is read from memory, for nothing raw is written anywhere. Bytes. */
const MOST_PACKED = 48 * 2 ** 20;
/** Of one member, unpacked; and how much larger than packed it may be. */
const LIMITS = { memberBytes: 100 * 2 ** 20, ratio: 200, members: 10_000, totalBytes: 2 ** 30, lenient: true };
/** Archives within archives. */
export const DEEPEST = 6;
/** Of a tar that is not packed, whose members' sizes come before them: what of it is held cleaned, bytes. */
const MOST_TAR = 64 * 2 ** 20;

const GZIP_HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

export type CleanMember = (path: string, chunks: AsyncIterable<Uint8Array>) => AsyncIterable<CleanBlock>;

const held = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MOST_PACKED)
      throw new Uncleanable(`it is an archive of more than ${MOST_PACKED / 2 ** 20} MiB, which is not opened here`);
    pieces.push(new Uint8Array(chunk));
  }
  return Buffer.concat(pieces, size);
};

const stub = (why: string): Block => ({ bytes: Buffer.from(`This file was left out: ${why}.\n`, 'utf8') });

/** Cleaned blocks of one member; a member that cannot be cleaned is a sentence under the same name. */
const blocksOf = async (member: Member, path: string, clean: CleanMember, found: Tally[]): Promise<Block[]> => {
  if (member.refused !== null) return [stub(member.refused)];
  const blocks: Block[] = [];
  try {
    for await (const block of clean(path, member.read())) {
      found.push(block.found);
      blocks.push(block.deflated ? { bytes: block.bytes, deflated: block.deflated } : { bytes: block.bytes });
      if (blocks.reduce((sum, { bytes }) => sum + bytes.length, 0) > LIMITS.memberBytes)
        throw new Uncleanable('it is too large once it is unpacked');
    }
    return blocks;
  } catch (error) {
    if (error instanceof SecretLeft) throw error;
    const known = error instanceof Uncleanable || error instanceof ArchiveError;
    return [stub(known ? error.message : 'it could not be cleaned')];
  }
};

const plainTar = (sink: ReturnType<typeof memorySink>): Writer => ({
  add: async (path, blocks) => {
    const pieces: Uint8Array[] = [];
    for await (const { bytes } of blocks) pieces.push(bytes);
    const body = Buffer.concat(pieces);
    await sink.write(tarHeaders(path, body.length));
    await sink.write(body);
    await sink.write(Buffer.alloc((TAR_BLOCK - (body.length % TAR_BLOCK)) % TAR_BLOCK));
    return { path, bytes: body.length, packed: body.length, sha256: '' };
  },
  end: async () => {
    await sink.write(Buffer.alloc(2 * TAR_BLOCK));
    return { bytes: sink.size(), sha256: '' };
  },
});

const gzipped = async function* (member: Member, path: string, clean: CleanMember): AsyncGenerator<CleanBlock> {
  if (member.refused !== null) throw new Uncleanable(member.refused);
  let crc = 0;
  let size = 0;
  yield { bytes: GZIP_HEAD, found: {} };
  for await (const block of clean(path, member.read())) {
    crc = crc32(block.bytes, crc);
    size += block.bytes.length;
    yield { bytes: await packedBlock(block, 6), found: block.found };
  }
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(crc, 0);
  tail.writeUInt32LE(size % 2 ** 32, 4);
  yield { bytes: Buffer.concat([LAST_BLOCK, tail]), found: {} };
};

/**
 * An archive within a file: opened in memory, each member cleaned as a file of its own, and packed again in the same way under the
 * same name. What makes no sense as an archive throws.
 */
export const cleanArchive = async function* (
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  { clean, name }: { readonly clean: CleanMember; readonly name: (name: string) => string },
): AsyncGenerator<CleanBlock> {
  const archive = await openArchive(await held(chunks), LIMITS);
  try {
    const { kind } = archive;
    if (kind === 'gz') {
      for await (const member of archive.members) yield* gzipped(member, path.replace(/\.gz$/i, ''), clean);
      return;
    }
    const sink = memorySink(kind === 'tar' ? MOST_TAR : MOST_PACKED);
    const writer = kind === 'zip' ? zipWriter(sink) : kind === 'tar' ? plainTar(sink) : tarGzWriter(sink);
    const found: Tally[] = [];
    for await (const member of archive.members)
      await writer.add(name(member.path), await blocksOf(member, `${path}/${member.path}`, clean, found));
    await writer.end();
    let told = merged(found);
    for (const bytes of sink.pieces()) {
      yield { bytes, found: told };
      told = {};
    }
  } finally {
    await archive.close();
  }
};
