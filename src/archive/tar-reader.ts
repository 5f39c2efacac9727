import { ArchiveError, type Limits, type Member } from './archive.ts';
import { nameBook, shownName, withoutDot } from './names.ts';
import { pull } from './pull.ts';
import { nextTarEntry, passTarEntry, type TarEntry, tarBytes } from './tar-entries.ts';
import { type Ledger, ledger } from './within.ts';

const KINDS: Record<string, string> = {
  '1': 'a hard link',
  '2': 'a symbolic link',
  '3': 'a character device',
  '4': 'a block device',
  '6': 'a FIFO',
};

const kindFault = ({ type, sparse, name }: TarEntry): string | null => {
  const shown = shownName(name);
  if (sparse) return `the member ${shown} is a sparse file, which is not read`;
  if (type === '0' || type === '7' || type === '5') return null;
  const kind = KINDS[type];
  return kind
    ? `the member ${shown} is ${kind}, and only files are read`
    : `the member ${shown} is of the unknown tar type ${shownName(type)}`;
};

const isFolder = ({ type, name }: TarEntry): boolean => type === '5' || (name.endsWith('/') && type === '0');

/** The members of a tar, in its order. */
export async function* tarMembers(stream: AsyncIterable<Uint8Array>, limits: Limits): AsyncGenerator<Member> {
  const from = pull(stream);
  const book = nameBook();
  const counts: Ledger = ledger(limits);
  try {
    for (let entry = await nextTarEntry(from); entry; entry = await nextTarEntry(from)) {
      const { size } = entry;
      const left = { bytes: size };
      const fault = kindFault(entry);
      const name = withoutDot(entry.name);
      counts.member();
      if (isFolder(entry) && !fault) {
        const folder = name.replace(/\/$/, '');
        // The folder that all of it stands in has no name of its own.
        const wrong = folder === '' || folder === '.' ? null : book.enter(folder, 'folder');
        if (wrong && !limits.lenient) throw new ArchiveError(wrong);
      } else {
        const refused = book.enter(name, 'file') ?? fault ?? counts.refuses(name, size);
        if (refused && !limits.lenient) throw new ArchiveError(refused);
        const member: Member = {
          ...{ path: name, bytes: size, refused },
          read: async function* () {
            if (refused) throw new ArchiveError(refused);
            for await (const piece of tarBytes(from, left)) {
              counts.took(piece.length);
              yield piece;
            }
          },
        };
        yield member;
      }
      // Links of some programs state the size of what they lead to, and hold nothing.
      if ('12'.includes(entry.type)) left.bytes = 0;
      await passTarEntry(from, '12'.includes(entry.type) ? 0 : size, left);
    }
  } finally {
    await from.close();
  }
}
