import { crc32 } from 'node:zlib';
import { ArchiveError, type Limits, type Member } from './archive.ts';
import { inflated, refuseBomb } from './inflate.ts';
import { nameBook, shownName, withoutDot } from './names.ts';
import type { RandomAccess } from './random-access.ts';
import { ledger } from './within.ts';
import { type ZipRow, zipEnd, zipRows } from './zip-directory.ts';
import { laidOut, type Placed } from './zip-layout.ts';
import { DEFLATED, STORED } from './zip-records.ts';

const ENCRYPTED = 0x0001 | 0x0040 | 0x2000;
const TYPE = 0o170000;
const KINDS = new Map([
  [0o120000, 'a symbolic link'],
  [0o010000, 'a FIFO'],
  [0o020000, 'a character device'],
  [0o060000, 'a block device'],
  [0o140000, 'a socket'],
]);

const isFolder = ({ name, mode }: ZipRow): boolean => name.endsWith('/') || (mode & TYPE) === 0o040000;

/** What can be said of a member without looking at its bytes. */
const fault = (row: ZipRow, limits: Limits): string | null => {
  const shown = shownName(row.name);
  const kind = KINDS.get(row.mode & TYPE);
  if (kind) return `the member ${shown} is ${kind}, and only files are read`;
  if (row.flags & ENCRYPTED) return `the member ${shown} is encrypted`;
  if (row.method !== STORED && row.method !== DEFLATED)
    return `the member ${shown} is packed by method ${row.method}, which is not read here`;
  if (row.method === STORED && row.packed !== row.bytes)
    return `the member ${shown} is not packed and has two sizes: ${row.packed} and ${row.bytes} bytes`;
  try {
    refuseBomb(row, limits, `the member ${shown}`);
  } catch (error) {
    if (error instanceof ArchiveError) return error.message;
    throw error;
  }
  return null;
};

async function* stored(source: RandomAccess, from: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; ) {
    const piece = await source.read(from + at, Math.min(64 * 1024, length - at));
    at += piece.length;
    yield piece;
  }
}

async function* unpacked(source: RandomAccess, { row, from }: Placed): AsyncGenerator<Buffer> {
  const shown = shownName(row.name);
  const end = from + row.packed;
  const wrongSize = () => new ArchiveError(`the member ${shown} unpacks to another size than is stated`);
  let crc = 0;
  let bytes = 0;
  let ended = end;
  const broken = `the packed bytes of the member ${shown} are damaged`;
  const cut = `the packed bytes of the member ${shown} end in the middle`;
  const hear = (at: number) => {
    ended = at;
  };
  const pieces =
    row.method === STORED
      ? stored(source, from, row.packed)
      : inflated(source, { at: from, end, broken, cut }, () => {}, hear);
  for await (const piece of pieces) {
    bytes += piece.length;
    // Before a byte more than stated leaves.
    if (bytes > row.bytes) throw wrongSize();
    crc = crc32(piece, crc);
    yield piece;
  }
  if (bytes !== row.bytes) throw wrongSize();
  if (ended !== end) throw new ArchiveError(`the member ${shown} has bytes behind its packed bytes`);
  if (crc !== row.crc) throw new ArchiveError(`the checksum of the member ${shown} is wrong: its bytes were changed`);
}

/** The members of a zip, in the order of its directory; all headers are held against each other before the first one is given. */
export async function* zipMembers(source: RandomAccess, limits: Limits): AsyncGenerator<Member> {
  const end = await zipEnd(source);
  const told = await zipRows(source, end, limits);
  const rows = told.map((row) => ({ ...row, name: withoutDot(row.name) }));
  const members = await laidOut(source, rows, end.at);
  const book = nameBook();
  const counts = ledger(limits);
  const refusals = members.map(({ row }) => {
    if (!isFolder(row))
      return book.enter(row.name, 'file') ?? fault(row, limits) ?? counts.refuses(row.name, row.bytes);
    const folder = row.name.replace(/\/$/, '');
    // The folder that all of it stands in has no name of its own.
    const wrong = folder === '' ? null : book.enter(folder, 'folder');
    return wrong ?? (row.bytes > 0 ? `the folder ${shownName(row.name)} holds bytes as if it were a file` : null);
  });
  // All are looked at before one is given: what is refused is refused before anything was done with the rest.
  const first = refusals.find((refusal) => refusal !== null);
  if (first && !limits.lenient) throw new ArchiveError(first);
  for (const [index, member] of members.entries()) {
    const { name, bytes } = member.row;
    const refused = refusals[index] ?? null;
    if (isFolder(member.row) && !refused) continue;
    yield {
      ...{ path: name, bytes, refused },
      read: async function* () {
        if (refused) throw new ArchiveError(refused);
        for await (const piece of unpacked(source, member)) {
          counts.took(piece.length);
          yield piece;
        }
      },
    };
  }
}
