import { ArchiveError } from './archive.ts';
import { shownName } from './names.ts';
import { type Pull, whole } from './pull.ts';
import { TAR_BLOCK } from './tar-header.ts';
import { paxRecords, type TarHead, tarHead } from './tar-read-header.ts';

const CUT = 'it is a tar that is cut: it ends in the middle of a member';
const NO_END = 'it is a tar that is cut: the two empty blocks at its end are not there';
/** Of a long name or an extended header; what they hold is shorter than a path. */
const MOST_EXTRA = 64 * 1024;
/** What an octal size field can say. */
const OCTAL_LIMIT = 8 ** 11;

/** An entry of a tar after all that extends its header was read. */
export type TarEntry = TarHead & { readonly sparse: boolean };

const padded = (size: number): number => Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;

const extra = async (from: Pull, { type, size }: TarHead): Promise<Buffer> => {
  if (size > MOST_EXTRA)
    throw new ArchiveError(
      type === 'L' || type === 'K'
        ? `a long name (GNU) in the tar is ${size} bytes long`
        : `an extended header (pax) of the tar is ${size} bytes long`,
    );
  return (await whole(from, padded(size), CUT)).subarray(0, size);
};

const paxSize = (value: string | undefined, { size, name }: TarHead): number => {
  if (value === undefined) return size;
  const shown = shownName(name);
  if (!/^[0-9]{1,15}$/.test(value))
    throw new ArchiveError(`the extended size (pax) of the member ${shown} is no number`);
  const stated = Number(value);
  if (stated !== size && stated < OCTAL_LIMIT)
    throw new ArchiveError(
      `the member ${shown} has two sizes: ${size} bytes in its header, ${stated} in its extension (pax)`,
    );
  return stated;
};

const isEnd = (block: Buffer): boolean => block.every((byte) => byte === 0);

const refuseMore = async (from: Pull): Promise<void> => {
  for (;;) {
    const piece = await from.some(64 * 1024);
    if (piece.length === 0) return;
    if (piece.some((byte) => byte !== 0)) throw new ArchiveError('it is a tar with more bytes behind its end');
  }
};

/** The next entry of a tar, its bytes not yet read; null at the end, behind which nothing may stand. */
export const nextTarEntry = async (from: Pull): Promise<TarEntry | null> => {
  let name: string | null = null;
  let pax: ReadonlyMap<string, string> = new Map();
  for (let extensions = 0; ; extensions += 1) {
    if (extensions > 8) throw new ArchiveError('a member of the tar has more extended headers than any program writes');
    const block = await from.take(TAR_BLOCK);
    if (block.length < TAR_BLOCK) throw new ArchiveError(block.length === 0 ? NO_END : CUT);
    if (isEnd(block)) {
      if (!isEnd(await whole(from, TAR_BLOCK, NO_END)))
        throw new ArchiveError('it is a tar with an empty block between members');
      await refuseMore(from);
      return null;
    }
    const head = tarHead(block);
    if (head.type === 'L') name = (await extra(from, head)).toString('utf8').replace(/\0.*$/s, '');
    else if (head.type === 'K') await extra(from, head);
    else if (head.type === 'x') pax = paxRecords(await extra(from, head));
    else if (head.type === 'g') {
      const all = paxRecords(await extra(from, head));
      if (all.has('path') || all.has('size') || all.has('linkpath'))
        throw new ArchiveError('a global header (pax) of the tar gives all members one name or one size');
    } else {
      const sparse = head.type === 'S' || [...pax.keys()].some((key) => key.startsWith('GNU.sparse'));
      return {
        name: pax.get('path') ?? name ?? head.name,
        type: head.type,
        size: paxSize(pax.get('size'), head),
        sparse,
      };
    }
  }
};

/** The bytes of an entry, in pieces; what pads it to a block is left. */
export async function* tarBytes(from: Pull, left: { bytes: number }): AsyncGenerator<Buffer> {
  while (left.bytes > 0) {
    const piece = await from.some(Math.min(left.bytes, 64 * 1024));
    if (piece.length === 0) throw new ArchiveError(CUT);
    left.bytes -= piece.length;
    yield piece;
  }
}

/** Passes over what is left of an entry and over its padding. */
export const passTarEntry = async (from: Pull, size: number, left: { bytes: number }): Promise<void> => {
  for await (const _ of tarBytes(from, left));
  await whole(from, padded(size) - size, CUT);
};
